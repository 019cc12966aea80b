"""Reading a paper of the law from a form: every fault at its field, and nothing lost.

What it lacks is no fault: an incomplete message is still a message (`models.contract.form3`).
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from alerts.web.papers.amounts import ore
from alerts.web.papers.checks import Faults, Given, happened, lease_fault, lease_of
from alerts.web.written_days import day_in
from models.contract import form3
from models.contract.days_ahead import COURT_DAY
from models.contract.facts import CouncilNotified, EvictionScheduled, NoticeServed
from models.contract.form3_reading import Refusal, read_form3
from models.phrase import Phrase

MATTERS = ("arrears", "disturbance", "serious_disturbance")
HOW = ("registered", "other")
GROUNDS = ("arrears", "disturbance")
_LEASE = ("landlord", "number")
_GIVEN = ("how", "sent_on", "received_on")
_TEXTS = ("landlord_name", "landlord_address", "landlord_phone", "due_on", "interest", "account")
FIELDS: dict[str, tuple[str, ...]] = {
    "form3": (*_LEASE, "municipality", "matter", *_GIVEN, *_TEXTS, "rooms", "amount", "named"),
    "eviction": (*_LEASE, "on", "scheduled_on"),
    "notice": (*_LEASE, "ground", "served_on", "form_1_on", "tenant_ref"),
}
_WHERE = {"lease_id": "number", "amount_ore": "amount"}  # the form's name of a contract's field
_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
Fact = CouncilNotified | EvictionScheduled | NoticeServed


def read_paper(paper: str, given: Given, today: date) -> Fact | Faults:
    """The fact that a form of a kind of `FIELDS` tells, or its faults."""
    return _READ[paper](given, today)


def _form3(given: Given, today: date) -> Fact | Faults:
    matter, lease = given["matter"], lease_of(given)
    faults = lease_fault(lease)
    if matter not in MATTERS:
        faults["matter"] = Phrase("paper_fault.matter")
    for name in ("sent_on", "received_on"):
        faults |= happened(name, day_in(given[name]), today)
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
    lease, on, scheduled_on = lease_of(given), day_in(given["on"]), day_in(given["scheduled_on"])
    faults = lease_fault(lease) | happened("on", on, today)
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


def _notice(given: Given, today: date) -> Fact | Faults:
    """What the landlord has said of a notice. Form 1 belongs to unpaid rent, and an empty day of it
    says that it is not served. The notice gets its id from the act that tells it."""
    lease, ground, served_on = lease_of(given), given["ground"], day_in(given["served_on"])
    faults = lease_fault(lease) | happened("served_on", served_on, today)
    if ground not in GROUNDS:
        faults["ground"] = Phrase("paper_fault.ground")
    if served_on is None:
        faults["served_on"] = Phrase("paper_fault.day")
    form_1_on = day_in(given["form_1_on"]) if ground != "disturbance" else None
    if ground != "disturbance" and given["form_1_on"]:
        wrong = {} if form_1_on else {"form_1_on": Phrase("paper_fault.day")}
        faults |= wrong | happened("form_1_on", form_1_on, today)
    if faults or served_on is None or isinstance(lease, Phrase):
        return Faults(faults)
    return NoticeServed(
        lease_id=lease, notice_id="-", served_on=served_on, reason=ground,  # type: ignore[arg-type]
        tenant_ref=given["tenant_ref"] or None, recovery_notice_served_on=form_1_on,
    )  # fmt: skip


_READ: dict[str, Callable[[Given, date], Fact | Faults]] = {
    "form3": _form3,
    "eviction": _eviction,
    "notice": _notice,
}
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
