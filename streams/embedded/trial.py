"""Events folded in this process, with no broker and no database: the same fold, on the memory
store."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

import msgspec

from alerts.contract.messages import VisitTask
from alerts.contract.topics import EVENTS, LANDLORD_FEEDBACK
from alerts.fold.announce import key_of
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord, Record
from alerts.playbooks.own import own_towns
from alerts.playbooks.towns import Towns
from alerts.rules.reach import begins
from alerts.rules.rulebook import shipped_rulebook
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from alerts.views.lease.lease_known import Known, of_memory
from models import stockholm
from models.contract.events import day_ended
from models.contract.facts import Fact
from models.lease.state import Lease
from streams.embedded.event_lines import FileLine, day_end, moment_of
from streams.embedded.told_days import told_before_the_end_of
from streams.kafka.decode import decode

FRAME_RECORDS = 20_000
_encode = msgspec.json.Encoder().encode


class Trial:
    """What a log of lines leads to by the playbooks `towns`, with the line at each offset. Fold
    with `take`."""

    def __init__(self, towns: Towns | None = None) -> None:
        self.towns = towns or own_towns()
        self.leases: dict[str, Lease] = {}
        rulebook = shipped_rulebook().by(self.towns)
        self.store = MemoryStore.live(Partition(0), lambda _: 0, self.leases, rulebook=rulebook)
        self.answers: list[bytes] = []  # to landlords, in order
        self._lines: dict[int, FileLine] = {}
        self._end = 0
        self._ended: date | None = None  # the last day before the line that is read
        self._until: date | None = None  # the day at whose end the line that is read was told

    @property
    def as_of(self) -> date | None:
        """The last day that has ended."""
        return self.store.partition.last_day

    def take(self, items: Iterable[FileLine | date]) -> Self:
        """Fold lines, and the ends of days between them. `PartitionStops` as the fold raises it."""
        records: list[Record] = []
        held = list(items)
        days = [item if isinstance(item, date) else day_end(item.raw) for item in held]
        for item, day, until in zip(held, days, told_before_the_end_of(days), strict=True):
            self._until = until
            record = self._day(item) if isinstance(item, date) else self._record(item)
            self._note_day(day)
            if begins(record) is None:  # all is tried by this program's rules
                records.append(record)
            if len(records) == FRAME_RECORDS:
                self._fold(records)
                records = []
        while records:
            self._fold(records)
            records = self._sent_back()
        return self

    def tasks(self, since: date | None) -> list[VisitTask]:
        """Every task that was opened on `since` or later, at its newest."""
        return [
            task for task in self.store.tasks.values() if since is None or task.opened_on >= since
        ]

    def set_aside(self) -> list[tuple[FileLine | None, DeadRecord]]:
        """What was set aside and is still open, with the line that it came from."""
        dead = sorted(self.store.dead.values(), key=lambda record: record.offset)
        return [(self._lines.get(one.offset), one) for one in dead if one.state == "open"]

    def known(self, lease_id: str) -> Known | None:
        """What a lease's page is made of; None for a lease that no line speaks of."""
        lease = self.leases.get(lease_id)
        return None if lease is None else of_memory(self.store, lease)

    def _fold(self, records: list[Record]) -> None:
        self.store.fold(Frame(0, records[0].offset, records[-1].offset + 1, records))

    def _sent_back(self) -> list[Record]:
        """The events that the fold itself sends to the log, as the relay would."""
        own = [out for out in self.store.outbox if out.topic == EVENTS]
        self.answers += [o.value for o in self.store.outbox if o.topic == LANDLORD_FEEDBACK]
        self.store.outbox.clear()
        return [decode(self._next(), out.key, out.value, (), self._moment(b"")) for out in own]

    def _record(self, line: FileLine) -> Record:
        offset = self._next()
        self._lines[offset] = line
        record = decode(offset, key_of(line.raw), line.raw)
        of_a_lease = record.event is not None and isinstance(record.event.data, Fact)
        until = line.until if of_a_lease else None
        told = self._until
        record.appended_ms = self._moment(line.raw, until) if told is None else _end_of(told)
        return record

    def _day(self, day: date) -> Record:
        event = day_ended(day)
        return Record(self._next(), None, _encode(event), event, appended_ms=_end_of(day))

    def _note_day(self, day: date | None) -> None:
        if day is not None:
            self._ended = max(day, self._ended or day)

    def _moment(self, raw: bytes, until: date | None = None) -> int | None:
        """When a broker would have taken a line at the latest: at the event's time, else by the end
        of `until`, or of the last day before it; None where none is known."""
        moment, latest = moment_of(raw), until or self._ended
        if moment is None and latest is not None:
            moment = datetime.combine(latest, time.max, stockholm.STOCKHOLM)
        return None if moment is None else int(moment.timestamp() * 1000)

    def _next(self) -> int:
        self._end += 1
        return self._end - 1


def _end_of(day: date) -> int:
    """The moment at which a day has ended, milliseconds since 1970."""
    return int(stockholm.begins(day + timedelta(days=1)).timestamp() * 1000)
