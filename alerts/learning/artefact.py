"""A model as it is kept: a file that can hold nothing but a model, and a manifest that names it.

Stored with skops, which builds only what the allow-list names; pickle would run whatever a file
says. A folder a model: `model.skops` and `manifest.json`, with the file's sha256.
"""

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import skops.io

from alerts.learning.manifest import MANIFEST, Manifest, ModelRefused, read_manifest
from models.risk.features import NAMES
from models.risk.training import Member, Model

FORM = 2  # raise it when features or the file's form change so that older models no longer fit
_FILE, _LIBRARY = "model.skops", "scikit-learn"
# What a model is built of beside what skops trusts by itself.
ALLOWED = (
    "alerts.learning.estimators.WeightedSteps",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)


def versions() -> dict[str, str]:
    """The libraries that a model needs to be read as it was written."""
    return {name: version(name) for name in ("numpy", _LIBRARY, "skops")}


def save(model: Model, folder: Path, manifest: Manifest) -> Manifest:
    """Keep a model in a folder of its own under `folder`; the manifest with the file's sha256. That
    is part of its name too, so that no model takes the place of another."""
    held = {
        "members": [
            {"estimator": one.estimator, "intercept": one.intercept, "slope": one.slope}
            for one in model.members
        ]
    }
    written = skops.io.dumps(held, compression=8)
    sealed = sha256(written).hexdigest()
    name = f"{manifest.name}-{sealed[:8]}"
    whole = msgspec.structs.replace(manifest, sha256=sealed, name=name).sealed()
    place = folder / whole.name
    place.mkdir(parents=True, exist_ok=True)
    (place / _FILE).write_bytes(written)
    text = msgspec.json.format(msgspec.json.encode(whole), indent=2)
    _write_whole(place / MANIFEST, text + b"\n")  # last: a folder without one is no model
    return whole


def _write_whole(file: Path, content: bytes) -> None:
    part = file.with_suffix(".part")
    part.write_bytes(content)
    part.replace(file)


def load(folder: Path, name: str) -> Model:
    """The model of that name. `ModelRefused` when it was changed, or is no model of ours."""
    return opened(read_manifest(folder, name), content(folder, name))


def content(folder: Path, name: str) -> bytes:
    """A model's file as it is kept. `ModelRefused` where there is none."""
    file = folder / name / _FILE
    if not file.is_file():
        raise ModelRefused(f"model {name} has no {_FILE}: train it again")
    return file.read_bytes()


def opened(manifest: Manifest, held: bytes) -> Model:
    """The model that a manifest and its file make. `ModelRefused` when they are not a pair, or of
    another release, or the file holds what no model of ours does."""
    name = manifest.name
    if sha256(held).hexdigest() != manifest.sha256:
        raise ModelRefused(
            f"model {name} is not used: its file is not the one that its manifest names; somebody "
            "changed it, so train it again"
        )
    if manifest.form != FORM or manifest.features != NAMES:
        raise ModelRefused(f"model {name} is of another release's features: train it again")
    made, here = manifest.versions.get(_LIBRARY, "none"), version(_LIBRARY)
    if made.split(".")[:2] != here.split(".")[:2]:
        raise ModelRefused(
            f"model {name} was made with {_LIBRARY} {made} and cannot be read by {here}: use a "
            "release with that one, or train it again"
        )
    try:
        unknown = set(skops.io.get_untrusted_types(data=held)) - set(ALLOWED)
        if not unknown:
            return _built(skops.io.loads(held, trusted=list(ALLOWED)))
    except Exception as error:  # whatever a file that is no model makes of a reader of models
        raise ModelRefused(
            f"model {name} is not used: its file holds no model ({type(error).__name__})"
        ) from None
    raise ModelRefused(
        f"model {name} is not used: its file holds {min(unknown)}, which no model of ours does"
    )


def _built(held: Any) -> Model:
    return Model(
        tuple(
            Member(one["estimator"], float(one["intercept"]), float(one["slope"]))
            for one in held["members"]
        )
    )


def fingerprint(parts: Iterator[bytes]) -> str:
    """A digest of what was learnt from."""
    found = sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()
