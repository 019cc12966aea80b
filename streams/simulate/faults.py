"""The faults of a real week, mixed into a stream of events, as raw lines. For tests.

Whatever the fault, the true event is in the output too, sooner or later: what a mended stream
must lead to is known. Broadcast events (days and feeds) are left alone.
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from random import Random
from typing import Any, NamedTuple

import msgspec

from models.contract.events import Event
from models.contract.facts import (
    HouseholdUpdated,
    LeaseChanged,
    LeaseEnded,
    LeaseRegistered,
    RentInvoiced,
    RentPaid,
    VisitReported,
)

_FAR = 2_000  # how many events later, at most, something held back comes

Alter = Callable[[dict[str, Any]], None]


class RawLine(NamedTuple):
    """A line without its line end, and the fault it carries, if any."""

    raw: bytes
    fault: str | None = None


class Faults:
    """Mixes faults into a share `rate` of the events, the same for the same seed."""

    def __init__(self, rate: float, seed: int) -> None:
        if not 0 <= rate <= 1:
            raise ValueError("the rate of faults is a share between 0 and 1")
        self._rate = rate
        self._rng = Random(f"{seed} faults")
        self._count = 0
        self._later: list[tuple[int, int, RawLine]] = []
        self._after_payment: dict[str, RawLine] = {}
        self._encode = msgspec.json.Encoder().encode

    def mix(self, events: list[Event]) -> Iterator[RawLine]:
        """The lines of some events, and of earlier ones that were held back until now."""
        for event in events:
            self._count += 1
            while self._later and self._later[0][0] <= self._count:
                yield heappop(self._later)[2]
            if event.subject is None or self._rng.random() >= self._rate:
                yield RawLine(self._encode(event))
            else:
                yield from self._spoil(event)
            if isinstance(event.data, RentPaid) and event.subject in self._after_payment:
                yield self._after_payment.pop(event.subject)

    def rest(self) -> Iterator[RawLine]:
        """What is still held back when the events end."""
        while self._later:
            yield heappop(self._later)[2]
        yield from self._after_payment.values()
        self._after_payment.clear()

    def _spoil(self, event: Event) -> Iterator[RawLine]:
        raw = self._encode(event)
        kind = type(event.data)
        if kind in _BEFORE and event.subject not in self._after_payment and event.subject:
            self._after_payment[event.subject] = RawLine(raw, _BEFORE[kind])
            return
        fault = self._rng.choice(_FAULTS)
        if fault == "repeat_under_new_id" and kind in _AS_LAST_TOLD:
            fault = "repeat"
        if fault == "late":
            self._hold(RawLine(raw, fault))
            return
        yield RawLine(raw)
        if fault == "repeat":
            self._hold(RawLine(raw, fault))
        elif fault == "unreadable":
            yield RawLine(raw[: self._rng.randrange(1, len(raw))], fault)
        else:
            self._hold(RawLine(self._altered(event, fault), fault))

    def _hold(self, line: RawLine) -> None:
        heappush(self._later, (self._count + self._rng.randint(1, _FAR), self._count, line))

    def _altered(self, event: Event, fault: str) -> bytes:
        message: dict[str, Any] = msgspec.to_builtins(event)
        if fault != "same_id_other_content":
            message["id"] += "-" + fault
        _ALTER[fault](message)
        return self._encode(message)


def _other_content(message: dict[str, Any]) -> None:
    """A field no record knows is ignored, so a field it does know is changed."""
    data = message["data"]
    for name, value in data.items():
        if name.endswith("_ore") or name == "rooms":
            data[name] = value + 1
            return
        if name.endswith("_on") or name == "on":
            data[name] = "2026-01-02" if value != "2026-01-02" else "2026-01-03"
            return
    message["type"] = "se.bokvar.rent.paid.v1"
    _negative_amount(message)


def _negative_amount(message: dict[str, Any]) -> None:
    message["type"] = "se.bokvar.rent.paid.v1"
    lease_id = message["subject"]
    paid = {"lease_id": lease_id, "payment_id": "X", "amount_ore": -1, "booked_on": "2026-01-02"}
    message["data"] = paid


def _impossible_date(message: dict[str, Any]) -> None:
    _negative_amount(message)
    message["data"] |= {"amount_ore": 1, "booked_on": "2026-02-30"}


def _unknown_type(message: dict[str, Any]) -> None:
    message["type"] = "se.bokvar.rent.forgiven.v1"


def _foreign_source(message: dict[str, Any]) -> None:
    message["source"] = "urn:landlord:559990-0098"


def _nothing(message: dict[str, Any]) -> None:
    """The same fact, under the event id that every fault gives."""


_AS_LAST_TOLD = (HouseholdUpdated, LeaseChanged, LeaseEnded, VisitReported)
_ALTER: dict[str, Alter] = {
    "repeat_under_new_id": _nothing,
    "same_id_other_content": _other_content,
    "negative_amount": _negative_amount,
    "impossible_date": _impossible_date,
    "unknown_type": _unknown_type,
    "foreign_source": _foreign_source,
}
_FAULTS = ("repeat", "late", "unreadable", *_ALTER)
_BEFORE: dict[type, str] = {
    RentInvoiced: "payment_before_invoice",
    LeaseRegistered: "payment_to_unregistered",
}
FAULTS = (*_FAULTS, *_BEFORE.values())
