"""The homes, who lives in them, and what each month brings: usual rent, a story, or a move."""

from datetime import date
from random import Random
from typing import NamedTuple

import numpy as np

from models.contract.events import MUNICIPALITY
from models.contract.facts import LeaseChanged, LeaseEnded
from models.law.weekdays import add_working_days
from streams.simulate import crisis, decline, figures, happenings, late
from streams.simulate.agenda import ONE_DAY, Agenda, Part
from streams.simulate.economy import LATER, MISSED, STEADY, Economy
from streams.simulate.letting import Letting
from streams.simulate.months import first_day, month_of, of_year
from streams.simulate.ordinary import pay_as_usual
from streams.simulate.paying import always_late
from streams.simulate.rentcalendar import RentCalendar, RentMonth
from streams.simulate.story import Story
from streams.simulate.tenancy import Tenancy
from streams.simulate.town import Town
from streams.simulate.truth import Episode, LeaseTruth

HISTORY_MONTHS = 10  # longer than from a first missed rent to an eviction
_OTHER = (
    figures.MOVES
    + figures.DISTURBS
    + figures.DISPUTES
    + figures.HIDES_IDENTITY
    + figures.HOUSEHOLD_CHANGES
)


class Lot(NamedTuple):
    """What a month holds for one home: its hidden state and for how many months, the chance that
    money runs short, and three numbers in [0, 1) that choose."""

    stage: int
    months: int
    runs_short: float
    what: float
    u: float
    v: float


class Population:
    """`homes` rented homes, written into `agenda` rent month by rent month.

    The months before the first day are lived through too, so that arrears and cases are under way
    when it begins; of these only what is still open is sent.
    """

    def __init__(self, town: Town, homes: int, agenda: Agenda, seed: int) -> None:
        self.truths: dict[str, LeaseTruth] = {}
        self._town = town
        self._agenda = agenda
        self._seed = seed
        self._start = agenda.start
        self._calendar = RentCalendar(self._start)
        self._letting = Letting(town, seed, self._start, month_of(self._start) - HISTORY_MONTHS)
        self._homes = [self._letting.first(home) for home in range(homes)]
        self._economy = Economy(town, [tenancy.household for tenancy in self._homes])
        for tenancy in self._homes:
            self._register(tenancy, self._start)

    def live(self, month: int) -> None:
        """Write the rent month `month` (a running number) of every home."""
        draws = np.random.default_rng([self._seed, month]).random((len(self._homes), 4))
        economy = self._economy
        economy.pass_month(month, draws[:, 3])
        short = self._town.runs_short * self._town.factor(month) * economy.strain
        homes = np.arange(len(self._homes))
        if month <= month_of(self._start):  # before the first day only arrears leave a trace
            arrears = draws[:, 0] < self._town.forgets + short
            homes = np.flatnonzero(arrears | (economy.stage != STEADY) | (economy.late_by > 0))
        state = (economy.stage[homes], economy.months[homes], short[homes], *draws[homes, :3].T)
        rent_months = {one.orgnr: self._calendar.month(one, month) for one in self._town.landlords}
        drawn = zip(*(column.tolist() for column in state), strict=True)
        for home, lot in zip(homes.tolist(), drawn, strict=True):
            tenancy = self._homes[home]
            rent_month = rent_months[tenancy.landlord.orgnr]
            if month >= tenancy.let_again:
                tenancy, lot = self._let(home, tenancy, rent_month), (STEADY, 0, *lot[2:])
            if month <= tenancy.last_rent:
                self._live_month(tenancy, rent_month, Lot(*lot))

    def _let(self, home: int, last: Tenancy, month: RentMonth) -> Tenancy:
        """The home is let again; a household's state does not pass to the next."""
        tenancy = self._homes[home] = self._letting.next(home, last, month.number)
        self._economy.move_in(home, tenancy.household)
        self._register(tenancy, month.invoice_on)
        return tenancy

    def _live_month(self, tenancy: Tenancy, month: RentMonth, lot: Lot) -> None:
        history = month.due_on < self._start
        charged = 0 if history else self._charge(tenancy, month)
        if month.number <= tenancy.busy_until:
            return
        arrears = self._town.forgets + lot.runs_short
        if lot.stage and not tenancy.advance_ore:
            self._strained(tenancy, month, lot)
        elif lot.what < arrears and not tenancy.advance_ore:
            self._late(tenancy, month, short=lot.what < lot.runs_short)
        elif not history:
            if lot.what < arrears + _OTHER:
                self._happening(tenancy, month, lot.what - arrears)
            if month.number > tenancy.busy_until:
                self._pay(tenancy, month, charged, lot)
        elif tenancy.household.late_by:
            self._pay(tenancy, month, charged, lot)

    def _charge(self, tenancy: Tenancy, month: RentMonth) -> int:
        """Send the invoice, and before it the yearly raise; the sum charged, in öre."""
        number = month.number
        if of_year(number) == tenancy.landlord.raise_month and number > tenancy.since:
            changed = LeaseChanged(
                lease_id=tenancy.lease_id, effective_on=month.first, rent_ore=tenancy.rent(number)
            )
            self._agenda.add(month.invoice_on, Part.OFFICE, tenancy.source, changed)
        lines = tenancy.lines(number)
        invoice = tenancy.invoice(month, lines)
        self._agenda.add(month.invoice_on, Part.OFFICE, tenancy.source, invoice)
        return sum([line.amount_ore for line in lines])

    def _pay(self, tenancy: Tenancy, month: RentMonth, charged: int, lot: Lot) -> None:
        """Pay as this household does. Who is always late has the reminder first, or is before the
        first day: then it is a story, which is sent only if it is not over."""
        if tenancy.household.late_by and not tenancy.advance_ore:
            paid = always_late(tenancy, month, lot.v)
            if paid > month.reminder_on or not charged:
                story = self._story(tenancy, month)
                late.as_always(story, paid)
                self._tell(story)
                return
        pay_as_usual(self._agenda, tenancy, month, charged, lot.u, lot.v)

    def _strained(self, tenancy: Tenancy, month: RentMonth, lot: Lot) -> None:
        """A month of a decline, or the first of a crisis."""
        story = self._story(tenancy, month)
        if lot.stage >= MISSED:
            cause, ending = crisis.draw(story.rng)
            debt = crisis.write(story, cause, ending)
            self._tell(story, Episode(cause, month.due_on, ending, debt, story.evicted_on))
            return
        if lot.stage == LATER:
            decline.later(story, lot.months)
        else:
            decline.in_parts(story)
        self._tell(story, Episode("declining", month.due_on, "paid_early"))

    def _late(self, tenancy: Tenancy, month: RentMonth, *, short: bool) -> None:
        story = self._story(tenancy, month)
        if short:
            late.run_short(story)
            self._tell(story, Episode("short_of_money", month.due_on, "paid_early"))
        else:
            late.forget(story)
            self._tell(story, Episode("forgot", month.due_on, "paid_early"))

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
            self._agenda.add(moved_in, Part.POST, MUNICIPALITY + self._town.code, known)
