"""When a town's meetings are held: on the so-maniest working day of a month, quarter or half year.

The first working day, where a playbook says no other (ours): by then the numbers of the time before
are whole. Working days are those of `models.law.weekdays`.
"""

from datetime import date, timedelta
from typing import NamedTuple

from alerts.playbooks.language import Meeting, Playbook
from alerts.playbooks.months import months_later
from models.law.weekdays import add_working_days, nth_working_day_before

PREPARED = 2  # working days before a meeting its pack is to be prepared (ours)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
_DAY = timedelta(days=1)


class Held(NamedTuple):
    """A meeting, and a day on which it is held."""

    on: date
    meeting: Meeting


def next_meetings(playbook: Playbook, day: date) -> list[Held]:
    """The next day of each meeting, `day` itself if it is one; nearest first."""
    found = [Held(next_day(meeting, day), meeting) for meeting in playbook.meetings]
    return sorted(found, key=lambda held: (held.on, held.meeting.id))


def meetings_through(playbook: Playbook, first: date, last: date) -> list[Held]:
    """Every meeting held from `first` through `last`, nearest first."""
    found = list[Held]()
    for meeting in playbook.meetings:
        on = next_day(meeting, first)
        while on <= last:
            found.append(Held(on, meeting))
            on = next_day(meeting, on + _DAY)
    return sorted(found, key=lambda held: (held.on, held.meeting.id))


def held_before(held: Held) -> date:
    """The day on which the meeting was held the last time before."""
    months = MONTHS[held.meeting.every]
    begins = date(held.on.year, (held.on.month - 1) // months * months + 1, 1)
    return _in(months_later(begins, -months), held.meeting)


def prepared_from(on: date) -> date:
    """The day from which a meeting's pack is to be prepared."""
    return nth_working_day_before(on, PREPARED)


def next_day(meeting: Meeting, day: date) -> date:
    """The first day from `day` on on which a meeting is held."""
    months = MONTHS[meeting.every]
    begins = date(day.year, (day.month - 1) // months * months + 1, 1)
    while (on := _in(begins, meeting)) < day:
        begins = months_later(begins, months)
    return on


def _in(begins: date, meeting: Meeting) -> date:
    return add_working_days(begins - _DAY, meeting.working_day)
