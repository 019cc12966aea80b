"""The estimators that a model is made of; more of what worries may only raise the risk.

In the steps every feature is bound; in the trees those of the newest rents and the debt are
(`models.risk.features.DIRECTIONS`). So the trees may still rise in some other feature when a tenant
pays: what is told of a score must be worked out, and not taken from the sign of a feature.
"""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier

from models.risk.features import DIRECTIONS, NAMES
from models.risk.measures import Floats
from models.risk.training import Estimator, Hits

# What a household can be told of by itself, for the weights to be read.
READ = (
    "debt_rents", "oldest_unpaid", "late_mean_3", "late_mean_6", "late_max_6", "late_over_28_6",
    "late_over_28_12", "rents_since_late", "late_streak", "late_trend", "habit_shift",
    "habit_coming", "timing_mean", "paid_last", "paid_before", "paid_mean_3", "paid_mean_6",
    "paid_least_6", "paid_nothing_6", "paid_part_6", "rents_ahead", "failed_60", "failed_year",
    "reminders", "demands", "plan_broken", "plan_missed",
)  # fmt: skip
_LOWERS = frozenset(
    {
        *("rents_since_late", "paid_last", "paid_before", "paid_mean_3", "paid_mean_6"),
        *("paid_least_6", "rents_ahead"),
    }
)
_STEPS, _PENALTY, _ROUNDS = 8, 2.0, 150


def boosted(seed: int) -> Estimator:
    """Boosted trees, small and slow: six leaves, three hundred of them."""
    found: Estimator = HistGradientBoostingClassifier(
        max_iter=300, learning_rate=0.025, max_leaf_nodes=6, min_samples_leaf=50,
        l2_regularization=5.0, max_features=0.25, early_stopping=False,
        monotonic_cst=list(DIRECTIONS), random_state=seed,
    )  # fmt: skip
    return found


def weighted(seed: int) -> Estimator:
    """The monotone logistic scorecard; nothing in it is left to chance."""
    return WeightedSteps()


class WeightedSteps(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A logistic scorecard: each feature adds a weight at each of a few steps that it passes, and
    no weight may lower the risk. What lowers it (paying ahead) is turned round.

    `places_`, `signs_`, `steps_`: column, direction and steps of each feature; `weights_` of all
    steps in their order, `intercept_`.
    """

    def fit(self, X: Floats, y: Hits) -> Self:
        """Choose steps at even shares of the examples, and their weights by projected gradients
        with momentum on the penalised likelihood."""
        self.classes_ = np.array([0, 1])
        self.places_ = np.array([NAMES.index(name) for name in READ])
        self.signs_ = np.array([-1.0 if name in _LOWERS else 1.0 for name in READ])
        turned = X[:, self.places_] * self.signs_
        self.steps_ = [_steps(column) for column in turned.T]
        self.weights_, self.intercept_ = _weights(self._passed(X), np.asarray(y, dtype=float))
        return self

    def predict_proba(self, X: Floats) -> Floats:
        """The chances of no trouble and of trouble, before they are set straight. Added up feature
        by feature: a product of matrices gives other bits to a row alone than among others."""
        odds, used = np.full(len(X), float(self.intercept_)), 0
        for place, sign, steps in zip(self.places_, self.signs_, self.steps_, strict=True):
            weights = self.weights_[used : used + len(steps)]
            reached = np.searchsorted(steps, X[:, place] * sign, side="right")
            odds += np.concatenate([[0.0], np.cumsum(weights)])[reached]
            used += len(steps)
        p: Floats = 1 / (1 + np.exp(-odds))
        return np.column_stack([1 - p, p])

    def _passed(self, X: Floats) -> Any:
        turned = X[:, self.places_] * self.signs_
        parts = [
            column[:, None] >= steps for column, steps in zip(turned.T, self.steps_, strict=True)
        ]
        return np.concatenate(parts, axis=1).astype(np.float32)


def _steps(column: Floats) -> Floats:
    """Values at even shares of the examples, without the least."""
    found = np.unique(np.quantile(column, np.linspace(0, 1, _STEPS + 1), method="higher"))
    rare = np.unique(np.quantile(column, (0.95, 0.98), method="higher"))
    kept = np.unique(np.r_[found, rare])
    steps: Floats = kept[kept > column.min()]
    return steps


def _weights(passed: Any, y: Floats) -> tuple[Floats, float]:
    base = y.mean()
    intercept, weights = float(np.log(base / (1 - base))), np.zeros(passed.shape[1])
    if not len(weights):
        return weights, intercept
    size = len(y)
    centre = passed.mean(axis=0, dtype=np.float64)
    bound = 0.25 * _largest(passed - centre.astype(np.float32)) / size + _PENALTY / size
    ahead, ahead_0, pace = weights, intercept, 1.0
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-((passed @ ahead - centre @ ahead) + ahead_0)))
        off = (p - y).astype(np.float32)
        slope = (passed.T @ off - centre * off.sum()) / size + _PENALTY * ahead / size
        new, new_0 = np.maximum(ahead - slope / bound, 0), ahead_0 - 4 * float(off.mean())
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        push = (pace - 1) / faster
        ahead, ahead_0 = new + push * (new - weights), new_0 + push * (new_0 - intercept)
        weights, intercept, pace = new, new_0, faster
    return weights, intercept - float(centre @ weights)


def _largest(table: Any) -> float:
    """The largest eigenvalue of a table's own product, by powers."""
    found = np.ones(table.shape[1])
    for _ in range(20):
        grown = table.T @ (table @ found)
        found = grown / np.linalg.norm(grown)
    return float(np.linalg.norm(table.T @ (table @ found))) * 1.05
