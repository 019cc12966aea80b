"""Where a lease stands in law: notices, the message to the board, claims and enforcement.

Dates follow `models.deadlines`. With several notices the earliest day that is still ahead counts,
for help must land before it; the right is lost only when the last of them has passed.
"""

from datetime import date, timedelta

from msgspec import Struct

from models import deadlines
from models.lease import Lease, LegalStep, Notice
from models.settlement import Settlement
from models.statute import CONFIRMATION

_DAY = timedelta(days=1)
_NO_MESSAGE = "no_message_to_the_board"
_NO_FORM_1 = "form_1_not_served"
_FORM_3_LACKS = "form_3_lacks_fields"


class Position(Struct):
    """A lease's legal position at the start of a day.

    `recovery_on` is the last day to win the tenancy back or to assume the rent (JB 12:44), None
    when the time has not begun; `recovery_lost` when it has passed unpaid. `confirm_by` is the
    last day of an unanswered duty to confirm an eviction time, for step number `confirm_round`.
    """

    running: bool = False
    recovery_on: date | None = None
    recovery_lost: bool = False
    decision_from: date | None = None
    reply_by: date | None = None
    eviction_on: date | None = None
    confirm_by: date | None = None
    confirm_round: int = 0
    disturbance: bool = False
    executed: bool = False
    defects: tuple[str, ...] = ()

    def nearest(self, today: date) -> tuple[str, date] | None:
        """The nearest legal date not passed, with the name of its field."""
        dates = [
            (day, name)
            for name in ("recovery_on", "reply_by", "eviction_on")
            if (day := getattr(self, name)) is not None and day >= today
        ]
        return min(dates)[::-1] if dates else None


def read(lease: Lease, settlement: Settlement, today: date) -> Position:
    """The legal position at the start of `today`."""
    position = Position()
    if not (lease.legal.notices or lease.legal.council or lease.legal.steps):
        return position
    _read_notices(lease, settlement, today, position)
    _read_claim(lease.legal.steps, today, position)
    _read_eviction(lease.legal.steps, today, position)
    return position


def _read_notices(lease: Lease, settlement: Settlement, today: date, position: Position) -> None:
    live = [n for n in lease.legal.notices.values() if n.served and not n.withdrawn]
    defects: set[str] = set()
    days: list[date] = []
    for notice in live:
        if notice.reason == "disturbance":
            position.running = position.disturbance = True
            continue
        day = _recovery_day(lease, notice, defects)
        if _cured(settlement, notice, day, lease.legal.assumed_on):
            continue
        position.running = True
        if day is not None:
            days.append(day)
    if any(m.matter != "arrears" for m in lease.legal.council) and _no_arrears_notice(live):
        position.running = position.disturbance = True
    if position.running:
        position.defects = tuple(sorted(defects))
    ahead = [day for day in days if day >= today]
    position.recovery_lost = bool(days) and not ahead
    if days:
        position.recovery_on = min(ahead) if ahead else max(days)
        position.decision_from = deadlines.earliest_eviction_decision(position.recovery_on)


def _no_arrears_notice(live: list[Notice]) -> bool:
    return not any(notice.reason == "arrears" for notice in live)


def _recovery_day(lease: Lease, notice: Notice, defects: set[str]) -> date | None:
    """The last recovery day of one notice; None, with the defect named, if it has not begun."""
    messages = [m for m in lease.legal.council if m.matter == "arrears"]
    given = [m.given_on for m in messages if m.given_on is not None]
    if messages and all(m.lacks for m in messages):
        defects.add(_FORM_3_LACKS)
    if notice.recovery_notice_served_on is None:
        defects.add(_NO_FORM_1)
    if not given:
        defects.add(_NO_MESSAGE)
    if notice.recovery_notice_served_on is None or not given:
        return None
    return deadlines.recovery_last_day(notice.recovery_notice_served_on, _given_for(notice, given))


def _given_for(notice: Notice, given: list[date]) -> date:
    """The message about this notice: the first one not long before it was served."""
    assert notice.served_on is not None
    around = [day for day in given if day >= notice.served_on - timedelta(days=60)]
    return min(around) if around else max(given)


def _cured(
    settlement: Settlement, notice: Notice, day: date | None, assumed_on: date | None
) -> bool:
    """Was the rent behind the notice paid, or taken on by the board, in time (JB 12:44)?"""
    if assumed_on is not None and (day is None or assumed_on <= day):
        return True
    behind = [line for line in settlement.lines if line.last_day < (notice.served_on or date.max)]
    if any(line.rent_left for line in behind):
        return False
    paid = [line.paid_on for line in behind if line.paid_on is not None]
    return day is None or not paid or max(paid) <= day


def _read_claim(steps: list[LegalStep], today: date, position: Position) -> None:
    claims = [s for s in steps if s.step.startswith("claim.") and s.on <= today]
    if not claims:
        return
    last = max(claims, key=lambda s: (s.on, _CLAIM_ORDER.index(s.step)))
    if last.step == "claim.withdrawn":
        return
    position.running = True
    if last.step in ("claim.filed", "claim.served"):
        position.reply_by = last.day


def _read_eviction(steps: list[LegalStep], today: date, position: Position) -> None:
    evictions = sorted(
        (s for s in steps if s.step.startswith("eviction.") and s.on <= today),
        key=lambda s: (s.on, _EVICTION_ORDER.index(s.step)),
    )
    if not evictions:
        return
    last = evictions[-1]
    if last.step == "eviction.executed":
        position.executed = True
        return
    if last.step == "eviction.cancelled":
        return
    position.running = True
    times = [s for s in evictions if s.step == "eviction.scheduled"]
    if last.step in ("eviction.scheduled", "eviction.deferred"):
        position.eviction_on = last.day
    if last.step == "eviction.scheduled" and CONFIRMATION.applies_on(last.on):
        position.confirm_by = deadlines.confirm_by(last.on)
        position.confirm_round = len(times)


_CLAIM_ORDER = (
    "claim.filed", "claim.served", "claim.disputed", "claim.decided", "claim.withdrawn",
)  # fmt: skip
_EVICTION_ORDER = (
    "eviction.applied", "eviction.scheduled", "eviction.deferred", "eviction.cancelled",
    "eviction.executed",
)  # fmt: skip
