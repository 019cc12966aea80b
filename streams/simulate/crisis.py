"""A crisis: rents missed for a reason that does not pass by itself, and how it ends.

Causes and ways out are in `figures`; when a landlord gives notice is its town's.
"""

from datetime import date, timedelta
from random import Random

from models.law.weekdays import next_working_day
from streams.simulate import figures, plans, proceedings
from streams.simulate.agenda import ONE_DAY
from streams.simulate.figures import Ending
from streams.simulate.household import pick
from streams.simulate.missed import Missed
from streams.simulate.story import Story


def draw(rng: Random) -> tuple[str, Ending]:
    """A cause and an ending."""
    return pick(rng, figures.CAUSES), pick(rng, figures.ENDINGS)


def write(story: Story, cause: str, ending: Ending) -> int:
    """Write the crisis that begins with the story's first rent; the debt when it ends, in öre."""
    due, rng = story.first.due_on, story.rng
    missed = Missed(story)
    if ending == "paid_early":
        end = next_working_day(due + timedelta(days=rng.randint(14, 23)))
    elif ending == "plan_kept":
        end = _plan(story, missed, kept=True)
    elif ending == "plan_broken":
        broken = _plan(story, missed, kept=False)
        end = proceedings.write(story, "paid_after_notice", broken, missed.owed)
    else:
        end = proceedings.write(story, ending, due + _until_notice(story), missed.owed)
    _attempts(story, end, answers=cause != "psychiatric_care")
    _rents(story, missed, end)
    debt = missed.owed(end)
    if ending not in ("left", "evicted", "plan_kept"):
        missed.settle(end)
    return debt


def _until_notice(story: Story) -> timedelta:
    """From the due day to the notice, which is the landlord's to give or to put off."""
    town, rng = story.tenancy.town, story.rng
    days = story.tenancy.landlord.notice_after + rng.randint(0, town.spread)
    return timedelta(days=days + (30 if rng.random() < town.waits else 0))


def _rents(story: Story, missed: Missed, end: date) -> None:
    """Every rent due before the end: the missed are demanded, the others paid, often late."""
    missed.stop(end)
    ahead = 0
    while (month := story.month(ahead)).due_on < end:
        story.begin_rent(month)
        if ahead < len(missed.months):
            story.remind(month, end)
        else:
            late = story.rng.random() < 0.5
            days = month.late_days if late else month.bank_days
            story.pay(month, story.tenancy.total(month.number), story.rng.choice(days))
        ahead += 1


def _attempts(story: Story, end: date, *, answers: bool) -> None:
    """Who tried to reach whom before the end: most tenants in a crisis are never heard."""
    rng, due = story.rng, story.first.due_on
    called = story.soon(due, 2, 12)
    if answers and rng.random() < 0.3 and called < end:
        story.phone(called, inbound=True, reached=True)
    for _ in range(rng.choice((0, 1, 1, 2))):
        on, channel = story.soon(due, 8, 22), rng.choice(figures.CHANNELS)
        reached = answers and channel == "phone" and rng.random() < 0.4
        if on < end:
            story.phone(on, inbound=False, reached=reached, channel=channel)


def _plan(story: Story, missed: Missed, *, kept: bool) -> date:
    """A plan for what is owed; returns the day on which it is known to be kept or broken."""
    rng = story.rng
    agreed = story.soon(story.first.due_on, 8, 16)
    missed.stop(agreed)
    count = rng.randint(2, 5)
    paydays = [story.month(ahead).payday for ahead in range(1, count + 2)]
    days = [day for day in paydays if day > agreed][:count]
    plan_id, instalments = plans.agree(story, agreed, days, missed.owed(agreed))
    pays = len(days) if kept else rng.randrange(len(days))
    for part in instalments[:pays]:
        missed.pay(part.amount_ore, part.due_on)
    if kept:
        known = next_working_day(days[-1] + ONE_DAY)
        plans.end(story, plan_id, known, "kept")
    else:
        known = next_working_day(days[pays] + timedelta(days=8))
        plans.end(story, plan_id, known, "broken")
    return known
