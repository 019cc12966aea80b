"""A town: all that tells one simulated municipality from another, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from streams.simulate.landlords import Landlord
from streams.simulate.months import of_year

YEAR_OF_REFERENCE = 2026  # a town's chances are those of this year; drift goes both ways from it
_FARTHEST = 5  # years of drift; beyond them nothing changes any more


@dataclass(frozen=True)
class Course:
    """How a decline goes: each month a household that pays later, or in parts, may get worse (from
    later to parts, from parts to missed rents) or recover. Chances a month."""

    later_worse: float
    later_recovers: float
    part_worse: float
    part_recovers: float

    @property
    def reaches(self) -> float:
        """The share of declines that end in missed rents."""
        later = self.later_worse / (self.later_worse + self.later_recovers)
        return later * self.part_worse / (self.part_worse + self.part_recovers)


@dataclass(frozen=True)
class Town:
    """A simulated municipality. Chances are of an average tenancy in a month.

    `rents` multiplies the national rents. `strain` has values with shares, of mean 1. `crises` is
    how many begin, `gradual` the share of them that a decline leads to: the others are shocks,
    which nothing announces. `season` multiplies by month, January first, of mean 1; `drift` is a
    fraction a year. `always_late` and `in_parts` are shares of the households. `waits` is the share
    of notices that the landlord puts off by a month, `spread` the days within which one comes.
    """

    name: str
    code: str
    homes: int
    districts: Mapping[str, float]
    landlords: tuple[Landlord, ...]
    rents: float
    strain: tuple[tuple[float, float], ...]
    crises: float
    gradual: float
    course: Course
    forgets: float
    runs_short: float
    season: tuple[float, ...]
    drift: float
    always_late: float
    in_parts: float
    waits: float
    spread: int

    def factor(self, month: int) -> float:
        """What season and drift multiply the chances of strain by, in a month."""
        years = month / 12 - YEAR_OF_REFERENCE
        years = max(-_FARTHEST, min(_FARTHEST, years))
        return float(self.season[of_year(month) - 1] * (1 + self.drift) ** years)

    @property
    def onset(self) -> float:
        """How many declines begin."""
        return self.crises * self.gradual / self.course.reaches

    @property
    def shocks(self) -> float:
        """How many crises come out of nothing."""
        return self.crises * (1 - self.gradual)
