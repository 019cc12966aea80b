"""Reading a paper of the law from a form: every fault at its field, and nothing lost.

What it lacks is no fault: an incomplete message is still a message (`models.contract.form3`).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from alerts.web.papers.amounts import ore
from models.contract import form3, spelling
from models.contract.days_ahead import CASE_DAY, COURT_DAY
from models.contract.facts import CouncilNotified, EvictionScheduled
from models.contract.form3_reading import Refusal, read_form3
from models.phrase import Phrase

MATTERS = ("arrears", "disturbance", "serious_disturbance")
HOW = ("registered", "other")
_LEASE = ("landlord", "number")
_GIVEN = ("how", "sent_on", "received_on")
_TEXTS = ("landlord_name", "landlord_address", "landlord_phone", "due_on", "interest", "account")
FIELDS: dict[str, tuple[str, ...]] = {
    "form3": (*_LEASE, "municipality", "matter", *_GIVEN, *_TEXTS, "rooms", "amount", "named"),
    "eviction": (*_LEASE, "on", "scheduled_on"),
}
_WHERE = {"lease_id": "number", "amount_ore": "amount"}  # the form's name of a contract's field
_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
Given = Mapping[str, str]
Fact = CouncilNotified | EvictionScheduled


class Faults(Struct, frozen=True):
    """What is wrong, by field: a phrase of it."""

    by_field: dict[str, Phrase]


def read_paper(paper: str, given: Given, today: date) -> Fact | Faults:
    """The fact that a form of a kind of `FIELDS` tells, or its faults."""
    return _READ[paper](given, today)


def lease_of(given: Given) -> str | Phrase:
    """The lease that a form names, by a landlord's number and its own, or by both in one."""
    landlord = spelling.landlord_id(re.sub(r"\s", "", given["landlord"]))
    number = given["number"]
    whole = spelling.lease_id(number)
    if whole is not None:
        is_same = not landlord or whole.startswith(f"{landlord}:")
        return whole if is_same else Phrase("paper_fault.other_landlord")
    if spelling.organisation_number(landlord) is None:
        return Phrase("paper_fault.landlord")
    return spelling.lease_id(f"{landlord}:{number}") or Phrase("paper_fault.number")


def _form3(given: Given, today: date) -> Fact | Faults:
    matter, lease = given["matter"], lease_of(given)
    faults = _lease_fault(lease)
    if matter not in MATTERS:
        faults["matter"] = Phrase("paper_fault.matter")
    for name in ("sent_on", "received_on"):
        faults |= _happened(name, _day(given[name]), today)
    values: dict[str, Any] = {name: given[name] for name in _GIVEN}
    values["lease_id"] = lease if isinstance(lease, str) else "-:-"
    if matter == "arrears":
        values |= _of_arrears(given)
    read = read_form3(msgspec.json.encode(values))
    if isinstance(read, Refusal):
        return _and_of_contract(faults, read)
    if faults:
        return Faults(faults)
    return CouncilNotified(matter=matter, **msgspec.structs.asdict(read))  # type: ignore[arg-type]


def _and_of_contract(faults: dict[str, Phrase], read: Refusal) -> Faults:
    """The faults with those that the contract finds. Where the day of sending is a slip, the other
    days are not held against it."""
    for fault in read.faults:
        name, said = _WHERE.get(fault.field, fault.field), fault.said
        if "sent_on" not in faults or said.code not in _AGAINST_SENT:
            faults.setdefault(name, _OWN_WORDS.get(said.code, said))
    return Faults(faults)


def _of_arrears(given: Given) -> dict[str, Any]:
    """The fields of the set form. What is no number is passed on as it is, to be found wrong."""
    rooms, amount = given["rooms"], given["amount"]
    return {
        **{name: given[name] for name in _TEXTS},
        "rooms": int(rooms) if _WHOLE.fullmatch(rooms) else rooms,
        "amount_ore": (ore(amount) or amount) if amount else None,
        "sealed_identity": form3.ON_PAPER if given["named"] else None,
    }


def _eviction(given: Given, today: date) -> Fact | Faults:
    lease, on, scheduled_on = lease_of(given), _day(given["on"]), _day(given["scheduled_on"])
    faults = _lease_fault(lease) | _happened("on", on, today)
    for name, day in (("on", on), ("scheduled_on", scheduled_on)):
        if day is None:
            faults[name] = Phrase("paper_fault.day")
    if on and scheduled_on and scheduled_on < on:
        faults.setdefault("scheduled_on", Phrase("paper_fault.scheduled_before"))
    if scheduled_on and scheduled_on > today + COURT_DAY:
        faults["scheduled_on"] = Phrase("paper_fault.too_far")
    if faults or on is None or isinstance(lease, Phrase):
        return Faults(faults)
    return EvictionScheduled(lease_id=lease, on=on, scheduled_on=scheduled_on)


def _lease_fault(lease: str | Phrase) -> dict[str, Phrase]:
    if isinstance(lease, str):
        return {}
    return {"landlord" if lease.code.endswith("landlord") else "number": lease}


def _day(text: str) -> date | None:
    try:
        return msgspec.convert(text, date)
    except msgspec.ValidationError:
        return None


def _happened(name: str, day: date | None, today: date) -> dict[str, Phrase]:
    """Why a day cannot be one on which something has happened."""
    if day is None or today - CASE_DAY < day <= today:
        return {}
    return {name: Phrase("paper_fault.not_come" if day > today else "paper_fault.long_ago")}


_READ: dict[str, Callable[[Given, date], Fact | Faults]] = {"form3": _form3, "eviction": _eviction}
_AGAINST_SENT = ("form3_fault.received_before_sent", "form3_fault.not_due_when_sent")
# What the contract says of JSON, in the words of a form.
_OWN_WORDS = {
    "form3_missing.sent_on": Phrase("paper_fault.sent_on"),
    "form3_wrong.sent_on": Phrase("paper_fault.day"),
    "form3_wrong.received_on": Phrase("paper_fault.day"),
    "form3_wrong.due_on": Phrase("paper_fault.day"),
    "form3_missing.how": Phrase("paper_fault.how"),
    "form3_wrong.how": Phrase("paper_fault.how"),
    "form3_wrong.amount_ore": Phrase("paper_fault.amount"),
}
