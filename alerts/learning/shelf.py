"""The models that lists are ranked by: in the database since they were promoted, else in a folder.

Only those that may be used are. The folder is looked in for a model that the database lacks: one
that was promoted after the backup from which it was restored.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from alerts.learning.manifest import Manifest, ModelRefused, parsed, readable
from alerts.store import model_rows
from alerts.store.database import reading
from models.risk.scorer import Scorer

log = logging.getLogger("bokvar.models")


class Shelf:
    """See `alerts.rules.rulebook.Models`. A model may come at any time."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._refused: set[str] = set()

    def versions(self) -> Iterator[str]:
        """The sha256 of each model at hand."""
        with reading(self._engine) as connection:
            yield from model_rows.versions(connection)
        yield from (manifest.sha256 for manifest in readable(self._folder))

    def scorer(self, version: str) -> Scorer | None:
        """The scorer of a model; None where it is not at hand, and where it is refused, which is
        logged once."""
        try:
            found = self.read(version)
            return None if found is None else _scorer(version, *found)
        except ModelRefused as error:
            if version not in self._refused:
                self._refused.add(version)
                log.error("%s", str(error))
            return None

    def read(self, version: str) -> tuple[Manifest, bytes] | None:
        """A model's manifest and file. `ModelRefused` when the manifest was changed."""
        with reading(self._engine) as connection:
            row = model_rows.read(connection, version)
        if row is not None:
            return parsed(row.manifest, version), row.body
        manifest = self._in_folder(version)
        if manifest is None:
            return None
        from alerts.learning.artefact import content

        return manifest, content(self._folder, manifest.name)

    def name(self, version: str) -> str | None:
        """What people call the model of that sha256; None where it is not at hand."""
        with reading(self._engine) as connection:
            kept = model_rows.read_manifest(connection, version)
        try:
            found = self._in_folder(version) if kept is None else parsed(kept, version)
        except ModelRefused:
            return None
        return None if found is None else found.name

    def _in_folder(self, version: str) -> Manifest | None:
        return next((one for one in readable(self._folder) if one.sha256 == version), None)


def _scorer(version: str, manifest: Manifest, body: bytes) -> Scorer:
    from alerts.learning.artefact import opened  # scikit-learn: for those who score by a model
    from models.risk.by_model import ByModel

    return ByModel(version, opened(manifest, body))
