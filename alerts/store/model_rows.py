"""The models that were ever promoted: with the database, so that no worker can lack one, and what
was ranked by it can be ranked again."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from alerts.store import schema

_TABLE = schema.models


class ModelRow(NamedTuple):
    """A model's sha256, its manifest and its file, and what was last found of its drift."""

    version: str
    manifest: bytes
    body: bytes
    drift: bytes | None = None


def keep(connection: Connection, row: ModelRow) -> None:
    """Keep a model; harmless to repeat."""
    if read_manifest(connection, row.version) is None:
        connection.execute(insert(_TABLE), row._asdict())


def versions(connection: Connection) -> Sequence[str]:
    """The sha256 of each model that is kept."""
    return connection.scalars(select(_TABLE.c.version)).all()


def read(connection: Connection, version: str) -> ModelRow | None:
    """A model as it is kept; None if it is not."""
    row = connection.execute(select(_TABLE).where(_TABLE.c.version == version)).first()
    return None if row is None else ModelRow(*row)


def read_manifest(connection: Connection, version: str) -> bytes | None:
    """Its manifest alone."""
    found: bytes | None = connection.scalar(
        select(_TABLE.c.manifest).where(_TABLE.c.version == version)
    )
    return found


def read_drift(connection: Connection, version: str) -> bytes | None:
    """What was last found of its drift."""
    found: bytes | None = connection.scalar(
        select(_TABLE.c.drift).where(_TABLE.c.version == version)
    )
    return found


def note_drift(connection: Connection, version: str, found: bytes) -> None:
    """What was found of a model, if it is kept here."""
    connection.execute(update(_TABLE).where(_TABLE.c.version == version).values(drift=found))
