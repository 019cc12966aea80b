"""A model out of examples: estimators that come as arguments, calibrated on what they did not see.

The examples are dealt into parts by lease. Each member learns on all parts but one, and its log
odds are set straight on that one, so no example calibrates what learnt from it; the probability is
the mean of the members'.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.risk.measures import Floats, Whole, calibration_line, log_odds

PARTS = 4
TOO_LITTLE = "too few leases came into trouble to learn from: give a longer history, or more leases"
Hits = NDArray[np.bool_]


class Estimator(Protocol):
    """What scikit-learn calls a classifier."""

    def fit(self, X: Floats, y: Hits) -> Any: ...
    def predict_proba(self, X: Floats) -> Floats: ...


class Member(Struct, frozen=True):
    """An estimator and the line that sets its log odds straight."""

    estimator: Any
    intercept: float
    slope: float

    def probability(self, X: Floats) -> Floats:
        """The chance of trouble for each row of features."""
        return self.straight(log_odds(self.estimator.predict_proba(X)[:, 1]))

    def straight(self, odds: Floats) -> Floats:
        """The chances that log odds of the estimator stand for."""
        chance: Floats = 1 / (1 + np.exp(-(self.intercept + self.slope * odds)))
        return chance


class Model(Struct, frozen=True):
    """Members whose mean is the model's probability."""

    members: tuple[Member, ...]

    def probability(self, X: Floats) -> Floats:
        """The chance of trouble within the horizon, for each row of features."""
        return mean_of([member.probability(X) for member in self.members])


def mean_of(chances: Sequence[Floats]) -> Floats:
    """The mean of the members' chances, added in their order however many rows there are."""
    total = chances[0].copy()
    for chance in chances[1:]:
        total += chance
    return total / len(chances)


def train(
    make: Callable[[int], Estimator],
    X: Floats,
    y: Hits,
    leases: NDArray[np.generic],
    chance: np.random.Generator,
    parts: int = PARTS,
) -> Model:
    """A calibrated model of the estimators `make` gives for a seed. ValueError when there is too
    little trouble to learn from in each part."""
    members = []
    for held_out in dealt(leases, y, chance, parts):
        learnt = ~held_out
        if not y[learnt].any() or y[learnt].all() or not y[held_out].any():
            raise ValueError(TOO_LITTLE)
        estimator = make(int(chance.integers(2**31)))
        estimator.fit(X[learnt], y[learnt])
        odds = estimator.predict_proba(X[held_out])[:, 1]
        members.append(Member(estimator, *calibration_line(y[held_out], odds)))
    return Model(tuple(members))


def dealt(
    leases: NDArray[np.generic], y: Hits, chance: np.random.Generator, parts: int
) -> Iterator[NDArray[np.bool_]]:
    """Which rows are held out, part after part: leases dealt at random, those that ever came into
    trouble and the others each evenly; all looks at a lease are in one part."""
    _, place = np.unique(leases, return_inverse=True)
    count = int(place.max()) + 1
    trouble = np.bincount(place, weights=y, minlength=count) > 0
    part: Whole = np.empty(count, dtype=np.int64)
    for kind in (trouble, ~trouble):
        which = chance.permutation(np.flatnonzero(kind))
        part[which] = np.arange(len(which)) % parts
    for number in range(parts):
        yield part[place] == number


def out_of_fold(
    fit: Callable[[Floats, Hits, NDArray[np.generic]], Callable[[Floats], Floats]],
    X: Floats,
    y: Hits,
    leases: NDArray[np.generic],
    folds: Sequence[NDArray[np.bool_]],
) -> Floats:
    """The probability of each row by a model that saw nothing of its fold."""
    found = np.full(len(y), np.nan)
    for held_out in folds:
        score = fit(X[~held_out], y[~held_out], leases[~held_out])
        found[held_out] = score(X[held_out])
    return found
