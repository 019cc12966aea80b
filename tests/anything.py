"""Hypothesis strategies for any fact the contract allows, built from its types: few ids, so that
facts meet, and now and then the most extreme value allowed, or one that only looks allowed."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct, inspect

from models.contract import facts
from models.contract.events import BOKVAR, EVENT_TYPES, LANDLORD, Event, make_event
from models.contract.who_may_say import Standing, standing
from models.law.statute import FIRST_DAY, LAST_DAY
from streams.kafka.decode import decode
from tests.builders import ORGNR, SOURCES, lease_id

Values = st.SearchStrategy[Any]

LEASES = [lease_id(n) for n in range(3)]
_YEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
DATES = st.one_of(_YEAR, _YEAR, _YEAR, st.sampled_from([FIRST_DAY, LAST_DAY, date.min, date.max]))
_KEYS = st.sampled_from(["A", "B", "C"])
_TEXT = st.one_of(_KEYS, st.text(min_size=1, max_size=5), st.just("\0'\"\\å\U0001f600" * 25))
_PERIODS = st.one_of(
    st.builds("2026-{:02}".format, st.integers(1, 12)),
    st.sampled_from([f"{FIRST_DAY:%Y-%m}", f"{LAST_DAY:%Y-%m}", "0000-01", "9999-12"]),
    st.sampled_from(
        ["2026-03\n", "\uff12\uff10\uff12\uff16-03", "2026-03\0", "\uff12026-0\uff13\n"]
    ),
)


def _often(value: str) -> Values:
    """Mostly `value`; else one that looks like it."""
    nearly = [f"{value}\n", f"\n{value}", f"{value}\0", value.replace("0", "\uff10")]
    return st.one_of(*[st.just(value)] * 4, st.sampled_from(nearly))


_NAMED: dict[str, Values] = {
    "lease_id": st.sampled_from(LEASES),
    "landlord_id": _often(ORGNR),
    "municipality": _often("0181"),
    "period": _PERIODS,
    "period_to": _PERIODS,
    "started_on": st.one_of(_YEAR, st.sampled_from([date.min, date.max])),
    **dict.fromkeys(("invoice_id", "payment_id", "plan_id", "notice_id", "task_id"), _KEYS),
    "lines": st.none(),
    "amount_ore": st.one_of(
        st.integers(1, 3).map(lambda n: n * 400_000), st.sampled_from([1, facts.MAX_ORE])
    ),
    "day": _YEAR,
    "offset": st.integers(0, 30),
}


def values(info: inspect.Type, name: str = "") -> Values:
    """Values of a field, by its name or else its type."""
    if name in _NAMED:
        return _NAMED[name]
    return _BY_TYPE[type(info)](info)


def _one_of(info: Any) -> Values:
    return st.one_of([values(kind) for kind in info.types])


def _list(info: Any) -> Values:
    least = info.min_length or 0
    return st.lists(values(info.item_type), min_size=least, max_size=least + 3)


def _struct(info: Any) -> Values:
    return structs(info.cls)


def _metadata(info: Any) -> Values:
    return values(info.type)


_BY_TYPE: dict[type, Callable[[Any], Values]] = {
    inspect.IntType: lambda info: st.integers(info.ge or 0, info.le or 10**6),
    inspect.StrType: lambda _: _TEXT,
    inspect.LiteralType: lambda info: st.sampled_from(info.values),
    inspect.DateType: lambda _: DATES,
    inspect.BoolType: lambda _: st.booleans(),
    inspect.NoneType: lambda _: st.none(),
    inspect.UnionType: _one_of,
    inspect.ListType: _list,
    inspect.StructType: _struct,
    inspect.Metadata: _metadata,
}


@cache
def structs(kind: type[Struct]) -> Values:
    """Records of a kind, the optional fields sometimes left out."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    needed: dict[str, Values] = {}
    optional: dict[str, Values] = {}
    for field in info.fields:
        into = needed if field.required or field.name == "amount_ore" else optional
        into[field.name] = values(field.type, field.name)
    return st.fixed_dictionaries(needed, optional=optional).map(lambda given: kind(**given))


@cache
def events(*kinds: type[Struct]) -> st.SearchStrategy[Event]:
    """Events of the kinds, or of any, from a source that may say them."""
    facts_ = st.sampled_from(kinds or tuple(EVENT_TYPES.values())).flatmap(structs)
    ids = st.integers(0, 200).map(str)
    return st.builds(_event, facts_, ids)


@cache
def lawful(*kinds: type[Struct]) -> st.SearchStrategy[Event]:
    """Such events, without those that the decoder refuses."""
    return events(*kinds).filter(lambda event: decode(0, *encoded(event)).event is not None)


def _event(fact: Struct, event_id: str) -> Event:
    source = next((s for s in SOURCES if standing(s, fact) is Standing.ALLOWED), SOURCES[0])
    return make_event(fact, source=source, event_id=event_id)


def encoded(event: Event) -> tuple[bytes | None, bytes]:
    """Key and value as they lie in Kafka."""
    return event.subject.encode() if event.subject else None, msgspec.json.encode(event)


__all__ = ["BOKVAR", "DATES", "LANDLORD", "LEASES", "encoded", "events", "structs"]
