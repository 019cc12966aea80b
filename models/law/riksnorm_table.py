"""The shape of the income-support norm's figures: what a table of them holds, in kronor a month."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Personal costs of a child living at home, for the ages `first` through `last`."""

    first: int
    last: int
    kr: int
    kr_lunch_away: int  # without lunch five days a week; from 7 years the same amount


@dataclass(frozen=True, slots=True)
class Figures:
    """One table. `common_kr[n - 1]` is for a household of n; each more adds `more_kr`."""

    source: str
    children: tuple[AgeBand, ...]
    single_kr: int
    couple_kr: int
    common_kr: tuple[int, ...]

    @property
    def more_kr(self) -> int:
        """Each member beyond the table: the difference of its last two (2025:468 12 kap. 3 §)."""
        return self.common_kr[-1] - self.common_kr[-2]
