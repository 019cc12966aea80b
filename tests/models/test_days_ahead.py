"""How far ahead the days of a fact may lie: every day of the contract has its bound, and each holds
at its edge."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from msgspec import Struct, inspect

from models.contract import facts
from models.contract.days_ahead import DAYS, HAPPENED, NOT_REFUSED, ahead
from models.contract.events import EVENT_TYPES
from models.contract.refusal import Refusal
from tests.builders import say

NEWEST = date(2026, 3, 10)
PERIOD = "month, 2026-12"


def paths(info: Any, path: str = "", about: str = "") -> Iterator[str]:
    """Every day or month that a type can name, by its path."""
    match info:
        case inspect.Metadata():
            yield from paths(info.type, path, (info.extra_json_schema or {}).get("description", ""))
        case inspect.UnionType():
            for kind in info.types:
                yield from paths(kind, path)
        case inspect.ListType():
            yield from paths(info.item_type, f"{path}[]")
        case inspect.StructType():
            for field in info.fields:
                yield from paths(field.type, f"{path}.{field.name}".lstrip("."))
        case inspect.DateType():
            yield path
        case inspect.StrType() if about == PERIOD:
            yield path


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=lambda kind: kind.__name__)
def test_every_day_of_every_fact_has_its_bound_and_no_other_has(kind: type[Struct]) -> None:
    found = set(paths(inspect.type_info(kind)))
    assert found == {*DAYS.get(kind, {}), *NOT_REFUSED.get(kind, ())}


PLAIN = [
    (kind, name, most)
    for kind, names in DAYS.items()
    for name, most in names.items()
    if name not in ("due_on", "period", "instalments[].due_on")
]


def fact_with(kind: type[Struct], name: str, day: date) -> Struct:
    """A fact of the kind whose day `name` is `day` and whose other days have passed."""
    given: dict[str, Any] = {"amount_ore": 1}
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        if field.required:
            given[field.name] = _any(field.type)
    return msgspec.convert({**given, name: day}, kind)


def _any(info: Any) -> Any:
    match info:
        case inspect.Metadata():
            described = (info.extra_json_schema or {}).get("description", "")
            return _FORMS.get(described) or _any(info.type)
        case inspect.DateType():
            return NEWEST
        case inspect.StrType():
            return "0181" if info.pattern else "xxx"
        case inspect.LiteralType():
            return info.values[0]
        case inspect.IntType():
            return 1
        case inspect.BoolType():
            return False
    return []


_FORMS = {
    "organisation number": "559990-0013",
    "SCB municipality code": "0181",
    "month, 2026-12": f"{NEWEST:%Y-%m}",
}


@pytest.mark.parametrize(("kind", "name", "most"), PLAIN)
def test_a_day_is_taken_up_to_its_bound_and_refused_by_its_name_the_day_after(
    kind: type[Struct], name: str, most: timedelta
) -> None:
    last = NEWEST + most
    assert ahead(fact_with(kind, name, last), NEWEST) is None
    refusal = ahead(fact_with(kind, name, last + timedelta(days=1)), NEWEST)
    assert refusal is not None
    assert refusal.code == ("dated_ahead" if most == HAPPENED else "too_far_ahead")
    assert refusal.field == f"data.{name}"
    assert refusal.expected is not None
    assert refusal.expected.args == {"last": str(last)}


def invoice(period: str, due_on: str) -> Refusal | None:
    given = say(
        facts.RentInvoiced, invoice_id="I", period=period, due_on=due_on, amount_ore=780_000
    )
    return ahead(given.data, NEWEST)


@pytest.mark.parametrize(
    ("period", "due_on"),
    [
        ("2026-04", "2026-03-31"),
        ("2027-12", "2027-11-30"),  # all rents of two years at once
        ("2024-11", "2026-05-31"),  # rent raised afterwards, asked for now
        ("2026-03", "2026-09-17"),  # half a year's rent at its end
        ("2026-12", "2026-01-02"),  # a year's rent in advance, named by its last month
        ("2020-01", "2019-12-31"),  # history
    ],
)
def test_a_rent_is_asked_for_in_advance_afterwards_or_for_many_months(
    period: str, due_on: str
) -> None:
    assert invoice(period, due_on) is None


@pytest.mark.parametrize(
    ("period", "due_on", "field"),
    [
        ("2026-03", "2062-02-27", "data.due_on"),
        ("2026-03", "2027-02-27", "data.due_on"),  # a slip of one year
        ("2026-04", "2027-03-31", "data.due_on"),
        ("2027-03", "2026-02-27", "data.period"),
        ("2027-04", "2026-03-31", "data.period"),
        ("2062-03", "2062-02-27", "data.period"),
    ],
)
def test_a_slip_in_the_year_of_a_rents_month_or_due_day_is_named(
    period: str, due_on: str, field: str
) -> None:
    refusal = invoice(period, due_on)
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("too_far_ahead", field)


def test_the_instalment_at_fault_is_named_by_its_place() -> None:
    parts = [{"due_on": day, "amount_ore": 1} for day in ("2026-04-01", "2062-04-01")]
    refusal = ahead(say(facts.PlanAgreed, plan_id="A", instalments=parts).data, NEWEST)
    assert refusal is not None
    assert refusal.field == "data.instalments[1].due_on"
