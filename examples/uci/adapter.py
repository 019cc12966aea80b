"""Dates the encoded behaviour: rent events of one lease a customer, April to September 2005.

What becomes rent, lateness and payment is said in `examples.uci.encoding`. Days: the invoice for a
month comes on the 15th of the month before and is due on the last vardag before the month (JB
12:20). Who is in order pays on the due day. Who is in arrears pays on the first working day of the
month. What is made up, when payments are not capped, comes on the 15th.
Rents unpaid from before April come as open invoices on the first day. A rent that is a month
late gets a reminder on the month's last day, at two months a debt-collection demand.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from examples.uci.encoding import ledgers, opening
from examples.uci.table import Behaviour
from models.contract import facts
from models.contract.events import BOKVAR, LANDLORD, Event, make_event
from models.law.weekdays import last_vardag_before_month, next_working_day

ORGNR = "400000-0002"  # no organisation number begins with 4: nobody's
SOURCE = LANDLORD + ORGNR
MUNICIPALITY = "0000"
FIRST_DAY, LAST_DAY = date(2005, 3, 15), date(2005, 9, 30)
MONTHS = range(4, 10)
_BILLING_DAY = 15
_STARTED_ON = date(2004, 1, 1)
_ONE_DAY = timedelta(days=1)

Days = dict[date, list[facts.Fact]]


def lease_id(number: int) -> str:
    """The lease of the customer with this ID in the file."""
    return f"{ORGNR}:{number:05d}"


def events(behaviour: Behaviour, *, capped: bool = True) -> Iterator[Event]:
    """Every event in the order of its day; each day ends with `feed.completed` and
    `calendar.day`, which have no lease and go to every partition."""
    days = _facts(behaviour, capped)
    day = FIRST_DAY
    while day <= LAST_DAY:
        for number, fact in enumerate(days.get(day, ())):
            yield make_event(fact, source=SOURCE, event_id=f"{day}/{number}")
        feed = facts.FeedCompleted(landlord_id=ORGNR, through_on=day)
        yield make_event(feed, source=SOURCE, event_id=f"feed/{day}")
        yield make_event(facts.CalendarDay(day=day), source=BOKVAR, event_id=f"day/{day}")
        day += _ONE_DAY


def _facts(behaviour: Behaviour, capped: bool) -> Days:
    all_ = ledgers(behaviour, capped=capped)
    days: Days = defaultdict(list)
    rows = zip(
        behaviour.number.tolist(), all_.rent.tolist(), all_.late.tolist(), all_.paid.tolist(),
        all_.made_up.tolist(), opening(all_.late).tolist(), strict=True,
    )  # fmt: skip
    for number, rent, late, paid, made_up, unpaid in rows:
        _lease(days, lease_id(number), rent, late, list(zip(paid, made_up, strict=True)), unpaid)
    return days


def _lease(
    days: Days, lease: str, rent: int, late: list[int], paid: list[tuple[int, int]], unpaid: int
) -> None:
    """Add one lease's facts to their days; `paid` with the part of it that is made up; `unpaid`
    rents are older than April."""
    days[FIRST_DAY].append(_registered(lease, rent))
    for month in range(MONTHS[0] - unpaid, MONTHS[0]):
        days[FIRST_DAY].append(_invoice(lease, month, rent))
    in_arrears = unpaid > 0
    for month, months_late, (amount, made_up) in zip(MONTHS, late, paid, strict=True):
        days[date(2005, month - 1, _BILLING_DAY)].append(_invoice(lease, month, rent))
        on = next_working_day(date(2005, month, 1)) if in_arrears else _due_on(month)
        _pay(days, lease, f"{month}", amount - made_up, on)
        _pay(days, lease, f"{month} rest", made_up, date(2005, month, _BILLING_DAY))
        _remind(days, lease, month, months_late)
        in_arrears = months_late > 0


def _pay(days: Days, lease: str, name: str, ore: int, on: date) -> None:
    if ore:
        key = f"{lease}/{name}"
        days[on].append(
            facts.RentPaid(lease_id=lease, payment_id=key, amount_ore=ore, booked_on=on)
        )


def _remind(days: Days, lease: str, month: int, months_late: int) -> None:
    sent_on = date(2005, month, monthrange(2005, month)[1])
    for age in range(1, min(months_late, 2) + 1):
        reminded = facts.RentReminded(
            lease_id=lease, invoice_id=_invoice_id(lease, month + 1 - age), sent_on=sent_on,
            kind="reminder" if age == 1 else "debt_collection",
        )  # fmt: skip
        days[sent_on].append(reminded)


def _registered(lease: str, rent: int) -> facts.LeaseRegistered:
    return facts.LeaseRegistered(
        lease_id=lease, landlord_id=ORGNR, municipality=MUNICIPALITY, district="UCI",
        rent_ore=rent, rooms=0, kind="first_hand", started_on=_STARTED_ON,
        tenants=[facts.Tenant(tenant_ref="1")], protected_identity=False,
    )  # fmt: skip


def _invoice(lease: str, month: int, rent: int) -> facts.RentInvoiced:
    return facts.RentInvoiced(
        lease_id=lease, invoice_id=_invoice_id(lease, month), period=_period(month),
        due_on=_due_on(month), amount_ore=rent,
    )  # fmt: skip


def _invoice_id(lease: str, month: int) -> str:
    return f"{lease}/{_period(month)}"


def _due_on(month: int) -> date:
    year, month = _year_and_month(month)
    return last_vardag_before_month(year, month)


def _period(month: int) -> str:
    year, month = _year_and_month(month)
    return f"{year}-{month:02d}"


def _year_and_month(month: int) -> tuple[int, int]:
    """Months of 2005; 0 is December 2004, -1 November 2004."""
    return 2005 + (month - 1) // 12, (month - 1) % 12 + 1
