"""What the forms of papers have in common: which lease, and days on which something happened."""

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from models.contract import spelling
from models.contract.days_ahead import CASE_DAY
from models.phrase import Phrase

Given = Mapping[str, str]


class Faults(Struct, frozen=True):
    """What is wrong, by field: a phrase of it."""

    by_field: dict[str, Phrase]


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


def lease_fault(lease: str | Phrase) -> dict[str, Phrase]:
    """Why the lease that is named is none, at the field in which that is."""
    if isinstance(lease, str):
        return {}
    return {"landlord" if lease.code.endswith("landlord") else "number": lease}


def happened(name: str, day: date | None, today: date) -> dict[str, Phrase]:
    """Why a day cannot be one on which something has happened."""
    if day is None or today - CASE_DAY < day <= today:
        return {}
    return {name: Phrase("paper_fault.not_come" if day > today else "paper_fault.long_ago")}
