"""The homes, who lives in them, and what each month brings: usual rent, a story, or a move."""

from datetime import date
from random import Random

import numpy as np

from models.contract.facts import LeaseChanged, LeaseEnded
from models.law.weekdays import add_working_days
from streams.simulate import crisis, happenings, late
from streams.simulate import municipality as figures
from streams.simulate.agenda import ONE_DAY, Agenda, Part
from streams.simulate.household import MOST_STRAIN
from streams.simulate.landlords import LANDLORDS
from streams.simulate.letting import Letting
from streams.simulate.months import first_day, month_of
from streams.simulate.ordinary import pay_as_usual, some_days_late
from streams.simulate.rentcalendar import RentCalendar, RentMonth
from streams.simulate.story import COUNCIL, Story
from streams.simulate.tenancy import Tenancy
from streams.simulate.truth import Episode, LeaseTruth

HISTORY_MONTHS = 10  # longer than from a first missed rent to an eviction
_ARREARS = figures.CRISIS + figures.FORGETS + figures.RUNS_SHORT
_OTHER = (
    figures.MOVES
    + figures.DISTURBS
    + figures.DISPUTES
    + figures.HIDES_IDENTITY
    + figures.HOUSEHOLD_CHANGES
)


class Population:
    """`homes` rented homes, written into `agenda` rent month by rent month.

    The months before the first day are lived through too, so that arrears and cases are under way
    when it begins; of these only what is still open is sent.
    """

    def __init__(self, homes: int, agenda: Agenda, seed: int) -> None:
        self.truths: dict[str, LeaseTruth] = {}
        self._agenda = agenda
        self._seed = seed
        self._calendar = RentCalendar()
        self._start = agenda.start
        self._letting = Letting(seed, self._start, month_of(self._start) - HISTORY_MONTHS)
        self._homes = [self._letting.first(home) for home in range(homes)]
        for tenancy in self._homes:
            self._register(tenancy, self._start)

    def live(self, month: int) -> None:
        """Write the rent month `month` (a running number) of every home."""
        draws = np.random.default_rng([self._seed, month]).random((len(self._homes), 3))
        lived = list(range(len(self._homes)))
        if month <= month_of(self._start):  # before the first day only arrears leave a trace
            lived = np.flatnonzero(draws[:, 0] < _ARREARS * MOST_STRAIN).tolist()
        rent_months = {one.orgnr: self._calendar.month(one, month) for one in LANDLORDS}
        for home, (what, u, v) in zip(lived, draws[lived].tolist(), strict=True):
            tenancy = self._homes[home]
            rent_month = rent_months[tenancy.landlord.orgnr]
            if month >= tenancy.let_again:
                tenancy = self._homes[home] = self._letting.next(home, tenancy, month)
                self._register(tenancy, rent_month.invoice_on)
            if month <= tenancy.last_rent:
                self._live_month(tenancy, rent_month, what, u, v)

    def _live_month(
        self, tenancy: Tenancy, month: RentMonth, what: float, u: float, v: float
    ) -> None:
        history = month.due_on < self._start
        charged = 0 if history else self._charge(tenancy, month)
        if month.number <= tenancy.busy_until:
            return
        if tenancy.crisis_in == month.number:
            self._crisis(tenancy, month)
            return
        strained = _ARREARS * tenancy.household.strain
        if what < strained and not tenancy.advance_ore:
            self._arrears(tenancy, month, what / tenancy.household.strain, v)
        elif not history:
            if strained <= what < strained + _OTHER:
                self._happening(tenancy, month, what - strained)
            if month.number > tenancy.busy_until:
                pay_as_usual(self._agenda, tenancy, month, charged, u, v)

    def _charge(self, tenancy: Tenancy, month: RentMonth) -> int:
        """Send the invoice, and before it the yearly raise; the sum charged, in öre."""
        number = month.number
        if number % 12 + 1 == tenancy.landlord.raise_month and number > tenancy.since:
            changed = LeaseChanged(
                lease_id=tenancy.lease_id, effective_on=month.first, rent_ore=tenancy.rent(number)
            )
            self._agenda.add(month.invoice_on, Part.OFFICE, tenancy.source, changed)
        lines = tenancy.lines(number)
        invoice = tenancy.invoice(month, lines)
        self._agenda.add(month.invoice_on, Part.OFFICE, tenancy.source, invoice)
        return sum([line.amount_ore for line in lines])

    def _arrears(self, tenancy: Tenancy, month: RentMonth, what: float, v: float) -> None:
        if what < figures.CRISIS:
            if v < 0.5 and month.due_on >= self._start:
                # Half of the crises announce themselves: a rent some days late comes first (ours).
                tenancy.crisis_in = month.number + 1
                story = self._story(tenancy, month)
                story.pay(month, tenancy.total(month.number), some_days_late(month, v))
                self._tell(story)
                return
            self._crisis(tenancy, month)
            return
        story = self._story(tenancy, month)
        if what < figures.CRISIS + figures.FORGETS:
            late.forget(story)
            self._tell(story, Episode("forgot", month.due_on, "paid_early"))
        else:
            late.run_short(story)
            self._tell(story, Episode("short_of_money", month.due_on, "paid_early"))

    def _crisis(self, tenancy: Tenancy, month: RentMonth) -> None:
        story = self._story(tenancy, month)
        cause, ending = crisis.draw(story.rng)
        debt = crisis.write(story, cause, ending)
        episode = Episode(cause, month.due_on, ending, debt, story.evicted_on)
        self._tell(story, episode)

    def _happening(self, tenancy: Tenancy, month: RentMonth, what: float) -> None:
        if what < figures.MOVES:
            self._move(tenancy, month)
            return
        story = self._story(tenancy, month)
        what -= figures.MOVES
        if what < figures.DISTURBS:
            if happenings.disturb(story):
                episode = Episode("disturbance", month.due_on, "evicted", 0, story.evicted_on)
                self._tell(story, episode)
                return
        elif (what := what - figures.DISTURBS) < figures.DISPUTES:
            late.dispute(story)
            self._tell(story, Episode("dispute", month.due_on, "deposited"))
            return
        elif what - figures.DISPUTES < figures.HIDES_IDENTITY:
            happenings.hide_identity(story)
        else:
            happenings.change_household(story, story.rng)
        self._agenda.tell(story.notes)  # the rent itself is paid as usual

    def _story(self, tenancy: Tenancy, month: RentMonth) -> Story:
        figures = tenancy.lease_id.replace("-", "", 1)  # of which the lives have always been drawn
        rng = Random(f"{self._seed} {figures} {month.period}")
        return Story(tenancy, month, self._calendar, self._start, rng)

    def _tell(self, story: Story, episode: Episode | None = None) -> None:
        """Send the story, unless all of it was over before the first day: then nobody knows."""
        tenancy = story.tenancy
        tenancy.busy_until = story.until
        if not self._agenda.tell(story.notes):
            return
        if story.left_on is not None:
            tenancy.last_rent, tenancy.let_again = story.until, story.until + 2
        if episode is not None:
            self.truths[tenancy.lease_id].add(episode)

    def _move(self, tenancy: Tenancy, month: RentMonth) -> None:
        """The tenant moves at the end of this month, after a last rent."""
        tenancy.last_rent, tenancy.let_again = month.number, month.number + 1
        on = first_day(month.number + 1) - ONE_DAY
        reason = "notice_by_tenant" if on.day % 2 else "moved"
        ended = LeaseEnded(lease_id=tenancy.lease_id, ended_on=on, reason=reason)  # type: ignore[arg-type]
        self._agenda.add(on, Part.OFFICE, tenancy.source, ended)

    def _register(self, tenancy: Tenancy, on: date) -> None:
        self.truths[tenancy.lease_id] = LeaseTruth(tenancy.lease_id)
        self._agenda.add(on, Part.REGISTER, tenancy.source, tenancy.registered())
        if (known := tenancy.household_known()) is not None:
            moved_in = on if on == self._start else add_working_days(tenancy.started_on, 5)
            self._agenda.add(moved_in, Part.POST, COUNCIL, known)
