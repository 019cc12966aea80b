"""Who sent an event, read from its `source`."""

import re

from models.contract.events import LANDLORD

_NUMBER = re.compile(r"[0-9]{6}-?[0-9]{4}")


def landlord_of(source: str) -> str | None:
    """The organisation number of the landlord that a source names; None for any other source."""
    if not source.startswith(LANDLORD):
        return None
    number = source[len(LANDLORD) :]
    return number if _NUMBER.fullmatch(number) else None
