"""Lives of a lease for tests of the risk model: rents of real size, a few habits, signals."""

from datetime import date, timedelta

import msgspec
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from tests.builders import LEASE, registered, say
from tests.models.histories import histories, told

START = date(2022, 12, 1)
END = date(2026, 3, 31)
_SCALE = 100_000  # öre: the histories' small sums, as rents
Told = list[tuple[date, Event]]


def lives() -> st.SearchStrategy[Told]:
    """Money and signals over three years, each event with the day on which it was told."""
    return st.builds(_life, histories(), st.lists(_signals(), max_size=8))


def _life(money: list[facts.Fact], signals: list[Event]) -> Told:
    scaled = [_scaled(fact) for fact in money]
    found = [(_told_on(e), e) for e in [*told(scaled), *signals]]
    return [(START, registered(started_on=START)), *sorted(found, key=lambda one: one[0])]


def _scaled(fact: facts.Fact) -> facts.Fact:
    lines = getattr(fact, "lines", None)
    if lines:
        grown = [facts.InvoiceLine(line.kind, line.amount_ore * _SCALE) for line in lines]
        return msgspec.structs.replace(fact, lines=grown)
    ore = getattr(fact, "amount_ore", None)
    return fact if ore is None else msgspec.structs.replace(fact, amount_ore=ore * _SCALE)


def _told_on(event: Event) -> date:
    """An invoice three weeks before its month, a plan a week before it begins, others as dated."""
    match event.data:
        case facts.InvoiceCorrected():
            return event.data.corrected_on
        case facts.RentInvoiced():
            return date.fromisoformat(f"{event.data.period}-01") - timedelta(days=20)
        case facts.PlanAgreed():
            return event.data.instalments[0].due_on - timedelta(days=7)
    days = [getattr(event.data, name, None) for name in ("booked_on", "sent_on", "on")]
    return min(day for day in days if isinstance(day, date))


def _signals() -> st.SearchStrategy[Event]:
    days = st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(str)
    return st.one_of(
        days.map(lambda on: say(facts.PaymentFailed, on=on, method="autogiro")),
        days.map(
            lambda on: say(facts.RentReminded, invoice_id="I2023-05", sent_on=on, kind="reminder")
        ),
        days.map(
            lambda on: say(
                facts.RentReminded, invoice_id="I2023-05", sent_on=on, kind="debt_collection"
            )
        ),
        days.map(_contact),
        days.map(_plan),
        days.map(lambda on: say(facts.PlanEnded, plan_id=f"P{on}", reason="broken", on=on)),
    )


def _contact(on: str) -> Event:
    return say(
        facts.TenantContacted, on=on, by="landlord", direction="outbound", channel="phone",
        reached=True,
    )  # fmt: skip


def _plan(on: str) -> Event:
    parts = [{"due_on": on, "amount_ore": 2 * _SCALE}]
    return say(facts.PlanAgreed, plan_id=f"P{on}", instalments=parts)


__all__ = ["END", "LEASE", "START", "Told", "lives"]
