"""Models out of examples: dealt by lease, set straight on what was not seen, and bound."""

import numpy as np
import pytest

from alerts.learning.estimators import READ, WeightedSteps, boosted, weighted
from models.risk import measures
from models.risk.features import DIRECTIONS, NAMES
from models.risk.training import dealt, train

ROWS = 3000
CHANCE = np.random.default_rng(3)
X = np.zeros((ROWS, len(NAMES)))
DEBT, AHEAD = NAMES.index("debt_rents"), NAMES.index("rents_ahead")
X[:, DEBT] = CHANCE.exponential(0.5, ROWS)
X[:, AHEAD] = CHANCE.exponential(0.5, ROWS)
TRUE = 1 / (1 + np.exp(2 - 2 * X[:, DEBT] + X[:, AHEAD]))
Y = CHANCE.random(ROWS) < TRUE
LEASES = np.arange(ROWS) // 3


def test_all_looks_at_a_lease_are_held_out_together_and_each_row_once() -> None:
    parts = np.array(list(dealt(LEASES, Y, np.random.default_rng(1), 4)))
    assert (parts.sum(axis=0) == 1).all()
    for lease in range(0, 30):
        assert len({tuple(column) for column in parts[:, lease == LEASES].T}) == 1


def test_too_little_trouble_is_said_and_not_learnt_from() -> None:
    with pytest.raises(ValueError, match="too few leases came into trouble"):
        train(weighted, X, np.zeros(ROWS, dtype=bool), LEASES, np.random.default_rng(1))


@pytest.mark.parametrize("make", [weighted, boosted])
def test_a_model_is_calibrated_and_finds_what_there_is(make: object) -> None:
    model = train(make, X[:2000], Y[:2000], LEASES[:2000], np.random.default_rng(1))  # type: ignore[arg-type]
    p = model.probability(X[2000:])
    assert measures.auc(Y[2000:], p) > measures.auc(Y[2000:], TRUE[2000:]) - 0.03
    assert 0.75 < measures.calibration_line(Y[2000:], p)[1] < 1.3


def test_the_same_seed_gives_the_same_model() -> None:
    one, two = (
        train(weighted, X, Y, LEASES, np.random.default_rng(5)).probability(X) for _ in range(2)
    )
    assert one.tobytes() == two.tobytes()


@pytest.mark.parametrize("make", [weighted, boosted])
def test_more_debt_never_lowers_the_risk_and_more_paid_ahead_never_raises_it(make: object) -> None:
    model = train(make, X, Y, LEASES, np.random.default_rng(1))  # type: ignore[arg-type]
    for place, sign in ((DEBT, 1), (AHEAD, -1)):
        grown = np.zeros((50, len(NAMES)))
        grown[:, place] = np.linspace(0, 4, 50)
        assert (np.diff(model.probability(grown)) * sign >= -1e-12).all()


def test_the_weights_of_the_steps_are_never_below_nothing() -> None:
    steps = WeightedSteps().fit(X, Y)
    assert (steps.weights_ >= 0).all()
    assert len(steps.steps_) == len(READ)
    assert set(DIRECTIONS) == {-1, 0, 1}
