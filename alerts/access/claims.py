"""Who a login's claims say somebody is: nothing is guessed, and what is malformed is refused."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeGuard

from msgspec import Struct

from alerts.access.person import LONGEST_SUBJECT, Person, Role
from models.contract.spelling import organisation_number

_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)
_LONGEST = 200  # characters of a name or a district
_ROLES = frozenset(Role)
_IN_A_MUNICIPALITY = (Role.CASEWORKER, Role.TEAM_LEADER)


class Unfit(StrEnum):
    """Why a person who could log in has nothing to do here."""

    BAD_SUBJECT = "bad_subject"
    NO_ROLE = "no_role"
    NO_MUNICIPALITY = "no_municipality"
    BAD_DISTRICTS = "bad_districts"
    NO_LANDLORD = "no_landlord"


class ClaimNames(Struct, frozen=True):
    """Under which names the provider tells these; a dot leads into an object
    (`realm_access.roles`). Who names the one of the districts says that everybody who works in a
    municipality has it: else a name that is mistyped would give them all."""

    roles: str = "roles"
    municipality: str = "municipality"
    districts: str | None = None
    landlord: str = "landlord"


def person_of(claims: Mapping[str, Any], names: ClaimNames) -> Person | Unfit:
    """The person of these claims, whose signature has been checked.

    Of several roles the first of ours in the claim's own order holds. A municipality or districts
    that are there and malformed are refused also of an auditor or operator, who need none: to
    leave them out could show more than was meant. An empty list of districts is none of them, and
    not all, as no list at all is. A landlord has a number in place of both.
    """
    subject = claims.get("sub")
    if not _is_word(subject, LONGEST_SUBJECT):
        return Unfit.BAD_SUBJECT
    role = _role(_told(claims, names.roles))
    if role is None:
        return Unfit.NO_ROLE
    name = _name(claims) or subject
    if role is Role.LANDLORD:
        landlord = _landlord(_told(claims, names.landlord))
        return Person(subject, name, role, None, (), landlord) if landlord else Unfit.NO_LANDLORD
    code = _told(claims, names.municipality)
    municipality = _municipality(code)
    if municipality is None and (code or role in _IN_A_MUNICIPALITY):
        return Unfit.NO_MUNICIPALITY
    told = _told(claims, names.districts or "districts")
    needed = role in _IN_A_MUNICIPALITY and (told is not None or names.districts is not None)
    districts = _districts(told)
    if districts is None or (needed and not districts):
        return Unfit.BAD_DISTRICTS
    return Person(subject, name, role, municipality, districts)


def _told(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of that name, or what its dots lead to."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(told: Any) -> Iterable[Any]:
    """The parts of a claim that may be a list, or one string."""
    return told if isinstance(told, list) else [told]


def _is_word(told: Any, longest: int) -> TypeGuard[str]:
    return (
        isinstance(told, str)
        and 0 < len(told) <= longest
        and told.isprintable()
        and told == told.strip()
    )


def _role(told: Any) -> Role | None:
    words = re.split(r"[\s,]+", told) if isinstance(told, str) else _words(told)
    return next((Role(w) for w in words if isinstance(w, str) and w in _ROLES), None)


def _name(claims: Mapping[str, Any]) -> str | None:
    told = (claims.get("name"), claims.get("preferred_username"))
    return next((name for name in told if _is_word(name, _LONGEST)), None)


def _only(told: Any) -> str | None:
    """The one string that was told, alone or as a list of one."""
    match told:
        case str(word) | [str(word)]:
            return word
    return None


def _municipality(told: Any) -> str | None:
    word = _only(told)
    return word if word is not None and _MUNICIPALITY.fullmatch(word) else None


def _landlord(told: Any) -> str | None:
    word = _only(told)
    return None if word is None else organisation_number(word)


def _districts(told: Any) -> tuple[str, ...] | None:
    """The districts that were told; None is what cannot be read."""
    if told is None or told in ("", []):
        return ()
    words = [part.strip() for part in told.split(",")] if isinstance(told, str) else _words(told)
    found = tuple(word for word in words if _is_word(word, _LONGEST))
    return found if len(found) == len(list(words)) else None
