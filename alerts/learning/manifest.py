"""What is told of a model beside its file, read without the libraries that the file needs."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from alerts.rules.rules import digest
from models.risk.reference import Reference

MANIFEST = "manifest.json"


class ModelRefused(Exception):
    """A stored model that must not be used; the text says which, why and what to do."""


class Manifest(Struct, frozen=True):
    """What is told of a model beside its file.

    `name` is what people call it, `sha256` its file's; `data` a fingerprint of what it learnt from;
    `versions` of the libraries that can read it; `promotable` whether it passed the gate, and
    `failed` the tests that it did not pass. `reference` has how each feature, and its own chance,
    lay in what it learnt from. `seal` is a digest of all else in the manifest: no word of it is
    changed by hand.
    """

    name: str
    form: int
    kind: str
    features: tuple[str, ...]
    trained_on: str
    sha256: str
    data: str
    versions: dict[str, str]
    seed: int
    promotable: bool
    failed: list[str]
    metrics: dict[str, Any]
    reference: dict[str, Reference] = {}
    seal: str = ""

    def sealed(self) -> "Manifest":
        """The same, with its seal."""
        return replace(self, seal=digest(replace(self, seal="")))


def read_manifest(folder: Path, name: str) -> Manifest:
    """What is told of a model. `ModelRefused` without one, or one that cannot be read."""
    file = folder / name / MANIFEST
    if "/" in name or name in ("", ".", "..") or not file.is_file():
        raise ModelRefused(f"there is no model {name}: `bokvar model list` names those there are")
    return parsed(file.read_bytes(), name)


def parsed(content: bytes, name: str) -> Manifest:
    """A manifest of a model called `name`. `ModelRefused` when it is none, or was changed."""
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelRefused(f"the manifest of model {name} cannot be read: {error}") from None
    if found.sealed().seal != found.seal:
        raise ModelRefused(
            f"the manifest of model {name} is not as it was written: somebody changed it, so train "
            "the model again"
        )
    return found


def readable(folder: Path) -> Iterator[Manifest]:
    """The models of a folder that are whole, the newest name last; the others are told where they
    are asked for."""
    for place in sorted(folder.glob(f"*/{MANIFEST}")):
        with suppress(ModelRefused, OSError):
            yield read_manifest(folder, place.parent.name)
