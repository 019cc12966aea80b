"""The income-support norm (riksnorm) of a household: 2025:468 12 kap. 2-3 §§.

Whole kronor a month. Rent and other housing costs are outside the norm. The norm is a help to see
whether it is worth applying; the municipality decides on support, never this program.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from models.law.riksnorm_figures import FIGURES, FILE, Figures
from models.phrase import Phrase, phrase

OLDEST_CHILD = 20


class HouseholdError(ValueError):
    """A household the norm has no rule for; the text says how to mend."""


class MissingYearError(LookupError):
    """No figures for the year; the text names the file to fill in."""


class Child(Struct, frozen=True, gc=False):
    """A child or young person at school who lives at home.

    `age` in whole years, 0-20 (19-20: at school). `lunch_away` when lunch five days a week is
    eaten elsewhere, as at preschool; it changes the amount through age 6.
    """

    age: Annotated[int, Meta(ge=0, le=OLDEST_CHILD)]
    lunch_away: bool | None = None


class NormHousehold(Struct, frozen=True, kw_only=True):
    """Whose norm is asked. Two adults are a couple.

    `extra_household_members` are further people in the same household who count in its size for
    the common costs, while their personal costs are not part of this norm. With `shared_home` the
    household shares its home with them without being one economy: then only the members' share of
    the common costs is counted (12 kap. 3 § 2 st).
    """

    year: int
    adults: Literal[1, 2]
    children: list[Child] | None = None
    extra_household_members: Annotated[int, Meta(ge=0, le=50)] | None = None
    shared_home: bool | None = None


class Cost(Struct, frozen=True, gc=False):
    """One line of the norm, in whole kronor a month."""

    what: Phrase
    kr: int


class Norm(Struct, frozen=True):
    """The norm in kronor a month; the lines add up to the total."""

    total_kr: int
    personal_kr: int
    common_kr: int
    lines: list[Cost]


def norm(household: NormHousehold) -> Norm:
    """The norm of `household`. MissingYearError or HouseholdError if it cannot be told."""
    figures = figures_of(household.year)
    personal = [_adults_line(household.adults, figures)]
    personal += [_child_line(child, figures) for child in household.children or ()]
    common = _common_line(household, figures)
    personal_kr = sum(line.kr for line in personal)
    return Norm(personal_kr + common.kr, personal_kr, common.kr, [*personal, common])


def figures_of(year: int) -> Figures:
    """The figures of `year`. MissingYearError, never another year's figures."""
    if year not in FIGURES:
        raise MissingYearError(
            f"no riksnorm figures for {year}: add them to {FILE} from the ordinance of that year; "
            "another year's figures are never used"
        )
    return FIGURES[year]


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
