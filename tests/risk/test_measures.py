"""Figures against what they must be by hand, by chance, and by scikit-learn where nothing ties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from models.risk import measures
from models.risk.measures import Ranking

Y = np.array([1, 0, 1, 0, 0])
CHANCE = np.random.default_rng(1)
PAIRS = st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=2, max_size=30).filter(
    lambda rows: len({hit for hit, _ in rows}) == 2
)


@given(PAIRS)
def test_auc_and_average_precision_are_those_of_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    y, score = (np.array(column) for column in zip(*rows, strict=True))
    assert measures.auc(y, score) == pytest.approx(roc_auc_score(y, score))
    assert measures.average_precision(y, score) == pytest.approx(average_precision_score(y, score))


@given(PAIRS, st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_a_weight_counts_a_row_as_often_as_it_is_drawn(
    rows: list[tuple[bool, int]], drawn: list[int]
) -> None:
    y, score = (np.array(column) for column in zip(*rows, strict=True))
    weights = np.array(drawn[: len(y)], dtype=float)
    again = np.repeat(np.arange(len(y)), drawn[: len(y)])
    if len(set(y[again])) == 2:
        assert Ranking(y, score).auc(weights) == pytest.approx(measures.auc(y[again], score[again]))
        assert Ranking(y, score).hits(2, weights) == pytest.approx(
            Ranking(y[again], score[again]).hits(2)
        )


def test_the_tied_at_the_edge_share_the_places_that_are_left() -> None:
    assert measures.top_precision(Y, np.array([3, 2, 2, 2, 1]), 2) == pytest.approx((1 + 1 / 3) / 2)
    assert measures.top_precision(Y, np.zeros(5), 2) == pytest.approx(2 / 5)


def test_true_probabilities_are_calibrated_and_too_extreme_ones_are_told_by_the_slope() -> None:
    p = CHANCE.uniform(0.05, 0.6, 20_000)
    y = CHANCE.random(20_000) < p
    assert measures.calibration_error(y, p) < measures.calibration_noise(p, CHANCE) * 1.2
    intercept, slope = measures.calibration_line(y, p)
    assert intercept == pytest.approx(0, abs=0.1)
    assert slope == pytest.approx(1, abs=0.06)
    extreme = 1 / (1 + np.exp(-2 * measures.log_odds(p)))
    assert measures.calibration_line(y, extreme)[1] == pytest.approx(0.5, abs=0.03)
    assert measures.calibration_error(y, extreme) > 3 * measures.calibration_noise(p, CHANCE)


def test_saying_the_base_rate_to_all_has_no_skill_and_knowing_has_all() -> None:
    assert measures.brier_skill(Y, np.full(5, 0.4)) == pytest.approx(0)
    assert measures.brier_skill(Y, Y.astype(float)) == 1


def test_a_bootstrap_draws_all_looks_at_a_lease_together() -> None:
    groups = np.array(["a", "a", "b", "c"])
    for weights in measures.resampled(groups, CHANCE, 20):
        assert weights[0] == weights[1]
        assert weights[[0, 2, 3]].sum() == 3
