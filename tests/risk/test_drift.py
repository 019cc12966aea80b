"""How far values have moved: nothing moved is nothing, and what moved is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.drift import MOVED, STEADY, psi, reference
from models.risk.measures import Floats

VALUES = st.lists(st.integers(-5, 400), min_size=1, max_size=200).map(
    lambda found: np.array(found, dtype=np.float64)
)


@given(VALUES)
def test_values_that_have_not_moved_have_an_index_of_nothing(values: Floats) -> None:
    assert psi(reference(values), values) == pytest.approx(0)


@given(VALUES, VALUES)
def test_it_is_finite_and_never_below_nothing_whatever_came(then: Floats, now: Floats) -> None:
    found = psi(reference(then), now)
    assert np.isfinite(found)
    assert found >= -1e-12


def test_the_index_is_that_of_the_textbook() -> None:
    """Two bins, half and half then, and three to one now: 0.25 ln 1.5 - 0.25 ln 0.5."""
    then = reference(np.array([0.0, 0.0, 1.0, 1.0]))
    found = psi(then, np.array([0.0, 1.0, 1.0, 1.0]))
    assert found == pytest.approx(0.25 * np.log(1.5) - 0.25 * np.log(0.5))


def test_another_sample_of_the_same_town_is_steady_and_another_town_has_moved() -> None:
    chance = np.random.default_rng(1)
    then = reference(chance.gamma(1.0, 10.0, 5_000).round())
    assert psi(then, chance.gamma(1.0, 10.0, 5_000).round()) < STEADY
    assert psi(then, chance.gamma(1.0, 25.0, 5_000).round()) > MOVED
