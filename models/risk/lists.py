"""A score as the town would use it: at each look the first K leases are visited."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from models.risk.gate import Interval
from models.risk.measures import Floats, Ranking, Whole
from models.risk.table import Examples

LEAD_EVERY, LEAD_DAYS = 15, 90


class Lists:
    """The list of each look by one score: sorted once, then counted with many weights."""

    def __init__(self, rows: Examples, score: Floats | Whole, capacity: int) -> None:
        self.capacity = capacity
        self.whole = Ranking(rows.hit, score)
        self._parts = [np.flatnonzero(rows.day == day) for day in np.unique(rows.day)]
        self._ranked = [Ranking(rows.hit[part], score[part]) for part in self._parts]
        self._hit = rows.hit.astype(np.float64)
        self._days = rows.days_until
        self._score = np.asarray(score, dtype=np.float64)

    def hits(self, weights: Floats | None = None) -> float:
        """How many visited came into trouble."""
        return sum(
            one.hits(self.capacity, None if weights is None else weights[part])
            for part, one in zip(self._parts, self._ranked, strict=True)
        )

    def precision(self, weights: Floats | None = None) -> float:
        """The share of the visited that came into trouble."""
        places = sum(min(self.capacity, len(part)) for part in self._parts)
        return float(self.hits(weights) / places)

    def recall(self, weights: Floats | None = None) -> float:
        """The share of those in trouble that were visited before."""
        total = self._hit.sum() if weights is None else (weights * self._hit).sum()
        return float(self.hits(weights) / total) if total else float("nan")

    def first(self) -> Whole:
        """Which rows are visited; the tied at the edge in the rows' order."""
        found = [
            part[one.order[: self.capacity]]
            for part, one in zip(self._parts, self._ranked, strict=True)
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def precision_by_visits(self) -> list[tuple[int, float]]:
        """The share in trouble among the visited, for a quarter to four times the capacity."""
        found = []
        for part in (0.25, 0.5, 1, 2, 4):
            visits = max(1, round(self.capacity * part))
            places = sum(min(visits, len(one)) for one in self._parts)
            found.append((visits, round(sum(one.hits(visits) for one in self._ranked) / places, 4)))
        return found

    def lead_counts(self, every: int, horizon: int) -> list[int]:
        """How many of the visited came into trouble within each so many days of the visit."""
        days = self._days[self.first()]
        edges = np.arange(0, horizon + every, every)
        counts, _ = np.histogram(days[days >= 0], edges)
        return [int(count) for count in counts]

    def lead_days(self) -> float:
        """The middle of the days from the visit to the trouble, of those that came into it."""
        days = self._days[self.first()]
        return float(np.median(days[days >= 0])) if (days >= 0).any() else float("nan")


class Figures(Struct, frozen=True):
    """How well one score ranks, with 95 % intervals; `lead_days` is the median before trouble."""

    auc: Interval
    average_precision: Interval
    precision_at_k: Interval
    recall_at_k: Interval
    lead_days: float
    precision_by_visits: list[tuple[int, float]]
    lead_counts: list[int]


def interval(value: float, drawn: Sequence[float], outside: float = 0.05) -> Interval:
    """A figure with the bounds of its bootstrap."""
    low, high = np.nanquantile(drawn, (outside / 2, 1 - outside / 2))
    return Interval(round(float(value), 4), round(float(low), 4), round(float(high), 4))


def figures(lists: Lists, weights: Sequence[Floats]) -> Figures:
    """The figures of one score, its intervals by the bootstrap samples `weights`."""
    whole = lists.whole
    return Figures(
        interval(whole.auc(), [whole.auc(w) for w in weights]),
        interval(whole.average_precision(), [whole.average_precision(w) for w in weights]),
        interval(lists.precision(), [lists.precision(w) for w in weights]),
        interval(lists.recall(), [lists.recall(w) for w in weights]),
        lists.lead_days(),
        lists.precision_by_visits(),
        lists.lead_counts(LEAD_EVERY, LEAD_DAYS),
    )
