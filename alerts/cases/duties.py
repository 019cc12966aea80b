"""What is asked in every town, whatever its playbook: the duties of law, and what stands apart.

An eviction time asks for its same-day confirmation (2025:468 11:3); a notice, claim, enforcement
or form 3 alone for one task to save the home (2025:400 14:2); the board pays what it took on; and
after a death, an agreed leaving of a home where children may live or an eviction somebody asks how
those who lived there are (JB 12:33-34). A caseworker may ask for contact whatever is known.
"""

from datetime import date, timedelta

from alerts.cases.follow_up import follow_up_on
from alerts.cases.moving import handed_by, moved_on
from alerts.cases.outreach import payment
from alerts.cases.rent_reasons import owes_nothing, paid_rent
from alerts.cases.situation import AFTERCARE_FOR, Situation
from alerts.cases.want import Want, is_news
from alerts.cases.way import Doing
from models.law.booking_lag import known_from
from models.law.weekdays import (
    add_working_days,
    is_working_day,
    last_working_day_before,
    nth_working_day_before,
)
from models.lease.cases import Task
from models.lease.groups import may_have_children
from models.phrase import Phrase
from models.standing.acts import is_raised, newest, standing

SECURE_AFTER = 3  # working days from the news to contact with the household
DECIDE_BEFORE = 5  # working days before the last day the board's decision is made at the latest
AFTERCARE_AFTER = 5  # working days from the end
RAISED_AFTER = 3  # working days from a caseworker's word that the household be contacted
SECURING = ("secure_tenancy", "secure_home", "ask_withdrawal")
_DAY = timedelta(days=1)


DUTIES: dict[str, Doing] = {
    step: Doing(channel, "caseworker", Phrase(f"step.{step}"), matter)
    for step, channel, matter in (
        ("confirm_eviction", "confirmation", "law"),
        ("secure_tenancy", "visit", "law"),
        ("secure_home", "visit", "law"),
        ("ask_withdrawal", "contact", "law"),
        ("pay_assumed_rent", "payment", "assumed"),
        ("dispute_advice", "contact", "rent"),
        ("late_habit", "call", "habit"),
        ("aftercare", "contact", "person"),
        ("raised_contact", "contact", "person"),
    )
}


def duties(situation: Situation) -> list[Want]:
    """What the law asks for, most pressing first."""
    if situation.is_over:
        return _aftercare(situation)
    legal, wants = situation.legal, []
    if legal.confirm_by is not None:
        wants.append(Want("confirm_eviction", legal.confirm_by, situation.today, by_law=True))
    if legal.running:
        wants.append(_secure(situation))
    wants += payment(situation)
    return wants + _aftercare(situation) if situation.has_ended else wants


def _secure(situation: Situation) -> Want:
    """Save the home; where the rent behind the notice is paid, ask whether it is withdrawn.

    Our day is not the law's: contact within three working days of the news, and the board's
    decision at the latest five before the last day.
    """
    step = _securing(situation)
    held, today = situation.latest(step), situation.today
    if held is not None and handed_by(held) is not None:
        held = None  # another town's
    news = situation.newest_paper if situation.newest_paper > date.min else today
    if step == "ask_withdrawal":
        news = max(news, _paid_on(situation) or news)
    newest_trouble = max(
        news, _lost_on(situation), _newest_late(situation), moved_on(situation.lease)
    )
    days = [day for day, name in situation.dates if name != "confirm_by" and day >= today]
    decide = nth_working_day_before(days[0], DECIDE_BEFORE) if days else None
    last = None if not days else _not_after(days[0])
    if held is not None and held.closed is None:
        due_by = _still_by(held, last, decide, situation)
    elif held is not None and not is_news(newest_trouble, held):
        due_by = decide if decide is not None and decide >= today else last or today
    else:
        due_by = add_working_days(newest_trouble, SECURE_AFTER)
        due_by = min(due_by, decide) if decide is not None else due_by
    again = today if situation.is_last_day_near else follow_up_on(situation, held)
    return Want(step, due_by, newest_trouble, again_on=again)


def _lost_on(situation: Situation) -> date:
    """The day that began with the right to the tenancy known as lost, which is news; the first of
    all days where it is not, or where the rent was paid after all."""
    legal = situation.legal
    if not legal.recovery_lost or legal.paid_late or legal.recovery_on is None:
        return date.min
    return known_from(legal.recovery_on)


def _still_by(held: Task, last: date | None, decide: date | None, situation: Situation) -> date:
    """The day of an open task: it stands, but never after a last day that has come nearer."""
    if decide is not None and held.due_by > decide >= situation.today:
        return decide
    return held.due_by if last is None else min(held.due_by, last)


def _securing(situation: Situation) -> str:
    legal = situation.legal
    if not legal.others:
        return "secure_home"  # nothing but a notice for disturbances: the rent is no matter of it
    if legal.eviction_on or legal.reply_by or situation.arrears.late:
        return "secure_tenancy"
    return "ask_withdrawal" if _paid_on(situation) else "secure_tenancy"


def _paid_on(situation: Situation) -> date | None:
    """When the rent was paid behind notices that led to what still runs."""
    paid = paid_rent(situation) if owes_nothing(situation) else None
    return paid.on if paid is not None else situation.legal.paid_on


def _not_after(day: date) -> date:
    """The last working day on which something can be done by a day of the law."""
    return day if is_working_day(day) else last_working_day_before(day)


def _newest_late(situation: Situation) -> date:
    days = [line.last_day + _DAY for line in situation.arrears.late]
    return max((day for day in days if day <= situation.today), default=date.min)


def _aftercare(situation: Situation) -> list[Want]:
    """A follow-up contact with those who lived there, for a while after the end."""
    ended_on = aftercare_from(situation)
    if ended_on is None or situation.today > ended_on + AFTERCARE_FOR:
        return []
    held = situation.latest("aftercare")
    due_by = held.due_by if held else add_working_days(ended_on, AFTERCARE_AFTER)
    again = follow_up_on(situation, held) if _nobody_met(held) else None
    return [Want("aftercare", due_by, ended_on, again_on=again)]


def aftercare_from(situation: Situation) -> date | None:
    """The day from which those who lived there are asked after; None where nobody is."""
    lease, legal = situation.lease, situation.legal
    if legal.executed:
        steps = [s.on for s in lease.legal.steps if s.step == "eviction.executed"]
        return max(steps, default=situation.today)
    if lease.ended is None:
        return None
    on, reason = lease.ended
    if reason in ("death", "evicted"):
        return on
    families = may_have_children(lease.household, situation.today) and reason in (
        "agreement", "trial_ended", "abandoned",
    )  # fmt: skip
    return on if families else None


def _nobody_met(task: Task | None) -> bool:
    return task is not None and task.closed == "reported:not_reached"


def raised(situation: Situation) -> list[Want]:
    """A household that a caseworker has put first and that nothing else asks for."""
    if situation.has_ended or not is_raised(situation.lease):
        return []
    placed = newest(standing(situation.lease, "placed"))
    assert placed is not None
    held = situation.latest("raised_contact")
    raised_on = min(placed.on, situation.today)
    due_by = held.due_by if held else add_working_days(raised_on, RAISED_AFTER)
    again = follow_up_on(situation, held)
    return [Want("raised_contact", due_by, placed.on, again_on=again)]
