"""Who lives there, as far as the order of the list needs it, in words.

An age comes from a birth year alone: where the year leaves it open, the words do too.
"""

from alerts.cases.situation import Situation
from models.lease.groups import (
    OLD_OVER,
    YOUNG_UP_TO,
    can_be,
    has_children,
    has_impossible_age,
    has_old,
    has_young,
    is_unknown,
    oldest_age,
    youngest_age,
)
from models.phrase import Phrase

AGE_UNKNOWN = ("household.age_unknown", "household.age_unknown_left")
_NAMED_BY_HOME = ("children", "subtenants", "unknown", "age_unknown")


def household(situation: Situation) -> Phrase:
    """Why the household stands in its group."""
    return situation.once(_household)


def _household(situation: Situation) -> Phrase:
    name = _name(situation)
    left = "_left" if name in _NAMED_BY_HOME and has_left(situation) else ""
    return Phrase(f"household.{name}{left}")


def has_left(situation: Situation) -> bool:
    """Has the household left the home? After a death those who lived there may live there still."""
    ended = situation.lease.ended
    if situation.legal.executed:
        return True
    return situation.is_over and ended is not None and ended[1] != "death"


def _name(situation: Situation) -> str:
    home, today = situation.lease.household, situation.today
    if has_children(home, today):
        return "subtenants" if home.sublet_children else "children"
    if has_young(home, today):
        return "young" if _is_certain(situation, young=True) else "may_be_young"
    if has_old(home, today):
        return "old" if _is_certain(situation, young=False) else "may_be_old"
    if is_unknown(home, today):
        return "age_unknown" if has_impossible_age(home, today) else "unknown"
    return "adults"


def _is_certain(situation: Situation, *, young: bool) -> bool:
    """Does the birth year of a tenant settle the age, whatever the day of birth?"""
    today = situation.today
    years = [t.birth_year for t in situation.lease.household.tenants]
    known = [year for year in years if year is not None and can_be(year, today)]
    if young:
        return any(oldest_age(year, today) <= YOUNG_UP_TO for year in known)
    return any(youngest_age(year, today) > OLD_OVER for year in known)
