"""Scores of leases in one call: of those that a day's end looks at, and of all on the list when
another scorer takes over."""

from collections.abc import Sequence
from datetime import date

from alerts.cases import waking
from alerts.cases.situation import Situation, read_situation
from alerts.fold.deciding import decide_on
from alerts.fold.failing import Failures, leave_out_failing
from alerts.fold.record import Record
from alerts.fold.set_aside import set_leases_aside
from alerts.fold.speaking import say_risk
from alerts.fold.workspace import Workspace
from models.lease.archive import open_as_of
from models.lease.lines import Settlement
from models.lease.settlement import settle
from models.lease.state import Lease, Risk


def score(
    work: Workspace,
    situations: Sequence[Situation],
    quiet: Sequence[Lease],
    day: date,
    failures: Failures,
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
            settled.append(_settled(lease, day))
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
                louder.append(situation_of(work, lease, day))
            else:
                wakes = waking.wake_scored(lease, settlement, work.today, scorer)
                work.waking.wake(lease, wakes)
    return louder


def _take(work: Workspace, lease: Lease, risk: Risk, change: int | None = None) -> None:
    before, lease.risk = lease.risk, risk
    if risk.band != before.band:
        say_risk(work, lease, before, change)


def rescore(work: Workspace, record: Record) -> None:
    """Those on the list are scored by the scorer that has taken over, as of the last day that has
    ended, and ranked anew; what they are asked for stays, with what is known of today. All others
    are with their next look, which comes with their next bill at the latest."""
    day = work.partition.last_day
    if day is None:
        return
    failures = Failures(record.offset, day)
    listed = [lease for lease in work.leases.values() if lease.case and lease.case.open_tasks]
    due = sorted(listed, key=lambda lease: lease.lease_id)
    rows, situations = [], []
    for lease in leave_out_failing(work, record.offset, day, due):
        with failures.of(lease):
            rows.append(work.scorer.read(lease, _settled(lease, day), day))
            situations.append(situation_of(work, lease, work.today))
    failures.tell()
    for situation, risk in zip(situations, work.scorer.score(rows, day), strict=True):
        lease = situation.lease
        with failures.of(lease):
            work.changes.leases[lease.lease_id] = lease
            _take(work, lease, risk, record.offset)
            decide_on(work, situation)
            work.waking.wake(lease, work.today)  # as after any event in a case
    failures.tell()
    set_leases_aside(work, record)


def situation_of(work: Workspace, lease: Lease, as_of: date) -> Situation:
    """The situation at the start of today, with money booked through `as_of`."""
    way = work.towns.way_of(lease)
    return read_situation(lease, work.today, as_of, work.partition.fed_through, way)


def _settled(lease: Lease, day: date) -> Settlement:
    return settle(open_as_of(lease.account, day), lease.started_on, day)
