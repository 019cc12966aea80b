"""The end of a day: leases whose day it is wake, are scored in one call, and decided about.

What fails for one lease leaves that lease marked incomplete and awake for the next day; the day
ends for all others.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from alerts.cases import waking
from alerts.cases.situation import Situation
from alerts.fold.deciding import decide_on
from alerts.fold.early_days import DAY_NOT_ENDED, is_early
from alerts.fold.failing import Failures, leave_out_failing
from alerts.fold.feeds import cap_feeds
from alerts.fold.held import held_too_long
from alerts.fold.record import Record
from alerts.fold.scoring import score, situation_of
from alerts.fold.set_aside import set_aside, set_leases_aside
from alerts.fold.workspace import Workspace
from models.contract.events import BOKVAR
from models.contract.facts import CalendarDay
from models.lease.archive import is_ahead, unpack
from models.lease.handlers.terms import apply_changes
from models.lease.state import Lease

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
    set_leases_aside(work, record)


def _end_of_day(work: Workspace, offset: int, day: date) -> None:
    """`FoldFails` if the day's end fails for leases of which that was not known."""
    work.waking.settle(work.today)
    due = work.waking.due(day)
    work.partition.last_day, work.today = day, day + _DAY
    _look(work, offset, day, due)


def _look(work: Workspace, offset: int, day: date, due: Sequence[Lease]) -> None:
    """Score leases at the end of `day`, and decide about those that may ask for something."""
    failures = Failures(offset, day)
    situations, quiet = list[Situation](), list[Lease]()
    for lease in leave_out_failing(work, offset, day, due):
        with failures.of(lease):
            situation = _look_at(work, lease, day)
            if situation is not None:
                situations.append(situation)
            elif lease.terms is None:
                continue
            elif work.scorer.scores_quiet or waking.debit_is_news(lease, day):
                quiet.append(lease)
            else:
                work.waking.wake(lease, waking.wake_after_event(lease, work.today))
    situations += score(work, situations, quiet, day, failures)
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
    if lease.terms is None or waking.is_quiet(lease, day, work.towns.way_of(lease).triggers):
        return None
    return situation_of(work, lease, day)
