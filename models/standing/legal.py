"""Where a lease stands in law: notices, the message to the board, claims and enforcement.

Dates follow `models.law.deadlines`; the time to win the tenancy back is read in
`models.standing.recovery`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

from models.law import deadlines
from models.law.booking_lag import known_from, known_through
from models.law.statute import CONFIRMATION
from models.lease.lines import Settlement
from models.lease.papers import LegalStep
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.phrase import Phrase
from models.standing.disturbances import read_disturbance
from models.standing.legal_steps import steps_until
from models.standing.message_alone import read_message_alone
from models.standing.position import PaidRent, Position
from models.standing.recovery import cured_round, running_rounds
from models.standing.rounds import Reading, Round
from models.standing.who_left import all_but_left


def read(
    lease: Lease, settlement: Settlement, today: date, confirmed_on: Sequence[date] = ()
) -> Position:
    """The legal position at the start of `today`; `confirmed_on` are the days on which the board
    reported that it had confirmed a time of eviction."""
    position = Position(municipal=lease.terms is not None and lease.terms.kind == "municipal")
    if not (lease.legal.notices or lease.legal.council or lease.legal.steps):
        return position
    rounds = running_rounds(lease, settlement, today)
    _read_arrears(rounds, today, position)
    if not rounds:
        read_message_alone(lease, settlement, today, position)
    _read_claim(lease, today, position)
    _read_eviction(lease, today, confirmed_on, position)
    if position.running and not rounds:
        _read_paid(lease, settlement, today, position)
    position.others = position.running
    read_disturbance(lease, today, position)
    return position


def _read_arrears(rounds: list[Round], today: date, position: Position) -> None:
    if not rounds:
        return
    position.running = True
    position.notice_served_on = min(found.served_on for found in rounds)
    position.rent_before = max(found.rent_before for found in rounds)
    served = {n.served_on for found in rounds for n in found.notices if n.served_on is not None}
    position.services = tuple(sorted(served))
    position.by_claim = rounds[-1].by_claim
    position.heard = any(notice.heard for found in rounds for notice in found.notices)
    position.defects = _each_once(defect for found in rounds for defect in found.defects)
    readings = sorted(reading for found in rounds for reading in found.readings)
    position.recovery_days = tuple(sorted({reading.day for reading in readings}))
    ahead = [reading for reading in readings if reading.day >= today]
    over = rounds[-1].last_day is not None and not ahead
    position.paid_late = over and all(found.paid_on for found in rounds)
    position.paid_on = rounds[-1].paid_on if position.paid_late else None
    if ahead:
        _show(ahead[0], position)
    elif over:
        _show(readings[-1], position)
        _read_what_is_over(readings[-1].day, today, position)


def _read_what_is_over(last_day: date, today: date, position: Position) -> None:
    """The last day has passed. A payment made by then may still be on its way, and the right is
    called lost only when it would be in the books."""
    if position.paid_late or known_through(last_day) < today:
        position.recovery_lost = True
    else:
        position.payment_known_on = known_through(last_day)
        position.changes_on = (*position.changes_on, known_from(last_day))


def _show(reading: Reading, position: Position) -> None:
    position.recovery_on = reading.day
    position.decision_from = deadlines.earliest_eviction_decision(reading.day)
    position.form_1_served_on = reading.served_on
    position.council_given_on = reading.given_on
    position.council_registered = reading.registered


def _each_once(defects: Iterable[Phrase]) -> tuple[Phrase, ...]:
    found = {(defect.code, *map(str, defect.args.values())): defect for defect in defects}
    return tuple(found[key] for key in sorted(found))


def _read_paid(lease: Lease, settlement: Settlement, today: date, position: Position) -> None:
    """What was begun goes on, though the rent behind the notices is paid or taken on."""
    found = cured_round(lease, settlement, today)
    on = None if found is None else found.assumed_on or found.paid_on
    if found is None or on is None:
        return
    claimed_on = _claimed_on(lease, today)
    later = (line for line in settlement.lines if found.rent_before <= line.due_on < claimed_on)
    behind_all = all(is_trifle(line.rent_left) for line in later)
    position.paid_rent = PaidRent(on, found.last_day, found.assumed_on is not None, behind_all)


def _claimed_on(lease: Lease, today: date) -> date:
    """When the newest claim was first heard of; the first of all days without one."""
    claims = steps_until(lease.legal.steps, "claim.", today)
    filed = [step.on for step in claims if step.step == "claim.filed"]
    return max(filed or [step.on for step in claims[:1]], default=date.min)


def _read_claim(lease: Lease, today: date, position: Position) -> None:
    claims = steps_until(lease.legal.steps, "claim.", today)
    if not claims or claims[-1].step == "claim.withdrawn":
        return
    last = claims[-1]
    if _is_given_up(lease, last, today):
        return
    position.running = True
    # Served, an application for eviction counts as notice.
    position.noticed |= any(s.step == "claim.served" for s in claims)
    if last.step in ("claim.filed", "claim.served"):
        position.reply_by = last.day


def _is_given_up(lease: Lease, claim: LegalStep, today: date) -> bool:
    """Has the landlord taken back everything that a claim led to and rested on: is the eviction
    called off, and every notice for the rent withdrawn?"""
    evictions = steps_until(lease.legal.steps, "eviction.", today)
    if not evictions or evictions[-1].step != "eviction.cancelled" or evictions[-1].on < claim.on:
        return False
    notices = all_but_left(lease, "arrears")
    return bool(notices) and all(notice.withdrawn for notice in notices)


def _read_eviction(
    lease: Lease, today: date, confirmed_on: Sequence[date], position: Position
) -> None:
    evictions = steps_until(lease.legal.steps, "eviction.", today)
    if not evictions:
        return
    last = evictions[-1]
    if last.step == "eviction.executed":
        position.executed = True
        return
    if last.step == "eviction.cancelled":
        return
    position.running = position.noticed = True
    if last.step in ("eviction.scheduled", "eviction.deferred"):
        position.eviction_on = last.day
    if last.step == "eviction.scheduled":
        _read_confirmation(evictions, confirmed_on, position)


def _read_confirmation(
    evictions: list[LegalStep], confirmed_on: Sequence[date], position: Position
) -> None:
    """The duty to confirm the time that was told last. Told again, by whomever, it is one time, and
    the duty counts from the first telling."""
    tellings = list(takewhile(lambda s: s.step == "eviction.scheduled", reversed(evictions)))
    time = next((s.day for s in tellings if s.day is not None), None)
    position.eviction_on = time
    told_on = list(takewhile(lambda s: s.day in (None, time), tellings))[-1].on
    position.eviction_notified_on = told_on
    times = len({s.day for s in tellings if s.on == told_on and s.day is not None})
    confirmed = sum(on >= told_on for on in confirmed_on)
    if CONFIRMATION.applies_on(told_on) and confirmed < max(times, 1):
        position.confirm_by = deadlines.confirm_by(told_on)
