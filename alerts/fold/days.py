"""The end of a day: leases whose day it is wake, are scored in one call, and decided about. When
another scorer takes over, those on the list are at once, as of the last day.

What fails for one lease leaves that lease marked incomplete and awake for the next day; the day
ends for all others.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from types import TracebackType

from msgspec.structs import replace

from alerts.cases import waking
from alerts.cases.situation import Situation, read_situation
from alerts.fold.deciding import decide_on
from alerts.fold.early_days import DAY_NOT_ENDED, is_early
from alerts.fold.faults import MOST_IN_A_ROW, UNLAID, FoldFails, place, stop
from alerts.fold.feeds import cap_feeds
from alerts.fold.held import held_too_long
from alerts.fold.record import Record
from alerts.fold.set_aside import set_aside, set_leases_aside
from alerts.fold.speaking import say_risk
from alerts.fold.workspace import Workspace
from models.contract.events import BOKVAR
from models.contract.facts import CalendarDay
from models.lease.archive import is_ahead, open_as_of, unpack
from models.lease.handlers.incomplete import mark_incomplete
from models.lease.handlers.terms import apply_changes
from models.lease.settlement import settle
from models.lease.state import Lease, Risk

_DAY = timedelta(days=1)


def calendar_day(work: Workspace, record: Record, fact: CalendarDay) -> None:
    """Every day up to the one named has ended, if that one has."""
    last = work.partition.last_day
    work.partition.by_clock |= fact.told_by is not None
    if last is not None and fact.day <= last:
        work.count("repeats")
        return
    if is_early(fact, record.appended_ms, last, work.partition.by_clock):
        set_aside(work, replace(record, source=BOKVAR), DAY_NOT_ENDED)
        return
    ended = record.appended_on - _DAY if record.appended_on else fact.day
    cap_feeds(work, max(fact.day, ended))
    day = last + _DAY if last else fact.day
    while day <= fact.day:
        _end_of_day(work, record.offset, day)
        day += _DAY
    if work.known.leases:
        set_leases_aside(work, record, sorted({lease_id for _, lease_id in work.known.leases}))


def rescore(work: Workspace, record: Record) -> None:
    """Those on the list are scored by the scorer that has taken over, as of the last day. All
    others are with their next look, which comes with their next bill at the latest."""
    day = work.partition.last_day
    if day is None:
        return
    listed = [lease for lease in work.leases.values() if lease.case and lease.case.open_tasks]
    _look(work, record.offset, day, sorted(listed, key=lambda lease: lease.lease_id))
    if work.known.leases:
        set_leases_aside(work, record, sorted({lease_id for _, lease_id in work.known.leases}))


def _end_of_day(work: Workspace, offset: int, day: date) -> None:
    """`FoldFails` if the day's end fails for leases of which that was not known."""
    work.waking.settle(work.today)
    due = work.waking.due(day)
    work.partition.last_day, work.today = day, day + _DAY
    _look(work, offset, day, due)


def _look(work: Workspace, offset: int, day: date, due: Sequence[Lease]) -> None:
    """Score leases at the end of `day`, and decide about those that may ask for something."""
    failures = _Failures(offset, day)
    if work.known.leases:
        due = _leave_out_failing(work, offset, day, due)
    situations, quiet = list[Situation](), list[Lease]()
    for lease in due:
        with failures.of(lease):
            situation = _look_at(work, lease, day)
            if situation is not None:
                situations.append(situation)
            elif work.scorer.scores_quiet and lease.terms is not None:
                quiet.append(lease)
    situations += _score(work, situations, quiet, day, failures)
    for situation in situations:
        with failures.of(situation.lease):
            decide_on(work, situation)
    failures.tell()


def _look_at(work: Workspace, lease: Lease, day: date) -> Situation | None:
    """The situation of a lease that wakes, if there may be something to decide."""
    work.changes.leases[lease.lease_id] = lease
    apply_changes(lease, work.today)
    if is_ahead(lease.account, day):
        unpack(lease.account)
    if lease.terms is None or waking.is_held_too_long(lease, day):
        held_too_long(work, lease)
    if lease.terms is None:
        return None
    if waking.is_quiet(lease, day, work.towns.way_of(lease).triggers):
        work.waking.wake(lease, waking.wake_after_event(lease, work.today))
        return None
    return _situation(work, lease, day)


def _situation(work: Workspace, lease: Lease, day: date) -> Situation:
    way = work.towns.way_of(lease)
    return read_situation(lease, work.today, day, work.partition.fed_through, way)


def _score(
    work: Workspace,
    situations: Sequence[Situation],
    quiet: Sequence[Lease],
    day: date,
    failures: "_Failures",
) -> list[Situation]:
    """One call for all leases of the day; `FoldFails` before it unless all can be scored. Returns
    the situations of those of the `quiet` that are so no more."""
    scorer, rows = work.scorer, []
    for situation in situations:
        with failures.of(situation.lease):
            rows.append(scorer.read(situation.lease, situation.arrears.settlement, day))
    settled = []
    for lease in quiet:
        with failures.of(lease):
            settled.append(settle(open_as_of(lease.account, day), lease.started_on, day))
            rows.append(scorer.read(lease, settled[-1], day))
    failures.tell()
    found = scorer.score(rows, day)
    for situation, risk in zip(situations, found[: len(situations)], strict=True):
        with failures.of(situation.lease):
            _take(work, situation.lease, risk)
    louder = []
    for lease, settlement, risk in zip(quiet, settled, found[len(situations) :], strict=True):
        with failures.of(lease):
            _take(work, lease, risk)
            if risk.band != "low":
                louder.append(_situation(work, lease, day))
            else:
                wakes = waking.wake_scored(lease, settlement, work.today, scorer)
                work.waking.wake(lease, wakes)
    return louder


def _take(work: Workspace, lease: Lease, risk: Risk) -> None:
    before, lease.risk = lease.risk, risk
    if risk.band != before.band:
        say_risk(work, lease, before)


def _leave_out_failing(
    work: Workspace, offset: int, day: date, due: Sequence[Lease]
) -> list[Lease]:
    """Mark the leases on which the day's end is known to fail; the others are left.

    `PartitionStops` when it fails for so many in a row that the fault is not theirs.
    """
    left, in_a_row = [], 0
    for lease in due:
        if (day, lease.lease_id) not in work.known.leases:
            left.append(lease)
            in_a_row = 0
            continue
        in_a_row += 1
        if in_a_row == MOST_IN_A_ROW:
            what = f"the end of {day} fails for {in_a_row} leases in a row"
            raise stop(offset, what, work.known.why)
        mark_incomplete(lease, work.partition.number, offset)
        work.waking.wake(lease, work.today)
        work.changes.leases[lease.lease_id] = lease
    return left


class _Failures:
    """Notes the leases for which a day's end fails, so that all are known before it is run anew."""

    def __init__(self, offset: int, day: date) -> None:
        self._offset = offset
        self._day = day
        self._found: dict[str, str] = {}
        self._lease_id = ""

    def of(self, lease: Lease) -> "_Failures":
        """`with failures.of(lease):` what fails within is that lease's."""
        self._lease_id = lease.lease_id
        return self

    def tell(self) -> None:
        """`FoldFails` if anything has failed."""
        if self._found:
            leases = frozenset((self._day, lease_id) for lease_id in self._found)
            raise FoldFails(self._offset, next(iter(self._found.values())), leases)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, UNLAID):
            return False
        self._found[self._lease_id] = place(error)
        return True
