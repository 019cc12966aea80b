"""The gate names the test that stands in the way."""

import msgspec
import pytest

from models.risk.gate import Evidence, Interval, failed

UP, DOWN, ONE = Interval(0.03, 0.01, 0.05), Interval(0.01, -0.01, 0.03), Interval(1.0, 0.9, 1.1)
GOOD = Evidence(
    gain_at_capacity=UP, gain_average_precision=UP, top_ratio=ONE, decile_ratios=(ONE,) * 10,
    slope=1.0, brier_skill=0.2, calibration_error=0.01, calibration_noise=0.008, base_rate=0.1,
    groups={"children": DOWN, "old": UP},
)  # fmt: skip


def test_a_model_that_is_better_calibrated_and_fair_passes() -> None:
    assert failed(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"gain_at_capacity": DOWN}, "gain_at_capacity"),
        ({"gain_average_precision": DOWN}, "gain_in_average_precision"),
        ({"top_ratio": Interval(1.3, 1.1, 1.5)}, "expected_over_observed_at_capacity"),
        (
            {"decile_ratios": (ONE,) * 9 + (Interval(0.5, 0.3, 0.7),)},
            "expected_over_observed_by_decile",
        ),
        ({"slope": 0.79}, "calibration_slope"),
        ({"slope": 1.21}, "calibration_slope"),
        ({"brier_skill": 0.0}, "brier_skill"),
        ({"calibration_error": 0.016}, "calibration_error"),
        ({"groups": {"children": Interval(-0.1, -0.2, -0.01)}}, "recall_of_children"),
    ],
)
def test_each_test_by_itself_refuses_a_worse_model(changed: dict[str, object], name: str) -> None:
    (stands,) = failed(msgspec.structs.replace(GOOD, **changed))
    assert stands.name == name


def test_a_calibration_error_within_chance_or_a_seventh_of_the_base_rate_passes() -> None:
    within_noise = msgspec.structs.replace(GOOD, calibration_error=0.03, calibration_noise=0.03)
    assert failed(within_noise) == []
    assert failed(msgspec.structs.replace(GOOD, calibration_error=0.015)) == []
