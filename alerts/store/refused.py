"""Messages that Kafka refuses: they stand aside, so that those behind them are sent.

They are tried again until Kafka takes them or a person gives them up; one given up is kept.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from alerts.store import counted, schema
from alerts.store.outbox import Row

OPEN, SENT, DISCARDED = "open", "sent", "discarded"
_table = schema.refused
_OPEN = _table.c.state == OPEN


class Refused(NamedTuple):
    """A message that Kafka refused: where its row stood, since when (epoch seconds) and why."""

    partition: int
    row: Row
    since: float
    why: str
    state: str = OPEN
    by: str | None = None
    reason: str | None = None


def put_aside(connection: Connection, refused: Iterable[Refused]) -> None:
    """Keep messages that were refused just now."""
    rows = [
        {**one.row._asdict(), "partition": one.partition, "to_partition": one.row.partition,
         "since": one.since, "tried": one.since, "why": one.why, "state": OPEN}
        for one in refused
    ]  # fmt: skip
    if rows:
        connection.execute(insert(_table), rows)


def due(connection: Connection, before: float, most: int) -> list[Refused]:
    """The open ones last tried before that time, those that waited longest first."""
    query = select(_table).where(_OPEN, _table.c.tried < before)
    ordered = query.order_by(_table.c.tried, _table.c.partition, _table.c.seq).limit(most)
    return [_refused(row) for row in connection.execute(ordered)]


def note_tried(
    connection: Connection, tried: Iterable[tuple[Refused, str | None]], now: float
) -> None:
    """Of messages tried again: None if Kafka took it, else why not."""
    for one, why in tried:
        changed = {"state": SENT} if why is None else {"tried": now, "why": why}
        connection.execute(update(_table).where(_at(one.partition, one.row.seq)).values(changed))


def every(connection: Connection, *, closed: bool = False) -> list[Refused]:
    """The open ones in order; all that were ever refused if `closed`."""
    query = select(_table).order_by(_table.c.partition, _table.c.seq)
    return [_refused(row) for row in connection.execute(query if closed else query.where(_OPEN))]


def count_open(connection: Connection) -> int:
    """How many wait."""
    return counted.rows(connection, _table, _OPEN)


def try_soon(connection: Connection) -> int:
    """Have all that wait tried at the relay's next look; how many wait."""
    return connection.execute(update(_table).where(_OPEN).values(tried=0.0)).rowcount


def discard(connection: Connection, partition: int, seq: int, by: str, reason: str) -> bool:
    """Give a message up; False if none waits there."""
    given_up = {"state": DISCARDED, "by": by, "reason": reason}
    here = update(_table).where(_at(partition, seq), _OPEN).values(given_up)
    return bool(connection.execute(here).rowcount)


def _at(partition: int, seq: int) -> ColumnElement[bool]:
    return and_(_table.c.partition == partition, _table.c.seq == seq)


def _refused(found: Any) -> Refused:
    row = Row(found.seq, found.topic, found.key, found.value, found.headers, found.to_partition)
    return Refused(
        found.partition, row, found.since, found.why, found.state, found.by, found.reason
    )
