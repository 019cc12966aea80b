"""A decline: rent comes later each month, then in parts, before it is missed or the household
recovers. Days and shares are assumptions.
"""

from datetime import date, timedelta

from models.law.weekdays import next_working_day
from streams.simulate import late
from streams.simulate.story import Story

_LATER, _LATER_EACH_MONTH = 1, 3  # days after the due day


def later(story: Story, months: int) -> None:
    """The whole rent, later the longer it has gone on: by some days, then beyond the reminder."""
    month = story.first
    days = _LATER + _LATER_EACH_MONTH * min(months, 3) + story.rng.randint(0, 4)
    paid = next_working_day(month.due_on + timedelta(days=days))
    _reminded(story, paid)
    story.pay(month, story.tenancy.total(month.number), paid)


def in_parts(story: Story) -> None:
    """A part some days late and the rest two to four weeks late; who pays all or nothing pays
    then."""
    month, rng = story.first, story.rng
    total, part = story.tenancy.total(month.number), story.tenancy.part(month.number)
    paid = next_working_day(month.due_on + timedelta(days=rng.randint(10, 24)))
    _reminded(story, paid)
    if rng.random() < 0.25:
        story.phone(story.soon(month.due_on, 1, 8), inbound=True, reached=True)
    if part:
        story.pay(month, part, story.soon(month.due_on, 0, 5))
    story.pay(month, total - part, paid)


def _reminded(story: Story, paid: date) -> None:
    story.remind(story.first, paid)
    late.debit_failed(story)
