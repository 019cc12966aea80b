"""Whom the municipality puts first: the groups of a household on a day.

Södertälje's order in the 2014 report "Vem tar ansvar för att alla får en bostad?": families with
children, under 25, over 65. Ages come from birth years alone, so a person whose side of a limit is
undecided is counted in; and an unknown household is never a household without children. A birth
year that cannot be, as 2062 for 1962 and 1919 for 2019, tells no age.
"""

from datetime import date
from enum import IntEnum

from models.contract.facts import LeaseChanged, LeaseRegistered
from models.lease.state import Household

CHILD_UNDER = 18
YOUNG_UP_TO = 25
OLD_OVER = 65
OLDEST = 115  # years; above it a birth year is a slip
CHILD_UP_TO = 20  # who is older is listed as a child by a slip (19 and 20 may be at school)


class Group(IntEnum):
    """The order inside a band; lower comes first."""

    CHILDREN = 1
    YOUNG_OLD_OR_UNKNOWN = 2
    OTHERS = 3


def youngest_age(birth_year: int, day: date) -> int:
    """The lowest age a person born in `birth_year` can have on `day`, years."""
    passed = (day.month, day.day) == (12, 31)
    return day.year - birth_year - (0 if passed else 1)


def oldest_age(birth_year: int, day: date) -> int:
    """The highest age a person born in `birth_year` can have on `day`, years."""
    return day.year - birth_year


def can_be(birth_year: int, day: date) -> bool:
    """Can a person who is alive on `day` be born in `birth_year`?"""
    return birth_year <= day.year and youngest_age(birth_year, day) <= OLDEST


def _can_be_child(home: Household, birth_year: int, day: date) -> bool:
    """Could a child be born in `birth_year`, when it was told of? It may have grown up since."""
    told_on = day if home.told_on is None else home.told_on
    return can_be(birth_year, day) and youngest_age(birth_year, told_on) <= CHILD_UP_TO


def has_impossible_age(home: Household, day: date) -> bool:
    """Is somebody's age unknown because the birth year cannot be?"""
    return any(
        tenant.birth_year is not None and not can_be(tenant.birth_year, day)
        for tenant in home.tenants
    ) or any(not _can_be_child(home, child.birth_year, day) for child in home.children)


def impossible_birth_year(fact: LeaseRegistered | LeaseChanged, day: date) -> str | None:
    """The path of the first birth year that a landlord reports and that cannot be; None if all
    can."""
    for at, tenant in enumerate(fact.tenants or ()):
        if tenant.birth_year is not None and not can_be(tenant.birth_year, day):
            return f"data.tenants[{at}].birth_year"
    return None


def has_children(home: Household, day: date) -> bool:
    """Does a child live here, also part of the time or in a sublet part?"""
    return home.sublet_children or any(
        youngest_age(child.birth_year, day) < CHILD_UNDER and can_be(child.birth_year, day)
        for child in home.children
    )


def may_have_children(home: Household, day: date) -> bool:
    """Does a child live here, for all that is known? Unknown is never none, and neither is a child
    whose birth year cannot be."""
    return (
        has_children(home, day)
        or home.known != "yes"
        or any(not _can_be_child(home, child.birth_year, day) for child in home.children)
    )


def has_young(home: Household, day: date) -> bool:
    """Is a tenant 25 or younger?"""
    return any(
        t.birth_year is not None
        and youngest_age(t.birth_year, day) <= YOUNG_UP_TO
        and can_be(t.birth_year, day)
        for t in home.tenants
    )


def has_old(home: Household, day: date) -> bool:
    """Is a tenant over 65?"""
    return any(
        t.birth_year is not None
        and oldest_age(t.birth_year, day) > OLD_OVER
        and can_be(t.birth_year, day)
        for t in home.tenants
    )


def is_unknown(home: Household, day: date) -> bool:
    """Is something unknown that could move the household forward?"""
    return (
        home.known != "yes"
        or not home.tenants
        or any(tenant.birth_year is None for tenant in home.tenants)
        or has_impossible_age(home, day)
    )


def group(home: Household, day: date) -> Group:
    """The household's group on `day`."""
    if has_children(home, day):
        return Group.CHILDREN
    if has_young(home, day) or has_old(home, day) or is_unknown(home, day):
        return Group.YOUNG_OLD_OR_UNKNOWN
    return Group.OTHERS
