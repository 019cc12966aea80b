"""A model as it is kept: a file that can hold nothing but a model, and a manifest that names it.

Stored with skops, which builds only what the allow-list names; pickle would run whatever a file
says. A folder a model: `model.skops` and `manifest.json`, with the file's sha256.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import skops.io
from msgspec import Struct

from models.risk.features import NAMES
from models.risk.training import Member, Model

FORM = 1  # raise it when features or the file's form change so that older models no longer fit
_FILE, _MANIFEST = "model.skops", "manifest.json"
# What a model is built of beside what skops trusts by itself.
ALLOWED = (
    "alerts.learning.estimators.WeightedSteps",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)


class ModelRefused(Exception):
    """A stored model that must not be used; the text says which, why and what to do."""


class Manifest(Struct, frozen=True):
    """What is told of a model beside its file.

    `name` is what people call it, `sha256` its file's; `data` a fingerprint of what it learnt from;
    `versions` of the libraries that can read it; `promotable` whether it passed the gate, and
    `failed` the tests that it did not pass.
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


def save(model: Model, folder: Path, manifest: Manifest) -> Manifest:
    """Keep a model in a folder of its own under `folder`; the manifest with the file's sha256."""
    place = folder / manifest.name
    place.mkdir(parents=True, exist_ok=True)
    held = {
        "members": [
            {"estimator": one.estimator, "intercept": one.intercept, "slope": one.slope}
            for one in model.members
        ]
    }
    content = skops.io.dumps(held, compression=8)
    whole = msgspec.structs.replace(manifest, sha256=sha256(content).hexdigest())
    (place / _FILE).write_bytes(content)
    text = msgspec.json.format(msgspec.json.encode(whole), indent=2)
    (place / _MANIFEST).write_bytes(text + b"\n")
    return whole


def load(folder: Path, name: str) -> Model:
    """The model of that name. `ModelRefused` when it was changed, or is no model of ours."""
    manifest = read_manifest(folder, name)
    file = folder / name / _FILE
    if not file.is_file():
        raise ModelRefused(f"model {name} has no {_FILE}: train it again")
    content = file.read_bytes()
    if sha256(content).hexdigest() != manifest.sha256:
        raise ModelRefused(
            f"model {name} is not used: {file} is not the file that its manifest names; "
            "somebody changed it, so train it again"
        )
    if manifest.form != FORM or manifest.features != NAMES:
        raise ModelRefused(f"model {name} is of another release's features: train it again")
    unknown = set(skops.io.get_untrusted_types(data=content)) - set(ALLOWED)
    if unknown:
        raise ModelRefused(
            f"model {name} is not used: its file holds {min(unknown)}, which no model of ours does"
        )
    held = skops.io.loads(content, trusted=list(ALLOWED))
    return Model(
        tuple(
            Member(one["estimator"], float(one["intercept"]), float(one["slope"]))
            for one in held["members"]
        )
    )


def read_manifest(folder: Path, name: str) -> Manifest:
    """What is told of a model. `ModelRefused` without one, or one that cannot be read."""
    file = folder / name / _MANIFEST
    if "/" in name or name in ("", ".", "..") or not file.is_file():
        raise ModelRefused(f"there is no model {name}: `bokvar model list` names those there are")
    try:
        return msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelRefused(f"the manifest of model {name} cannot be read: {error}") from None


def manifests(folder: Path) -> Iterator[Manifest]:
    """All models that are kept, the newest name last."""
    for place in sorted(folder.glob(f"*/{_MANIFEST}")):
        yield read_manifest(folder, place.parent.name)


def fingerprint(parts: Iterator[bytes]) -> str:
    """A digest of what was learnt from."""
    found = sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()
