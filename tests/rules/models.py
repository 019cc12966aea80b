"""Models in a folder, as `bokvar train` leaves them."""

from pathlib import Path

from alerts.learning import artefact
from alerts.learning.manifest import Manifest
from models.risk.features import NAMES
from tests.learning.runs import MANIFEST
from tests.risk.small_model import small_model


def kept(folder: Path, name: str, *, failed: tuple[str, ...] = ()) -> Manifest:
    """A model that passed the gate, or failed tests of it, under `folder`."""
    return artefact.save(small_model(name), folder, manifest(name, failed))


def manifest(name: str, failed: tuple[str, ...] = ()) -> Manifest:
    """What is told of it."""
    return Manifest(
        name=name,
        form=artefact.FORM,
        kind="steps",
        features=NAMES,
        trained_on="2026-11-26",
        sha256="",
        data=MANIFEST.data,
        versions=artefact.versions(),
        seed=1,
        promotable=not failed,
        failed=list(failed),
        metrics={"backtest": {"horizon_days": 90}},
    )
