"""Does a model earn its place? Tests that it must all pass; the one that failed is named.

A figure is compared beyond noise: the lower bound of a paired 95 % bootstrap interval of the gain.
"""

from collections.abc import Mapping

from msgspec import Struct

SLOPE = (0.8, 1.2)
OF_BASE_RATE = 0.15  # so much of the base rate may the calibration error be


class Interval(Struct, frozen=True):
    """A figure with its 95 % bounds."""

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Does the interval have this value in it?"""
        return self.low <= value <= self.high


class GroupFigures(Struct, frozen=True):
    """How a group fares: its rows, those in trouble, recall and precision at capacity, and what was
    expected over what came."""

    rows: int
    trouble: int
    recall: Interval
    precision: Interval
    ratio: Interval


class Evidence(Struct, frozen=True):
    """What a model is judged by, out of rows it has not seen.

    Gains are over the scorecard on the same rows. `top_ratio`: what was expected among the first K
    over what came; `decile_ratios` the same by tenths of the probability, lowest first. `groups`:
    the gain in recall for each priority group.
    """

    gain_at_capacity: Interval
    gain_average_precision: Interval
    top_ratio: Interval
    decile_ratios: tuple[Interval, ...]
    slope: float
    brier_skill: float
    calibration_error: float
    calibration_noise: float
    base_rate: float
    groups: Mapping[str, Interval]


class Test(Struct, frozen=True):
    """One test: whether it was passed, what was measured, and what was asked."""

    name: str
    passed: bool
    measured: float
    asked: str


def tests(found: Evidence) -> list[Test]:
    """All tests, in the order in which they are told."""
    most = max(found.calibration_noise, OF_BASE_RATE * found.base_rate)
    wrong = [one for one in found.decile_ratios if not one.holds(1)]
    return [
        _above("gain_at_capacity", found.gain_at_capacity),
        _above("gain_in_average_precision", found.gain_average_precision),
        Test(
            "expected_over_observed_at_capacity",
            found.top_ratio.holds(1),
            found.top_ratio.value,
            "1 within its interval",
        ),
        Test(
            "expected_over_observed_by_decile",
            not wrong,
            float(len(wrong)),
            "0 tenths beyond noise",
        ),
        Test(
            "calibration_slope",
            SLOPE[0] <= found.slope <= SLOPE[1],
            found.slope,
            f"{SLOPE[0]} to {SLOPE[1]}",
        ),
        Test("brier_skill", found.brier_skill > 0, found.brier_skill, "above 0"),
        Test(
            "calibration_error",
            found.calibration_error <= most,
            found.calibration_error,
            f"at most {most:.4f}",
        ),
        *(
            Test(f"recall_of_{name}", gain.high >= 0, gain.value, "no fall beyond noise")
            for name, gain in found.groups.items()
        ),
    ]


def failed(found: Evidence) -> list[Test]:
    """The tests that stand in the way of promotion; none when the model may take the scorecard's
    place."""
    return [test for test in tests(found) if not test.passed]


def _above(name: str, gain: Interval) -> Test:
    return Test(name, gain.low > 0, gain.value, f"its lower bound above 0, which is {gain.low:.4f}")
