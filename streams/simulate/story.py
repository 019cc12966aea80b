"""A story: what happens to one tenancy over days or months when its rent is not paid as usual.

A story is written whole when it begins; the agenda sends each note on its day. Deadlines inside
a story come from `models.law.deadlines`, all other days are habits (assumptions).
"""

from datetime import date, timedelta
from random import Random

from msgspec import Struct

from models.contract.events import ENFORCEMENT, MUNICIPALITY
from models.contract.facts import Channel, Payer, RentPaid, RentReminded, TenantContacted
from models.law.weekdays import add_working_days, next_working_day
from streams.simulate.agenda import ONE_DAY, Note, Part
from streams.simulate.figures import DEMAND_FEE, REMINDER_FEE, YOUNG
from streams.simulate.rentcalendar import RentCalendar, RentMonth
from streams.simulate.tenancy import Tenancy


class Story:
    """Notes about one tenancy, and the open rents they are about; days are dates."""

    def __init__(
        self, tenancy: Tenancy, first: RentMonth, calendar: RentCalendar, start: date, rng: Random
    ) -> None:
        self.tenancy = tenancy
        self.first = first
        self.rng = rng
        self.notes: list[Note] = []
        self.until = first.number - 1
        self.evicted_on: date | None = None
        self.left_on: date | None = None
        self.left_why = ""
        self._calendar = calendar
        self._start = start
        self._paid = 0
        self._numbers = 0
        self.begin_rent(first)

    def month(self, ahead: int) -> RentMonth:
        """The rent month `ahead` months after the story's first."""
        return self._calendar.month(self.tenancy.landlord, self.first.number + ahead)

    def begin_rent(self, month: RentMonth) -> None:
        """The story decides how this month is paid. Invoices due before the simulation's first
        day are part of the story; the others are sent with everybody's."""
        new = month.number > self.until
        self.until = max(self.until, month.number)
        if new and month.due_on < self._start:
            self.landlord(month.invoice_on, self.tenancy.invoice(month))

    def landlord(self, day: date, fact: Struct, part: Part = Part.OFFICE) -> None:
        """The landlord reports `fact` on `day`."""
        self.notes.append(Note(day, part, self.tenancy.source, fact))

    def council(self, day: date, fact: Struct) -> None:
        """The municipality reports `fact` on `day`."""
        self.notes.append(Note(day, Part.POST, MUNICIPALITY + self.tenancy.town.code, fact))

    def enforcement(self, day: date, fact: Struct) -> None:
        """Kronofogden, the enforcement authority, reports `fact` on `day`."""
        self.notes.append(Note(day, Part.POST, ENFORCEMENT, fact))

    def number(self, letter: str) -> str:
        """A number of the landlord's own, such as a notice's or a plan's."""
        self._numbers += 1
        return f"{letter}{self.tenancy.number}-{self.first.period}-{self._numbers}"

    def soon(self, day: date, low: int, high: int) -> date:
        """A bank day between `low` and `high` bank days after `day`."""
        return next_working_day(add_working_days(day, self.rng.randint(low, high)))

    def pay(
        self,
        month: RentMonth | None,
        amount: int,
        booked: date,
        payer: Payer | None = None,
    ) -> None:
        """A payment; without a month it names no invoice and pays what is oldest."""
        self._paid += 1
        payment = RentPaid(
            lease_id=self.tenancy.lease_id,
            payment_id=self.tenancy.payment_id(self.first, f"s{self._paid}"),
            amount_ore=amount,
            booked_on=booked,
            ordered_on=self._ordered(booked),
            payer=payer or self.tenancy.household.payer,
            invoice_id=self.tenancy.invoice_id(month) if month else None,
        )
        self.landlord(booked + ONE_DAY, payment, Part.BANK)

    def remind(self, month: RentMonth, until: date) -> None:
        """Reminder and debt-collection demand for a month's rent that stays unpaid to `until`."""
        if month.reminder_on >= until:
            return
        self._reminded(month, month.reminder_on, "reminder", REMINDER_FEE)
        demand_on = self.demand_on(month)
        if demand_on < until:
            self._reminded(month, demand_on, "debt_collection", DEMAND_FEE)

    def demand_on(self, month: RentMonth) -> date:
        """The day of the debt-collection demand; earlier for tenants aged 25 or younger."""
        landlord = self.tenancy.landlord
        youngest = max(self.tenancy.household.birth_years)
        young = month.due_on.year - youngest <= YOUNG
        after = landlord.young_demand_after if young else landlord.demand_after
        return next_working_day(month.due_on + timedelta(days=after))

    def phone(self, on: date, *, inbound: bool, reached: bool, channel: Channel = "phone") -> None:
        """The tenant calls the landlord, or the landlord tries to reach the tenant."""
        contact = TenantContacted(
            lease_id=self.tenancy.lease_id,
            on=on,
            by="landlord",
            direction="inbound" if inbound else "outbound",
            channel=channel,
            reached=reached,
        )
        self.landlord(on, contact)

    def _ordered(self, booked: date) -> date | None:
        if not self.first.tells_order_day:
            return None
        return booked if self.rng.random() < 0.7 else booked - ONE_DAY

    def _reminded(self, month: RentMonth, on: date, kind: str, fee: int) -> None:
        fact = RentReminded(
            lease_id=self.tenancy.lease_id,
            invoice_id=self.tenancy.invoice_id(month),
            sent_on=on,
            kind=kind,  # type: ignore[arg-type]
        )
        if month.tells_reminders:
            self.landlord(on, fact)
        # The fee is charged with the first rent that is not yet invoiced.
        following = month.number + (1 if kind == "reminder" else 2)
        if self._calendar.month(self.tenancy.landlord, following).invoice_on > on:
            fees = self.tenancy.fees
            fees[following] = fees.get(following, 0) + fee
