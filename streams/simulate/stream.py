"""A municipality's events in the order in which they would be sent, day by day.

A day: registrations, what the bank booked the day before, `feed.completed` of each landlord for
yesterday, the offices' work, the post, and last `calendar.day`: the day has ended. Broadcast
events come once; whoever publishes them sends them to every partition. One rent month is in
memory at a time.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random

from models.contract.events import Event, day_ended, make_event
from models.contract.facts import FeedCompleted
from streams.simulate.agenda import ONE_DAY, Agenda, Part, Sheet
from streams.simulate.months import month_of
from streams.simulate.population import HISTORY_MONTHS, Population
from streams.simulate.sodertalje import SODERTALJE
from streams.simulate.town import Town
from streams.simulate.truth import LeaseTruth


class Simulation:
    """`leases` homes of a town over `days` days from `start`; the same seed gives the same events.

    `events` can be read once; `truth` is complete when all events have been read. ValueError for
    fewer than one lease or day.
    """

    def __init__(
        self, leases: int, start: date, days: int, seed: int, town: Town = SODERTALJE
    ) -> None:
        if leases < 1 or days < 1:
            raise ValueError("a simulation needs at least one lease and one day")
        self.start = start
        self.days = days
        self._agenda = Agenda(start, start + timedelta(days=days - 1))
        self._landlords = town.landlords
        self._population = Population(town, leases, self._agenda, seed)
        self._silent = {
            landlord.source: landlord.silent_days(
                start + ONE_DAY, days - 1, Random(f"{seed} silent {landlord.orgnr}")
            )
            for landlord in town.landlords
        }

    def events(self) -> Iterator[Event]:
        """All events in the order in which they are sent."""
        return chain.from_iterable(self.by_day())

    def by_day(self) -> Iterator[list[Event]]:
        """The same, a list for each day."""
        coming = month_of(self.start) + 1  # rent is invoiced in the month before its own
        for month in range(coming - HISTORY_MONTHS, coming):
            self._population.live(month)
        for n in range(self.days):
            day = self.start + timedelta(days=n)
            if n == 0 or day.day == 1:
                self._population.live(month_of(day) + 1)
            yield self._day(day)

    def truth(self) -> Iterator[LeaseTruth]:
        """What became of each lease, in the order of registration."""
        return iter(self._population.truths.values())

    def _day(self, day: date) -> list[Event]:
        sheet = self._agenda.take(day)
        for source, silent in self._silent.items():
            if day in silent:
                self._agenda.put_off(day, sheet, source)
        numbers: dict[str, int] = {}
        events = list(_sent(day, sheet[: Part.OFFICE], numbers))
        if day > self.start:
            events += self._feeds(day)
        events += _sent(day, sheet[Part.OFFICE :], numbers)
        events.append(day_ended(day))
        return events

    def _feeds(self, day: date) -> Iterator[Event]:
        through = day - ONE_DAY
        for landlord in self._landlords:
            if day not in self._silent[landlord.source]:
                fact = FeedCompleted(landlord_id=landlord.orgnr, through_on=through)
                event_id = f"feed.completed:{through}"
                yield make_event(fact, source=landlord.source, event_id=event_id)


def _sent(day: date, parts: Sheet, numbers: dict[str, int]) -> Iterator[Event]:
    """Envelopes around the facts, numbered by source and day."""
    prefix = f"{day}-"
    for part in parts:
        for source, facts in part.items():
            first = numbers.get(source, 1)
            numbers[source] = first + len(facts)
            for number, fact in enumerate(facts, first):
                yield make_event(fact, source=source, event_id=prefix + str(number))
