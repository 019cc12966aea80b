"""Short ways to make events for tests: a lease of an invented landlord, its rents and payments."""

from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from models.contract import events, facts
from models.contract.events import BOKVAR, ENFORCEMENT, LANDLORD, Event, make_event
from models.contract.who_may_say import Standing, standing

ORGNR = "559990-0013"
LEASE = f"{ORGNR}:1"
MUNICIPALITY = "0181"
MUNICIPAL = events.MUNICIPALITY + MUNICIPALITY
RENT_ORE = 800_000


def lease_id(number: int) -> str:
    """The id of a lease of the invented landlord."""
    return f"{ORGNR}:{number}"


def event(fact: Any, event_id: str, source: str = LANDLORD + ORGNR) -> Event:
    """The landlord's event that reports `fact`, unless another source is given."""
    return make_event(fact, source=source, event_id=event_id)


def registered(lease: str = LEASE, **changes: Any) -> Event:
    """The lease is registered, since 2020."""
    given: dict[str, Any] = {
        "landlord_id": ORGNR,
        "municipality": MUNICIPALITY,
        "district": "Ronna",
        "rent_ore": RENT_ORE,
        "rooms": 3,
        "kind": "first_hand",
        "started_on": date(2020, 1, 1),
        "tenants": [facts.Tenant("1", 1980)],
        "protected_identity": False,
        **changes,
    }
    return event(facts.LeaseRegistered(lease_id=lease, **given), f"registered {lease}")


def invoiced(period: str, lease: str = LEASE, ore: int = RENT_ORE) -> Event:
    """The rent of a month, due on the last day before it."""
    due_on = date.fromisoformat(f"{period}-01") - timedelta(days=1)
    fact = facts.RentInvoiced(
        lease_id=lease, invoice_id=f"I{period}", period=period, due_on=due_on, amount_ore=ore
    )
    return event(fact, f"invoiced {lease} {period}")


def paid(on: str, lease: str = LEASE, ore: int = RENT_ORE, payment_id: str | None = None) -> Event:
    """A payment booked on a day."""
    key = payment_id or f"P{on}"
    fact = facts.RentPaid(
        lease_id=lease, payment_id=key, amount_ore=ore, booked_on=date.fromisoformat(on)
    )
    return event(fact, f"paid {lease} {key}")


def day(on: str) -> Event:
    """A day that has ended."""
    fact = facts.CalendarDay(day=date.fromisoformat(on))
    return event(fact, f"calendar.day:{on}", BOKVAR)


def days(first: str, last: str) -> list[Event]:
    """Every day from `first` through `last` has ended."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [day(str(start + timedelta(days=n))) for n in range((end - start).days + 1)]


def say(
    kind: type[Struct], /, source: str | None = None, event_id: str | None = None, **data: Any
) -> Event:
    """Any event of the invented lease: data as the contract writes it, dates as text; by default
    from a source that may say it, and with the same id whenever it says the same."""
    if issubclass(kind, facts.Fact):
        data = {"lease_id": LEASE, **data}
    fact = msgspec.convert(data, kind)
    name = event_id or f"{kind.__name__} {sorted(data.items())}"[:200]
    return event(fact, name, source or next(s for s in SOURCES if _may(s, fact)))


def _may(source: str, fact: Struct) -> bool:
    return standing(source, fact) is Standing.ALLOWED


SOURCES = (LANDLORD + ORGNR, MUNICIPAL, ENFORCEMENT, BOKVAR)
