"""Whose norm is asked, and for which day."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

OLDEST_CHILD = 20


class HouseholdError(ValueError):
    """A household the norm has no rule for; the text says how to mend."""


class Child(Struct, frozen=True, gc=False):
    """A child or young person at school who lives at home.

    `age` in whole years, 0-20 (19-20: at school). `lunch_away` when lunch five days a week is
    eaten elsewhere, as at preschool; it changes the amount through age 6.
    """

    age: Annotated[int, Meta(ge=0, le=OLDEST_CHILD)]
    lunch_away: bool | None = None


class NormHousehold(Struct, frozen=True, kw_only=True):
    """Whose norm is asked, for the day `on` or at the end of `year`. Two adults are a couple.

    `extra_household_members` are further people in the same household who count in its size for
    the common costs, while their personal costs are not part of this norm. With `shared_home` the
    household shares its home with them without being one economy: then only the members' share of
    the common costs is counted (12 kap. 3 § 2 st).
    """

    on: date | None = None
    year: Annotated[int, Meta(ge=1, le=9999)] | None = None
    adults: Literal[1, 2]
    children: list[Child] | None = None
    extra_household_members: Annotated[int, Meta(ge=0, le=50)] | None = None
    shared_home: bool | None = None

    @property
    def day(self) -> date:
        """The day whose figures are asked. HouseholdError unless one of `on` and `year` is given.

        A year asks for its last day: figures that change within a year are told apart by `on`.
        """
        if self.on is not None and self.year is None:
            return self.on
        if self.year is not None and self.on is None:
            return date(self.year, 12, 31)
        raise HouseholdError("give the day of the norm as on (2026-03-01), or a year, not both")
