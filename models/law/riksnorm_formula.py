"""How the norm is computed of a household and a table of figures: 2025:468 12 kap. 2-3 §§.

A reform that computes in another way is one more function of the same shape, beside this one.
"""

from typing import NamedTuple

from msgspec import Struct

from models.law.riksnorm_household import OLDEST_CHILD, Child, HouseholdError, NormHousehold
from models.law.riksnorm_table import Figures
from models.phrase import Phrase, phrase


class Cost(Struct, frozen=True, gc=False):
    """One line of the norm, in whole kronor a month."""

    what: Phrase
    kr: int


class Costs(NamedTuple):
    """What a household's norm consists of."""

    personal: list[Cost]
    common: Cost


def personal_and_common(household: NormHousehold, figures: Figures) -> Costs:
    """Each member's personal costs, and common costs by the size of the household."""
    personal = [_adults_line(household.adults, figures)]
    personal += [_child_line(child, figures) for child in household.children or ()]
    return Costs(personal, _common_line(household, figures))


def common_costs_kr(members: int, figures: Figures) -> int:
    """Common costs of a household of `members` people, at least one."""
    listed = len(figures.common_kr)
    if members <= listed:
        return figures.common_kr[members - 1]
    return figures.common_kr[-1] + (members - listed) * figures.more_kr


def _adults_line(adults: int, figures: Figures) -> Cost:
    if adults == 2:
        return Cost(Phrase("norm.couple"), figures.couple_kr)
    return Cost(Phrase("norm.single"), figures.single_kr)


def _child_line(child: Child, figures: Figures) -> Cost:
    for band in figures.children:
        if band.first <= child.age <= band.last:
            kr = band.kr_lunch_away if child.lunch_away else band.kr
            name = "norm.child" if kr == band.kr else "norm.child_without_lunch"
            return Cost(phrase(name, age=child.age), kr)
    raise HouseholdError(
        f"no amount for a child of {child.age}: whoever is over {OLDEST_CHILD} has a norm alone"
    )


def _common_line(household: NormHousehold, figures: Figures) -> Cost:
    own = household.adults + len(household.children or ())
    extra = household.extra_household_members or 0
    whole = common_costs_kr(own + extra, figures)
    if not household.shared_home:
        return Cost(phrase("norm.common", people=_people(own + extra)), whole)
    if extra == 0:
        raise HouseholdError(
            "shared_home needs extra_household_members: how many others live in the home"
        )
    # The quotient is not rounded by the ordinance: half a krona and more goes up.
    share = (2 * whole * own + own + extra) // (2 * (own + extra))
    return Cost(phrase("norm.share", own=own, people=_people(own + extra)), share)


def _people(count: int) -> Phrase:
    return phrase("norm.person" if count == 1 else "norm.people", count=count)
