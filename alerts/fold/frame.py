"""Folds a frame - the records one fetch brought for one partition - into leases, tasks and
outgoing messages. Pure: the store loads before and saves after.

The same log gives the same result however it is cut: decisions are taken only at points that the
log itself names, the end of a day and the events of leases that have a case.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from typing import Any

import msgspec
from msgspec import Struct

from alerts.cases import decide, legal_dates, waking
from alerts.cases.situation import Situation, read_situation
from alerts.contract import messages
from alerts.contract.topics import DEAD_RECORDS, EVENTS, LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from alerts.fold import announce
from alerts.fold.announce import Said
from alerts.fold.changes import Changes, HistoryRow, Outgoing
from alerts.fold.partition import BEGINNING, Partition
from alerts.fold.record import LEASE_UNKNOWN, NOT_MENDED, DeadRecord, Record
from models.contract import facts, form3
from models.contract.events import BOKVAR as _BOKVAR
from models.contract.events import LANDLORD, TYPE_OF, Event, make_event
from models.lease.account import Outcome
from models.lease.fold import apply_changes, fold, mark_incomplete
from models.lease.state import Lease
from models.phrase import Phrase
from models.risk.scorecard import features, score

_DAY = timedelta(days=1)


class FrameFold:
    """Folds records of one partition over the leases and dead letters loaded for them.

    `home` gives the partition of a lease id. Loaded leases must hold every lease the records name
    that is stored, and every lease of the partition due to wake up to the last day in the frame.
    """

    def __init__(
        self,
        partition: Partition,
        leases: dict[str, Lease],
        dead: dict[int, DeadRecord],
        home: Callable[[str], int],
    ) -> None:
        self.partition = partition
        self.leases = leases
        self.dead = dead
        self.home = home
        self.changes = Changes()
        self._touched: set[str] = set()  # leases without a case whose waking day is not worked out
        self._wakes = [
            (lease.wake_on, lease.lease_id) for lease in leases.values() if lease.wake_on
        ]
        heapify(self._wakes)

    def run(self, records: Iterable[Record]) -> Changes:
        """Fold all records; what comes back is complete up to the last of them."""
        seen: dict[type, int] = {}
        for record in records:
            event = record.event
            if event is None or record.error is not None:
                self._set_aside(record, record.error or "unreadable")
                continue
            kind = type(event.data)
            seen[kind] = seen.get(kind, 0) + 1
            broadcast = _BROADCASTS.get(kind)
            if broadcast is not None:
                broadcast(self, record, event.data)
            else:
                self._lease_event(record, event, kind)
        self._settle_wakes()
        for kind, count in seen.items():
            self._count(TYPE_OF[kind], count)
        return self.changes

    def _lease_event(self, record: Record, event: Event, kind: type) -> None:
        lease_id = event.data.lease_id
        lease = self.leases.get(lease_id)
        if lease is None:
            if self.home(lease_id) != self.partition.number:
                return self._send_home(record, lease_id)
            lease = self._new_lease(lease_id)
        today = self.partition.today
        outcome = fold(lease, event, today)
        if outcome is Outcome.REPEAT:
            self._count("repeats")
            self.changes.leases[lease_id] = lease
        elif outcome is not Outcome.APPLIED:
            self._set_aside(_refused(record, event, outcome), outcome.value)
        else:
            if kind is facts.LeaseRegistered:
                self._registered(lease)
            elif lease.terms is None and lease.held_since is None and kind not in _MARKS:
                lease.held_since = (today, record.offset)
            if kind is facts.CouncilNotified:
                self._answer_form3(record, event)
            self._after_event(lease, kind, today)
        return None

    def _answer_form3(self, record: Record, event: Event) -> None:
        """Tell the landlord what its message to the board lacks; it is received all the same."""
        lacks = form3.to_mend(event.data) if event.data.matter == "arrears" else ()
        if lacks and event.source.startswith(LANDLORD):
            landlord, lease_id = event.source[len(LANDLORD) :], event.data.lease_id
            message = announce.defective_form3(landlord, lease_id, event.id, lacks)
            event_id = f"feedback:{self.partition.number}:{record.offset}"
            self._say(LANDLORD_FEEDBACK, event_id, lease_id, message)

    def _new_lease(self, lease_id: str) -> Lease:
        lease = Lease(lease_id)
        self.leases[lease_id] = lease
        return lease

    def _registered(self, lease: Lease) -> None:
        """Facts held for the lease now belong to it; nobody needs to look for it any more."""
        held, lease.held_since = lease.held_since, None
        letter = self.dead.get(held[1]) if held else None
        if letter is not None and letter.error == LEASE_UNKNOWN:
            self._resolve(letter, "resolved", "urn:bokvar", "the lease was registered")

    def _after_event(self, lease: Lease, kind: type, today: date) -> None:
        self.changes.leases[lease.lease_id] = lease
        if self.partition.last_day is None or lease.terms is None:
            self._touched.add(lease.lease_id)
        elif kind in _URGENT or (lease.case is not None and kind in _TELLING):
            self._decide(read_situation(lease, today, today, self.partition.fed_through))
            self._wake(lease, today)  # and scored anew with all others, when the day ends
        elif lease.case is not None:
            self._wake(lease, today)
        else:
            self._touched.add(lease.lease_id)

    def _send_home(self, record: Record, lease_id: str) -> None:
        self._count("sent_home")
        self._out(EVENTS, lease_id.encode(), record.value)

    def _set_aside(self, record: Record, error: str) -> None:
        """Keep the record whole, tell its sender, and mark the leases it may speak of."""
        where = {
            "error": error,
            "topic": EVENTS,
            "partition": str(self.partition.number),
            "offset": str(record.offset),
            **record.headers,
        }
        self._count("set_aside")
        self._out(DEAD_RECORDS, record.key, record.value, where)
        self.changes.dead[record.offset] = self.dead[record.offset] = DeadRecord(
            record.offset, error, record.key, record.value, list(record.leases),
            self.partition.today, record.source, record.event_id,
        )  # fmt: skip
        if record.source.startswith(LANDLORD):
            landlord = record.source[len(LANDLORD) :]
            lease_id = record.leases[0] if record.leases else None
            message = announce.feedback(landlord, lease_id, record.event_id, error)
            event_id = f"feedback:{self.partition.number}:{record.offset}"
            self._say(LANDLORD_FEEDBACK, event_id, lease_id or landlord, message)
        for lease_id in record.leases:
            self._mark(lease_id, record.offset)

    def _mark(self, lease_id: str, offset: int) -> None:
        number = self.partition.number
        lease = self.leases.get(lease_id)
        if lease is None and self.home(lease_id) != number:
            mark = facts.RecordSetAside(
                lease_id=lease_id, partition=number, offset=offset, error="set_aside"
            )
            return self._publish(mark, f"set-aside:{number}:{offset}:{lease_id}")
        lease = lease or self._new_lease(lease_id)
        mark_incomplete(lease, number, offset)
        self._after_event(lease, facts.RecordSetAside, self.partition.today)
        return None

    def _released(self, record: Record, fact: facts.RecordReleased) -> None:
        letter, key = self._open_letter(fact.offset), announce.key_of(fact.event)
        if letter is not None and key is None:
            self._set_aside(record, NOT_MENDED)  # and the letter stays open
        elif letter is not None:
            self._out(EVENTS, key, fact.event.encode())
            self._resolve(letter, "released", fact.by, fact.reason)

    def _discarded(self, record: Record, fact: facts.RecordDiscarded) -> None:
        letter = self._open_letter(fact.offset)
        if letter is not None:
            self._resolve(letter, "discarded", fact.by, fact.reason)

    def _open_letter(self, offset: int) -> DeadRecord | None:
        letter = self.dead.get(offset)
        if letter is None or letter.state != "open":
            self._count("repeats")
            return None
        return letter

    def _resolve(self, letter: DeadRecord, state: str, by: str, reason: str) -> None:
        letter.state, letter.by, letter.reason = state, by, reason
        self.changes.dead[letter.offset] = letter
        number = self.partition.number
        for lease_id in letter.leases:
            fact = facts.RecordCleared(lease_id=lease_id, partition=number, offset=letter.offset)
            self._publish(fact, f"cleared:{number}:{letter.offset}:{lease_id}")

    def _fed(self, record: Record, fact: facts.FeedCompleted) -> None:
        known = self.partition.fed_through.get(fact.landlord_id, date.min)
        self.partition.fed_through[fact.landlord_id] = max(known, fact.through_on)

    def _rules(self, record: Record, fact: facts.RulesChanged) -> None:
        self.partition.rules = fact.digest

    def _calendar_day(self, record: Record, fact: facts.CalendarDay) -> None:
        last = self.partition.last_day
        if last is not None and fact.day <= last:
            self._count("repeats")
            return
        day = last + _DAY if last else fact.day
        while day <= fact.day:
            self._end_of_day(day)
            day += _DAY

    def _end_of_day(self, day: date) -> None:
        self._settle_wakes()
        due: set[str] = set()
        while self._wakes and self._wakes[0][0] <= day:
            wake_on, lease_id = heappop(self._wakes)
            if self.leases[lease_id].wake_on == wake_on:
                due.add(lease_id)
        self.partition.last_day = day
        situations = []
        for lease_id in sorted(due):
            lease = self.leases[lease_id]
            self.changes.leases[lease_id] = lease
            apply_changes(lease, day + _DAY)
            if lease.terms is None:
                self._held_too_long(lease)
            elif waking.is_quiet(lease, day):
                self._wake(lease, waking.wake_after_event(lease, day + _DAY))
            else:
                situations.append(
                    read_situation(lease, day + _DAY, day, self.partition.fed_through)
                )
        self._score(situations, day)
        for situation in situations:
            self._decide(situation)

    def _held_too_long(self, lease: Lease) -> None:
        """Five working days without a registration: a person must see what is held."""
        lease.wake_on = None
        if lease.held_since is None:
            return
        since, offset = lease.held_since
        if since == BEGINNING:  # before the first day; the waiting begins now
            lease.held_since = (self.partition.today, offset)
            self._wake(lease, waking.wake_after_event(lease, self.partition.today))
        elif offset not in self.dead:
            self.changes.dead[offset] = self.dead[offset] = DeadRecord(
                offset, LEASE_UNKNOWN, lease.lease_id.encode(), b"", [], self.partition.today
            )

    def _score(self, situations: list[Situation], day: date) -> None:
        """One model call for all leases of the day."""
        rows = [
            features(situation.lease, situation.arrears.settlement, day) for situation in situations
        ]
        for situation, risk in zip(situations, score(rows, day), strict=True):
            before, situation.lease.risk = situation.lease.risk, risk
            if risk.band != before.band:
                message = announce.lease_risk(situation.lease, before)
                event_id = f"risk:{situation.lease.lease_id}:{day}"
                self._say(LEASE_RISK, event_id, situation.lease.lease_id, message)

    def _decide(self, situation: Situation) -> None:
        decided = decide.assess(situation)
        if decided is not None:
            case, tasks = decided
            for line in legal_dates.changes(situation, case.told):
                self._remember(situation.lease.lease_id, situation.today, line)
            case.told = legal_dates.dates(situation)
            for task in tasks:
                message = announce.visit_task(situation, case, task)
                if message is not None:
                    self._say_task(message, situation.today)
        self._touched.discard(situation.lease.lease_id)
        self._wake(situation.lease, waking.wake_on(situation))

    def _say_task(self, message: messages.VisitTask, today: date) -> None:
        self.changes.tasks[message.task_id] = message
        event_id = f"{message.task_id}:{message.revision}"
        self._say(VISIT_TASKS, event_id, message.lease_id, message)
        self._remember(message.lease_id, today, [announce.history(message)], message.task_id)

    def _remember(
        self, lease_id: str, today: date, said: list[Phrase], task_id: str | None = None
    ) -> None:
        """A line in the lease's history."""
        self.partition.lines += 1
        row = HistoryRow(
            partition=self.partition.number,
            seq=self.partition.lines,
            lease_id=lease_id,
            day=today.isoformat(),
            task_id=task_id,
            said=said,
        )
        self.changes.history.append(row)

    def _settle_wakes(self) -> None:
        for lease_id in self._touched:
            lease = self.leases[lease_id]
            self._wake(lease, waking.wake_after_event(lease, self.partition.today))
        self._touched.clear()

    def _wake(self, lease: Lease, on: date | None) -> None:
        if on != lease.wake_on:
            lease.wake_on = on
            if on is not None:
                heappush(self._wakes, (on, lease.lease_id))

    def _say(self, topic: str, event_id: str, subject: str, data: Struct) -> None:
        said: Said = announce.envelope(topic, event_id, subject, data)
        self._out(said.topic, said.key.encode(), said.value)

    def _publish(self, fact: facts.Fact, event_id: str) -> None:
        event = make_event(fact, source=_BOKVAR, event_id=event_id)
        self._out(EVENTS, fact.lease_id.encode(), announce.encode(event))

    def _out(
        self, topic: str, key: bytes | None, value: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.partition.seq += 1
        self.changes.outbox.append(Outgoing(self.partition.seq, topic, key, value, headers or {}))

    def _count(self, name: str, by: int = 1) -> None:
        self.changes.counts[name] = self.changes.counts.get(name, 0) + by


def _refused(record: Record, event: Event, outcome: Outcome) -> Record:
    """The record of an event that its lease's own state refuses."""
    authority = outcome is not Outcome.NOT_ITS_LEASE
    return msgspec.structs.replace(
        record,
        leases=(event.data.lease_id,) if authority else (),
        source=event.source,
        event_id=event.id,
    )


_URGENT = frozenset(
    {
        facts.NoticeServed,
        facts.NoticeWithdrawn,
        facts.CouncilNotified,
        facts.CouncilRentAssumed,
        facts.DisturbanceReported,
        facts.ClaimFiled,
        facts.ClaimServed,
        facts.ClaimDisputed,
        facts.ClaimDecided,
        facts.ClaimWithdrawn,
        facts.EvictionApplied,
        facts.EvictionScheduled,
        facts.EvictionDeferred,
        facts.EvictionCancelled,
        facts.EvictionExecuted,
    }
)
_TELLING = frozenset(
    {
        facts.RentPaid,
        facts.RentDeposited,
        facts.RentCredited,
        facts.PlanAgreed,
        facts.PlanEnded,
        facts.LeaseChanged,
        facts.LeaseEnded,
        facts.HouseholdUpdated,
        facts.VisitReported,
        facts.RecordSetAside,
        facts.RecordCleared,
    }
)  # of a lease with a case these change the task at once; others when the day ends
_MARKS = frozenset({facts.RecordSetAside, facts.RecordCleared})  # hold nothing for a lease
_BROADCASTS: dict[type, Callable[[FrameFold, Record, Any], None]] = {
    facts.CalendarDay: FrameFold._calendar_day,
    facts.FeedCompleted: FrameFold._fed,
    facts.RulesChanged: FrameFold._rules,
    facts.RecordReleased: FrameFold._released,
    facts.RecordDiscarded: FrameFold._discarded,
}
