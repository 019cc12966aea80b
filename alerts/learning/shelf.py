"""The models of a folder, to rank lists with: read once, and only if they may be used."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from alerts.learning.manifest import ModelRefused, readable
from models.risk.scorer import Scorer

log = logging.getLogger("bokvar.models")


class Shelf:
    """See `alerts.rules.rulebook.Models`. A model may come into `folder` at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._refused: set[str] = set()

    def versions(self) -> Iterator[str]:
        """The sha256 that the manifests name."""
        return (manifest.sha256 for manifest in readable(self.folder))

    def scorer(self, version: str) -> Scorer | None:
        """The scorer of a model; None where it is missing, and where it is refused, which is
        logged once."""
        name = self.name(version)
        if name is None:
            return None
        try:
            return _load(self.folder, name, version)
        except ModelRefused as error:
            if version not in self._refused:
                self._refused.add(version)
                log.error("%s", error)
            return None

    def name(self, version: str) -> str | None:
        """What people call the model of that sha256."""
        return next((one.name for one in readable(self.folder) if one.sha256 == version), None)


@lru_cache(maxsize=4)
def _load(folder: Path, name: str, version: str) -> Scorer:
    from alerts.learning.artefact import load  # scikit-learn: for those alone who score by a model
    from models.risk.by_model import ByModel

    return ByModel(version, load(folder, name))
