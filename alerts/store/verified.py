"""What the last comparison of the log and the database found: one row, for those who look on."""

from msgspec import Struct
from sqlalchemy import Connection, Engine, delete, insert, select

from alerts.store import schema

_TABLE = schema.verified


class LastVerified(Struct, frozen=True):
    """When it ended (epoch seconds), how many differences it found in how many partitions, and the
    release that compared."""

    at: float
    differences: int
    partitions: int
    release: str


def note(engine: Engine, found: LastVerified) -> None:
    """Keep what was found in place of what was found before. Raises faults of the database."""
    row = {name: getattr(found, name) for name in LastVerified.__struct_fields__}
    with engine.begin() as connection:
        connection.execute(delete(_TABLE))
        connection.execute(insert(_TABLE), {"id": 1, **row})


def last(connection: Connection) -> LastVerified | None:
    """What was found last; None if nobody has compared."""
    row = connection.execute(select(_TABLE)).first()
    return (
        None if row is None else LastVerified(row.at, row.differences, row.partitions, row.release)
    )
