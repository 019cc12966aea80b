"""What will be sent on which day: facts wait here until their day comes.

A day has four parts, in order: registrations, what the bank booked the day before, the
landlord's own work, and the post. What happened before the first day is sent on it, as a
landlord who joins sends what is open; what comes after the last day is never sent.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct


class Part(IntEnum):
    """The parts of a day, in the order in which they are sent."""

    REGISTER = 0
    BANK = 1
    OFFICE = 2
    POST = 3


class Note(NamedTuple):
    """A fact, and when and by whom it is sent."""

    day: date
    part: Part
    source: str
    fact: Struct


Sheet = tuple[dict[str, list[Struct]], ...]  # for each part of the day: facts by source
ONE_DAY = timedelta(days=1)


class Agenda:
    """Facts by day, part of the day and source; in each, in the order they were added."""

    def __init__(self, start: date, last: date) -> None:
        self.start = start
        self._last = last
        self._sheets: dict[date, Sheet] = {}

    def add(self, day: date, part: Part, source: str, fact: Struct) -> None:
        """Send `fact` on `day`."""
        if day <= self.start:
            day = self.start
            if part is not Part.REGISTER:
                part = Part.OFFICE
        elif day > self._last:
            return
        sheet = self._sheets.get(day)
        if sheet is None:
            sheet = self._sheets[day] = ({}, {}, {}, {})
        try:
            sheet[part][source].append(fact)
        except KeyError:
            sheet[part][source] = [fact]

    def tell(self, notes: Iterable[Note]) -> bool:
        """Send the notes of one story; False if all of it was over before the first day."""
        in_order = sorted(notes, key=lambda note: (note.day, note.part))
        if not in_order or in_order[-1].day < self.start:
            return False
        for note in in_order:
            self.add(*note)
        return True

    def take(self, day: date) -> Sheet:
        """The sheet of `day`, which leaves the agenda."""
        return self._sheets.pop(day, ({}, {}, {}, {}))

    def put_off(self, day: date, sheet: Sheet, source: str) -> None:
        """Move what `source` was to send on `day` to the day after, before that day's own."""
        tomorrow = self._sheets.setdefault(day + ONE_DAY, ({}, {}, {}, {}))
        for today, later in zip(sheet, tomorrow, strict=True):
            if held := today.pop(source, None):
                later[source] = held + later.get(source, [])
