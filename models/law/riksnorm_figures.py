"""The figures of the income-support norm (riksnorm), by calendar year: the one file to fill in.

Kronor a month, from the ordinance in force that year. A year is added when its figures *and* their
first day have been read in the ordinance; no year is guessed from the one before.
"""

from dataclasses import dataclass

FILE = "models/law/riksnorm_figures.py"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Personal costs of a child living at home, for the ages `first` through `last`."""

    first: int
    last: int
    kr: int
    kr_lunch_away: int  # without lunch five days a week; from 7 years the same amount


@dataclass(frozen=True, slots=True)
class Figures:
    """One year's table. `common_kr[n - 1]` is for a household of n; each more adds `more_kr`."""

    source: str
    children: tuple[AgeBand, ...]
    single_kr: int
    couple_kr: int
    common_kr: tuple[int, ...]

    @property
    def more_kr(self) -> int:
        """Each member beyond the table: the difference of its last two (2025:468 12 kap. 3 §)."""
        return self.common_kr[-1] - self.common_kr[-2]


FIGURES = {
    2025: Figures(
        source="2025:468 12 kap. 2-3 §§",
        children=(
            AgeBand(0, 0, 2720, 2540),
            AgeBand(1, 2, 3030, 2780),
            AgeBand(3, 3, 2700, 2480),
            AgeBand(4, 6, 3030, 2700),
            AgeBand(7, 10, 3790, 3790),
            AgeBand(11, 14, 4350, 4350),
            AgeBand(15, 18, 4920, 4920),
            AgeBand(19, 20, 4960, 4960),
        ),
        single_kr=3910,
        couple_kr=7050,
        common_kr=(1270, 1400, 1770, 2010, 2310, 2620, 2810),
    ),
}
