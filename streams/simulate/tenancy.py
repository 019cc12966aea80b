"""One tenancy: what it is charged each month, and what its landlord says when it begins."""

from dataclasses import dataclass, field
from datetime import date

import msgspec

from models.contract.facts import (
    HouseholdUpdated,
    InvoiceCorrected,
    InvoiceLine,
    LeaseRegistered,
    RentInvoiced,
    Tenant,
)
from models.contract.giro import check_digit
from streams.simulate.household import SimulatedHousehold
from streams.simulate.landlords import Landlord
from streams.simulate.months import first_day, of_year
from streams.simulate.rentcalendar import RentMonth
from streams.simulate.town import Town

_WINTER = frozenset({11, 12, 1, 2, 3})  # months of high metered use
NEVER = 1_000_000  # a month that does not come


@dataclass(slots=True)
class Tenancy:
    """A tenancy as the simulation follows it; months are running numbers, money is öre.

    `busy_until` is the last month whose rent some story pays (or not), `last_rent` and `let_again`
    are known once the tenancy is to end, `advance_ore` is what the landlord owes back, and `fees`
    are charged with the rent of their month.
    """

    town: Town
    number: str
    lease_id: str
    landlord: Landlord
    source: str
    district: str
    household: SimulatedHousehold
    since: int
    started_on: date
    protected: bool = False
    busy_until: int = 0
    last_rent: int = NEVER
    let_again: int = NEVER
    advance_ore: int = 0
    fees: dict[int, int] = field(default_factory=dict)

    def rent(self, month: int) -> int:
        """The rent of a month, yearly raises included."""
        return self.landlord.rent(self.household.rent_ore, month, self.since)

    def lines(self, month: int) -> list[InvoiceLine]:
        """The lines of a month's invoice: rent first, then what is no rent."""
        home = self.household
        lines = [InvoiceLine("rent", self.rent(month))]
        if home.parking_ore:
            lines.append(InvoiceLine("parking", home.parking_ore))
        if home.metered_ore:
            season = 13 if of_year(month) in _WINTER else 8
            lines.append(InvoiceLine("metered", home.metered_ore * season // 10))
        if month in self.fees:
            lines.append(InvoiceLine("fee", self.fees[month]))
        return lines

    def total(self, month: int) -> int:
        """The sum of a month's invoice."""
        return sum(line.amount_ore for line in self.lines(month))

    def part(self, month: int) -> int:
        """What it pays first of a month's invoice when money is short, in whole kronor; 0 of who
        pays all or nothing."""
        return round(self.total(month) * self.household.part / 100) * 100

    def invoice_id(self, rent_month: RentMonth) -> str:
        """The landlord's number of a month's invoice."""
        return f"F{self.number}-{rent_month.period}"

    def named_invoice(self, rent_month: RentMonth) -> str | None:
        """The invoice a payment names, where the landlord's system keeps that link."""
        return self.invoice_id(rent_month) if rent_month.names_invoice else None

    def payment_id(self, rent_month: RentMonth, which: str = "a") -> str:
        """A payment's number; `which` tells a month's payments apart."""
        return f"B{self.number}-{rent_month.period}-{which}"

    def invoice(
        self, rent_month: RentMonth, lines: list[InvoiceLine] | None = None
    ) -> RentInvoiced:
        """The invoice of a month; a landlord that keeps no link sends a bare rent as a sum."""
        lines = lines or self.lines(rent_month.number)
        bare = len(lines) == 1 and not self.landlord.names_invoice
        return RentInvoiced(
            lease_id=self.lease_id,
            invoice_id=self.invoice_id(rent_month),
            period=rent_month.period,
            due_on=rent_month.due_on,
            lines=None if bare else lines,
            amount_ore=lines[0].amount_ore if bare else None,
        )

    def corrected(self, rent_month: RentMonth, less: int, on: date) -> InvoiceCorrected:
        """The invoice of a month as it should have been, with `less` öre of rent."""
        lines = self.lines(rent_month.number)
        lines[0] = InvoiceLine("rent", lines[0].amount_ore - less)
        invoice = self.invoice(rent_month, lines)
        return InvoiceCorrected(**msgspec.structs.asdict(invoice), corrected_on=on)

    def tenants(self) -> list[Tenant]:
        """The tenants by the landlord's reference and birth year."""
        years = self.household.birth_years
        return [Tenant(f"{self.number}-{n + 1}", year) for n, year in enumerate(years)]

    def registered(self) -> LeaseRegistered:
        """The lease as the landlord first reports it: no word about children."""
        home = self.household
        laddered = home.kind in ("municipal", "trial")
        return LeaseRegistered(
            lease_id=self.lease_id,
            landlord_id=self.landlord.orgnr,
            municipality=self.town.code,
            district=self.district,
            rent_ore=home.rent_ore,
            rooms=home.rooms,
            kind=home.kind,
            started_on=self.started_on,
            tenants=self.tenants(),
            protected_identity=self.protected,
            review_on=self._review_on() if laddered else None,
            ocr=ocr(self.number),
        )

    def household_known(self) -> HouseholdUpdated | None:
        """Who lives there as the municipality knows it; None when it has said nothing."""
        home = self.household
        if home.known is None:
            return None
        return HouseholdUpdated(
            lease_id=self.lease_id,
            known=home.known,
            children=home.children if home.known == "yes" else [],
            sublet_children=home.sublet_children,
        )

    def _review_on(self) -> date:
        # Contracts on trial are reviewed after a year at the earliest (2014 report).
        years = 1 + max(0, first_day(self.since).year - self.started_on.year)
        return self.started_on.replace(day=1, year=self.started_on.year + years)


def ocr(number: str) -> str:
    """A payment reference: the digits of `number` and their Luhn check digit."""
    digits = "".join(c for c in number if c.isdigit())
    return f"{digits}{check_digit(digits)}"
