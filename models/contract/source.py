"""Who sent an event, read from its `source`."""

from functools import lru_cache
from re import compile as pattern

from models.contract.events import LANDLORD, MUNICIPALITY
from models.contract.spelling import organisation_number

_MUNICIPALITY = pattern(r"[0-9]{4}")


@lru_cache(1 << 14)
def landlord_of(source: str) -> str | None:
    """The organisation number of the landlord that a source names; None for any other source."""
    if not source.startswith(LANDLORD):
        return None
    return organisation_number(source[len(LANDLORD) :])


@lru_cache(1 << 10)
def municipality_of(source: str) -> str | None:
    """The code of the municipality that a source names; None for any other source."""
    if not source.startswith(MUNICIPALITY):
        return None
    code = source[len(MUNICIPALITY) :]
    return code if _MUNICIPALITY.fullmatch(code) else None
