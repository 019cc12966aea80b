"""The rents a crisis leaves unpaid, and what is paid of them later."""

from datetime import date

from streams.simulate import figures
from streams.simulate.household import pick
from streams.simulate.rentcalendar import RentMonth
from streams.simulate.story import Story


class Missed:
    """The rents a crisis leaves unpaid; sums in öre."""

    def __init__(self, story: Story) -> None:
        count = pick(story.rng, figures.MISSED)
        self.months = [story.month(ahead) for ahead in range(count)]
        self._story = story
        self._paid = 0
        if part := story.tenancy.part(story.first.number):
            self.pay(part, story.soon(story.first.due_on, 0, 6), story.first)

    def owed(self, day: date) -> int:
        """What is unpaid of the rents due before `day`."""
        total = self._story.tenancy.total
        return sum(total(m.number) for m in self.months if m.due_on < day) - self._paid

    def stop(self, day: date) -> None:
        """From `day` on no more rents are missed."""
        self.months = [month for month in self.months if month.due_on < day]

    def pay(self, amount: int, on: date, month: RentMonth | None = None) -> None:
        """Pay part of it, of a named month or of the oldest."""
        self._paid += amount
        self._story.pay(month, amount, on)

    def settle(self, on: date) -> None:
        """Somebody pays all of it."""
        self._story.pay(None, self.owed(on), on, pick(self._story.rng, figures.PAYERS))
        self._paid += self.owed(on)
