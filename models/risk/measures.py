"""How well scores rank and how true probabilities are: figures that are fair to ties.

Points are few, so many leases share a score. Each figure is the expectation over every order of the
tied, so that neither file order nor lease id decides. Each takes weights, for the bootstrap counts
a lease as often as it is drawn. `y` is 1 where trouble came.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
EVERY = 10  # bins of equal mass


class Ranking:
    """Scores in falling order, ties together: sorted once, then measured with many weights."""

    def __init__(self, y: NDArray[np.generic], score: NDArray[np.generic]) -> None:
        values = np.asarray(score, dtype=np.float64)
        self.order: Whole = np.argsort(-values, kind="stable")
        falling = values[self.order]
        self._starts: Whole = np.flatnonzero(np.r_[True, falling[1:] != falling[:-1]])
        self._y = np.asarray(y, dtype=np.float64)[self.order]

    def _by_tie(self, weights: Floats | None) -> tuple[Floats, Floats]:
        """Good and bad of each group of the tied, highest score first."""
        w = np.ones(len(self._y)) if weights is None else weights[self.order]
        if not len(w):
            return np.zeros(0), np.zeros(0)
        bad = np.add.reduceat(w * self._y, self._starts)
        return np.add.reduceat(w, self._starts) - bad, bad

    def auc(self, weights: Floats | None = None) -> float:
        """The chance that one in trouble scores above one who is not; a tie counts one half."""
        good, bad = self._by_tie(weights)
        below = good.sum() - np.cumsum(good)
        pairs = good.sum() * bad.sum()
        return float((bad * (below + good / 2)).sum() / pairs) if pairs else float("nan")

    def average_precision(self, weights: Floats | None = None) -> float:
        """The mean precision over those in trouble, each group of the tied at its end."""
        good, bad = self._by_tie(weights)
        total = bad.sum()
        if not total:
            return float("nan")
        found = np.cumsum(bad)
        seen = found + np.cumsum(good)
        kept = seen > 0
        return float((bad[kept] * found[kept] / seen[kept]).sum() / total)

    def hits(self, places: float, weights: Floats | None = None) -> float:
        """How many in trouble are among the first `places`; the tied at the edge share the rest."""
        good, bad = self._by_tie(weights)
        size = good + bad
        before = np.cumsum(size) - size
        share = np.clip((places - before) / np.where(size > 0, size, 1), 0, 1)
        return float((share * bad).sum())


def auc(y: NDArray[np.generic], score: NDArray[np.generic]) -> float:
    """See `Ranking.auc`."""
    return Ranking(y, score).auc()


def average_precision(y: NDArray[np.generic], score: NDArray[np.generic]) -> float:
    """See `Ranking.average_precision`."""
    return Ranking(y, score).average_precision()


def top_precision(y: NDArray[np.generic], score: NDArray[np.generic], places: int) -> float:
    """The share in trouble among the first `places`."""
    return Ranking(y, score).hits(places) / places if places else float("nan")


class Bin(NamedTuple):
    """Looks of like probability: how many, what was expected, and what came."""

    looks: int
    expected: float
    observed: float


def bins(y: NDArray[np.generic], p: Floats, count: int = EVERY) -> list[Bin]:
    """Bins of equal mass by probability, lowest first."""
    order = np.argsort(p, kind="stable")
    parts = [part for part in np.array_split(order, count) if len(part)]
    hit = np.asarray(y, dtype=np.float64)
    return [Bin(len(part), float(p[part].mean()), float(hit[part].mean())) for part in parts]


def calibration_error(y: NDArray[np.generic], p: Floats, count: int = EVERY) -> float:
    """Expected calibration error: the mean of |expected - observed| over bins of equal mass."""
    found = bins(y, p, count)
    total = sum(one.looks for one in found)
    return float(sum(one.looks * abs(one.expected - one.observed) for one in found) / total)


def calibration_noise(
    p: Floats, chance: np.random.Generator, together: Whole | None = None, draws: int = 200
) -> float:
    """The calibration error that chance alone stays below in 95 of 100 draws, were `p` true. Rows
    of one number in `together` share their chance; without it each has its own."""
    _, place = np.unique(np.arange(len(p)) if together is None else together, return_inverse=True)
    count = int(place.max()) + 1
    drawn = (chance.random(count)[place] < p for _ in range(draws))
    return float(np.quantile([calibration_error(y, p) for y in drawn], 0.95))


def brier_skill(y: NDArray[np.generic], p: Floats) -> float:
    """How much smaller the mean squared error is than that of saying the base rate to all."""
    hit = np.asarray(y, dtype=np.float64)
    base = float(((hit - hit.mean()) ** 2).mean())
    return 1 - float(((hit - p) ** 2).mean()) / base if base else float("nan")


_LEAST = 1e-6  # no chance is taken for smaller, nor its opposite


def log_odds(p: Floats) -> Floats:
    """The logarithm of the odds, kept finite."""
    kept: Floats = np.clip(p, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float64)


def kept(odds: Floats) -> Floats:
    """Log odds within what `log_odds` gives."""
    most = np.log((1 - _LEAST) / _LEAST)
    return np.asarray(np.clip(odds, -most, most), dtype=np.float64)


def calibration_line(y: NDArray[np.generic], p: Floats) -> tuple[float, float]:
    """Intercept and slope of the outcome on the log odds of `p`: 0 and 1 when it is calibrated;
    a slope below 1 says too extreme. Newton's method on the logistic likelihood."""
    x = np.column_stack([np.ones(len(p)), log_odds(p)])
    hit, beta = np.asarray(y, dtype=np.float64), np.array([0.0, 1.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (hit - q)
        curve = (x * (q * (1 - q))[:, None]).T @ x + np.eye(2) * 1e-9
        step = np.linalg.solve(curve, slope)
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return float(beta[0]), float(beta[1])


def resampled(
    groups: NDArray[np.generic], chance: np.random.Generator, draws: int
) -> Iterator[Floats]:
    """Weights of bootstrap samples, drawn by group: all looks at one lease are drawn together."""
    _, place = np.unique(groups, return_inverse=True)
    count = int(place.max()) + 1 if len(place) else 0
    for _ in range(draws):
        drawn = np.bincount(chance.integers(0, count, count), minlength=count)
        yield drawn[place].astype(np.float64)
