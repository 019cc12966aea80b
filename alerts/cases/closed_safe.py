"""Why nothing threatens a home any more, and what became of the rent: looked at, never assumed."""

from datetime import date

from alerts.cases.closed_paid import by_deposit, may_be_unpaid, paid
from alerts.cases.closed_said import closed_as
from alerts.cases.law_steps import last_step, step_said
from alerts.cases.rent_known import is_never_told
from alerts.cases.situation import Situation
from models.lease.cases import Case
from models.lease.trifles import is_trifle
from models.phrase import Phrase, phrase
from models.standing.assumed import assumed_on
from models.standing.heard import is_taken_back
from models.standing.who_left import all_but_left, left_with_tenant

# That a month's rent was paid is true whatever another month's is.
_OF_A_MONTH = ("resolved_on", "resolved_in_time_on", "resolved_beside_on", "resolved_same_day_on")


def why_safe(case: Case, situation: Situation) -> str:
    """Why nothing threatens the home any more."""
    left = left_with_tenant(situation.lease, "arrears")
    if left is not None and _ran(case) and may_be_unpaid(situation):
        return closed_as("left_with_tenant", on=left)
    gone = _withdrawn(case, situation)
    if gone is not None:
        return closed_as("withdrawn_by", why=gone)
    why = situation.once(why_not_late)
    if _ran(case) and is_taken_back(situation.lease) and not why.startswith("resolved_"):
        return "notice_taken_back"
    step = last_step(situation, "eviction.")
    called_off = step is not None and step.step == "eviction.cancelled"
    safe = why.startswith(("resolved", "trifle")) and not may_be_unpaid(situation)
    return closed_as("paid_and_called_off_on", on=step.on) if called_off and safe and step else why


def _withdrawn(case: Case, situation: Situation) -> Phrase | None:
    """What was taken back: the notices for the rent, else the claim."""
    notices = all_but_left(situation.lease, "arrears")
    ran = _ran(case) or "recovery_floor" in case.told
    days = [n.served_on for n in notices if n.served_on is not None]
    gone = phrase("happened.notice_withdrawn", on=max(days)) if days else None
    if any(not notice.withdrawn for notice in notices):
        gone = None
    if ran and days:
        return gone
    steps = [last_step(situation, kind) for kind in ("eviction.", "claim.")]
    last = next((step for step in steps if step is not None), None)
    if last is None:
        return gone
    gone_on = max((n.withdrawn_on or date.min for n in notices), default=date.min)
    return gone if gone is not None and gone_on > last.on else step_said(last)


def _ran(case: Case) -> bool:
    """Was a notice for the rent told of in the case's dates?"""
    return not case.told.keys().isdisjoint(("recovery_on", "recovery_lost"))


def why_not_late(situation: Situation) -> str:
    """What became of the rent that the case's tasks were about."""
    unpaid = situation.arrears.settlement.overdue(situation.today)
    if not unpaid and is_never_told(situation):
        return "rent_unheard"
    if not unpaid:
        return by_deposit(situation) or paid(situation)
    if situation.arrears.assumed:
        return closed_as("assumed_on", on=assumed_on(situation.lease, situation.today))
    if situation.arrears.disputed:
        return closed_as("disputed_of", period=situation.arrears.disputed[0].span)
    if is_trifle(sum(line.rent_left for line in unpaid)):
        return "trifle"
    earlier = paid(situation)  # the next rent is awaited, or late
    if may_be_unpaid(situation) and not earlier.startswith(_OF_A_MONTH):
        return "asked_no_more"
    return "not_late" if earlier == "resolved" else earlier
