"""One lease as it was at the end of a past day: its home partition's log, folded for it alone."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Engine

from alerts.fold.early_days import is_early
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.rules.reach import UnknownRules
from alerts.settings import Settings
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from alerts.views.lease.lease_known import Known, of_memory
from models.contract.events import day_ended
from models.contract.facts import CalendarDay, Fact
from streams.kafka import log, topics
from streams.kafka.lease_ids import lease_of
from streams.kafka.partitioning import home
from streams.proof import past_checkpoint
from streams.proof.past_checkpoint import Where
from streams.proof.places import folder
from streams.rules.known import rulebook


class Replayed(Struct):
    """What the log says of the lease, if it knows it, and the last day that had ended. Its history
    begins after line `lines` of the partition, where the checkpoint was that it was read from."""

    known: Known | None
    through: date | None
    lines: int = 0


def replay(
    settings: Settings,
    engine: Engine,
    topic: topics.EventTopic,
    lease_id: str,
    as_of: date,
    end: int,
) -> Replayed:
    """The lease at the end of `as_of`, from the nearest checkpoint before it, else the log's start,
    up to offset `end` of its home partition.

    Raises `UnknownRules`, and as `streams.kafka.log.records`: a log that has expired, or was
    folded by a release with other rules, cannot be asked about its past.
    """
    number = home(lease_id, topic.partitions)
    known = rulebook(settings, engine)
    where = Where(folder(settings), topic.topic_id, number, known.knows)
    begun = past_checkpoint.begin(where, lease_id, as_of, end)
    lines, leases = begun.partition.lines, begun.leases
    store = MemoryStore.live(
        begun.partition, lambda key: home(key, topic.partitions), leases, begun.tasks, begun.dead,
        known,
    )  # fmt: skip
    for records in _until(settings, topic.name, begun.partition, end, lease_id, as_of):
        if records:
            at = store.partition.next_offset
            stop = store.fold(Frame(number, at, records[-1].offset + 1, records)).stop
            if stop is not None:
                raise UnknownRules(
                    f"lease {lease_id} cannot be shown as of that day by this release: {stop.why}. "
                    "Ask the release that knows those rules, or without --as-of"
                )
    lease = leases.get(lease_id)
    if lease is None:
        return Replayed(None, store.partition.last_day)
    return Replayed(of_memory(store, lease), store.partition.last_day, lines)


def _until(
    settings: Settings, topic: str, begun: Partition, end: int, lease_id: str, as_of: date
) -> Iterator[list[Record]]:
    """The records that concern the lease, up to the end of the day."""
    part = max(re.findall("[0-9A-Za-z]*", lease_id.partition(":")[2]), key=len).encode()
    last, by_clock = begun.last_day, begun.by_clock
    for found in log.messages(settings, topic, begun.number, begun.next_offset, end):
        kept: list[Record] = []
        for message in found:
            its_key = message.key()
            of_it = its_key is None or lease_of(its_key) == lease_id
            if not of_it and part not in (message.value() or b""):
                continue
            record = log.decoded(message)
            data = record.event.data if record.event is not None else None
            if isinstance(data, CalendarDay):
                by_clock |= data.told_by is not None
                if not is_early(data, record.appended_ms, last, by_clock):
                    if data.day >= as_of:
                        yield [*kept, _day(record, as_of)]
                        return
                    last = max(last or data.day, data.day)
            if not isinstance(data, Fact) or data.lease_id == lease_id:
                kept.append(record)
        yield kept


def _day(record: Record, as_of: date) -> Record:
    """The end of the day asked for, also where the log jumps over it."""
    return replace(record, event=day_ended(as_of))
