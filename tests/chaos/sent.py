"""What the relay says it has sent, compared with what the topics hold: every row of the outbox
behind its cursor must be there, in the partition of its key and in order.

`verify` reads what the tasks' own topic holds; this looks at all topics, and at events that were
sent home to their partition.
"""

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from alerts.language.outgoing import to_send
from alerts.language.sentences import language
from alerts.proof.snapshot import sent_through, snapshot
from alerts.store import schema
from streams.kafka import topics
from streams.kafka.content_mode import STRUCTURED
from streams.kafka.partitioning import partition_of
from tests.chaos.digests import digest
from tests.chaos.system import System

_headers = msgspec.json.Decoder(dict[str, str]).decode


class Row(NamedTuple):
    """A row of the outbox that was sent; `digest` is of its key, value and headers."""

    partition: int
    seq: int
    topic: str
    key: bytes | None
    digest: int


def not_sent(system: System) -> list[str]:
    """What is missing from its key's partition, or stands before what it should follow, in words.

    A message without a key may be in any partition.
    """
    rows, everywhere = sent_rows(system), range(system.topic.partitions)
    places = {
        (topic, number): system.digests.read(topics.full_name(system.settings, topic), number).first
        for topic in {row.topic for row in rows}
        for number in everywhere
    }
    wrong, last = [], dict[tuple[int, str, bytes], int]()
    for row in rows:
        homes = everywhere if not row.key else [partition_of(row.key, len(everywhere))]
        found = [places[row.topic, number].get(row.digest) for number in homes]
        offset = next((offset for offset in found if offset is not None), None)
        name = f"row {row.seq} of partition {row.partition}, for {row.topic},"
        if offset is None:
            wrong.append(f"{name} is not where it was sent")
        elif row.key:
            said = row.partition, row.topic, row.key
            if offset < last.get(said, -1):
                wrong.append(f"{name} has overtaken what was said before it")
            last[said] = offset
    return wrong


def sent_rows(system: System) -> list[Row]:
    """The rows behind the cursors, in the order of their partitions and numbers."""
    table, found = schema.outbox, []
    with snapshot(system.engine) as connection:
        for number in range(system.topic.partitions):
            sent = sent_through(connection, number)
            rows = connection.execute(
                select(table)
                .where(table.c.partition == number, table.c.seq <= sent)
                .order_by(table.c.seq)
            )
            found += [Row(number, r.seq, r.topic, r.key, _digest(system, r)) for r in rows]
    return found


def _digest(system: System, row: Any) -> int:
    """A row as it leaves: with its words, in the system's language."""
    value = to_send(row.topic, row.value, language(system.settings.language))
    return digest(row.key, value, _headers(row.headers) or STRUCTURED)
