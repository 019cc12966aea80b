"""The one spelling of what names a landlord or a lease, whatever spelling it came in.

An organisation number has a hyphen (559990-0013), also where it came without; of a lease's own
number the letters are composed (Unicode NFC). Nothing else is made alike: leases 7a and 7A are two.
"""

import unicodedata
from functools import lru_cache
from re import compile as pattern

import msgspec

from models.contract.events import LANDLORD, Event

LONGEST = 100  # characters of a lease id
_NUMBER = pattern(r"([0-9]{6})-?([0-9]{4})")
_NOT_READ = "\N{REPLACEMENT CHARACTER}"  # stands where somebody read bytes as what they were not


@lru_cache(1 << 14)
def organisation_number(text: str) -> str | None:
    """The organisation number that `text` is; None if it is none.

    Its check digit is not asked for: docs/decisions/identity.md.
    """
    found = _NUMBER.fullmatch(text)
    return f"{found[1]}-{found[2]}" if found else None


def landlord_id(text: str) -> str:
    """A landlord's number in its one spelling; what is none is left as it is."""
    return organisation_number(text) or text


@lru_cache(1 << 17)
def lease_id(text: str) -> str | None:
    """The lease id that `text` is: an organisation number, a colon and a number of the landlord's
    own; None if it is none. A blank at an edge, a character that nobody sees, or one that was lost
    on the way makes it none: a guess could name another household.
    """
    landlord, _, number = text.partition(":")
    owner = organisation_number(landlord)
    if not number.isascii():
        number = unicodedata.normalize("NFC", number)
    if owner is None or not number.isprintable() or number != number.strip():
        return None
    name = f"{owner}:{number}"
    return name if number and _NOT_READ not in number and len(name) <= LONGEST else None


@lru_cache(1 << 14)
def source(text: str) -> str:
    """A source in its one spelling; what is no landlord's is left as it is."""
    if not text.startswith(LANDLORD):
        return text
    number = organisation_number(text[len(LANDLORD) :])
    return text if number is None else LANDLORD + number


def in_one_spelling(event: Event) -> Event:
    """The event with its landlord and its lease spelled as everywhere else."""
    data, found = event.data, {}
    for name, spell in (("lease_id", lease_id), ("landlord_id", organisation_number)):
        given = getattr(data, name, None)
        if given is not None:
            found[name] = spell(given) or given
    subject = event.subject and (lease_id(event.subject) or event.subject)
    return msgspec.structs.replace(
        event, source=source(event.source), subject=subject,
        data=msgspec.structs.replace(data, **found),
    )  # fmt: skip
