"""Whom the municipality puts first: the groups of a household on a day.

Södertälje's order in the 2014 report "Vem tar ansvar för att alla får en bostad?": families with
children, under 25, over 65. Ages come from birth years alone, so a person whose side of a limit is
undecided is counted in; and an unknown household is never a household without children.
"""

from datetime import date
from enum import IntEnum

from models.lease.state import Household

CHILD_UNDER = 18
YOUNG_UP_TO = 25
OLD_OVER = 65


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


def has_children(home: Household, day: date) -> bool:
    """Does a child live here, also part of the time or in a sublet part?"""
    return home.sublet_children or any(
        youngest_age(child.birth_year, day) < CHILD_UNDER for child in home.children
    )


def has_young(home: Household, day: date) -> bool:
    """Is a tenant 25 or younger?"""
    return any(
        t.birth_year is not None and youngest_age(t.birth_year, day) <= YOUNG_UP_TO
        for t in home.tenants
    )


def has_old(home: Household, day: date) -> bool:
    """Is a tenant over 65?"""
    return any(
        t.birth_year is not None and oldest_age(t.birth_year, day) > OLD_OVER for t in home.tenants
    )


def is_unknown(home: Household) -> bool:
    """Is something unknown that could move the household forward?"""
    return (
        home.known != "yes"
        or not home.tenants
        or any(tenant.birth_year is None for tenant in home.tenants)
    )


def group(home: Household, day: date) -> Group:
    """The household's group on `day`."""
    if has_children(home, day):
        return Group.CHILDREN
    if has_young(home, day) or has_old(home, day) or is_unknown(home):
        return Group.YOUNG_OLD_OR_UNKNOWN
    return Group.OTHERS
