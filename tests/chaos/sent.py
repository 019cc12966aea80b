"""What the relay says it has sent, compared with what the topics hold: every row of the outbox
behind its cursor must be there, in the partition of its key and in order.

`verify` reads what the tasks' own topic holds; this looks at all topics, and at events that were
sent home to their partition.
"""

from typing import NamedTuple

import xxhash
from sqlalchemy import select

from alerts import compare, schema
from streams import log, topics
from streams.partitioning import home
from tests.chaos.system import System


class Row(NamedTuple):
    """A row of the outbox that was sent; `digest` is of its key and value."""

    partition: int
    seq: int
    topic: str
    key: bytes | None
    digest: int


class Place(NamedTuple):
    """Where a message first stands in its topic."""

    partition: int
    offset: int


def not_sent(system: System) -> list[str]:
    """What is missing, away from home, or before what it should follow, in words."""
    rows = sent_rows(system)
    places = {topic: first_places(system, topic) for topic in {row.topic for row in rows}}
    wrong, last = [], dict[tuple[int, str, bytes], int]()
    for row in rows:
        place = places[row.topic].get(row.digest)
        name = f"row {row.seq} of partition {row.partition}, for {row.topic},"
        if place is None:
            wrong.append(f"{name} was never sent")
        elif row.key is not None:
            if place.partition != home(row.key.decode(), system.topic.partitions):
                wrong.append(f"{name} is not in its key's partition")
            said = row.partition, row.topic, row.key
            if place.offset < last.get(said, -1):
                wrong.append(f"{name} has overtaken what was said before it")
            last[said] = place.offset
    return wrong


def sent_rows(system: System) -> list[Row]:
    """The rows behind the cursors, in the order of their partitions and numbers."""
    table, found = schema.outbox, []
    with compare.snapshot(system.engine) as connection:
        for number in range(system.topic.partitions):
            sent = compare.sent_through(connection, number)
            rows = connection.execute(
                select(table)
                .where(table.c.partition == number, table.c.seq <= sent)
                .order_by(table.c.seq)
            )
            found += [Row(number, r.seq, r.topic, r.key, digest(r.key, r.value)) for r in rows]
    return found


def first_places(system: System, topic: str) -> dict[int, Place]:
    """The first place of every message of a topic, by its digest."""
    name, places = topics.full_name(system.settings, topic), dict[int, Place]()
    for number in range(system.topic.partitions):
        first, end = log.span(system.settings, name, number)
        for messages in log.messages(system.settings, name, number, first, end):
            for message in messages:
                place = Place(number, message.offset() or 0)
                places.setdefault(digest(message.key(), message.value()), place)
    return places


def digest(key: bytes | None, value: bytes | None) -> int:
    """A message in 64 bits."""
    return xxhash.xxh3_64_intdigest(b"%d:%b%b" % (len(key or b""), key or b"", value or b""))
