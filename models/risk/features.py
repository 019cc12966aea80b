"""Features of a lease's paying, one definition for training and for the day's list.

Worked out of whole numbers (`models.risk.reading`) for many leases at once. Sums are of integers
and the rest goes element by element, so a lease alone and a million together give the same bits.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.risk.bills import MOST
from models.risk.reading import UNKNOWN, Reading

Whole = NDArray[np.int64]
Table = NDArray[np.float64]
SPANS = (1, 2, 3, 6, 12)  # rents
LATER_THAN = (0, 7, 28)  # days
_SINGLE = (
    "debt", "oldest", "ahead", "coming", "failed", "failed_year", "reminders", "demands", "plan",
    "missed", "contact",
)  # fmt: skip
NO_HISTORY = MOST + 1


class Feature(Struct, frozen=True):
    """A feature's name; its family, which is given as one reason; and whether more of it may only
    raise the risk (1), only lower it (-1), or either (0).

    Bound is what the tenant does about the newest rents and the debt. What sums up a longer time is
    free: to bind it too cost about 0.003 of average precision on the public set (examples/uci).
    """

    name: str
    family: str
    direction: int


def _late(span: int) -> list[Feature]:
    counts = [Feature(f"late_over_{days}_{span}", "late", 0) for days in LATER_THAN]
    return [
        Feature(f"late_max_{span}", "late", 1),
        Feature(f"late_mean_{span}", "late", 0),
        *counts,
    ]


FEATURES = (
    *(feature for span in SPANS for feature in _late(span)),
    Feature("late_streak", "late", 0),
    Feature("rents_since_late", "late", -1),
    Feature("late_trend", "trend", 0),
    Feature("timing_spread", "habit", 0),
    Feature("timing_mean", "habit", 0),
    Feature("habit_shift", "habit", 1),
    Feature("habit_coming", "habit", 1),
    Feature("debt_rents", "debt", 1),
    Feature("oldest_unpaid", "debt", 1),
    Feature("paid_last", "paid", -1),
    Feature("paid_before", "paid", -1),
    *(Feature(f"paid_mean_{span}", "paid", 0) for span in (3, 6, 12)),
    *(Feature(f"paid_least_{span}", "paid", -1) for span in (3, 6, 12)),
    *(Feature(f"paid_nothing_{span}", "paid", 0) for span in (3, 6, 12)),
    *(Feature(f"paid_part_{span}", "paid", 0) for span in (3, 6, 12)),
    Feature("rents_ahead", "ahead", -1),
    Feature("failed_60", "failed", 1),
    Feature("failed_year", "failed", 1),
    Feature("reminders", "reminded", 0),
    Feature("demands", "reminded", 0),
    Feature("plan_runs", "plan", 0),
    Feature("plan_broken", "plan", 1),
    Feature("plan_missed", "plan", 1),
    Feature("contact_days", "contact", 0),
    Feature("rents_known", "history", 0),
)
NAMES = tuple(feature.name for feature in FEATURES)
DIRECTIONS = tuple(feature.direction for feature in FEATURES)


def numbers(readings: Sequence[Reading]) -> Whole:
    """Readings as rows of whole numbers."""
    width = 3 * MOST + len(_SINGLE)
    whole = chain.from_iterable(reading.numbers for reading in readings)
    return np.fromiter(whole, np.int64, len(readings) * width).reshape(-1, width)


def features(rows: Whole) -> Table:
    """The features of rows of `numbers`: a row a lease, a column each of `FEATURES`."""
    late, timing, shares = (rows[:, at : at + MOST] for at in range(0, 3 * MOST, MOST))
    single = dict(zip(_SINGLE, rows[:, 3 * MOST :].T, strict=True))
    columns = [
        *_of_lateness(late),
        *_of_habit(late, timing, single["coming"]),
        single["debt"] / 1000,
        single["oldest"],
        *_of_shares(shares),
        single["ahead"] / 1000,
        *(single[name] for name in ("failed", "failed_year", "reminders", "demands")),
        single["plan"] == 1,
        single["plan"] == 2,
        single["missed"],
        single["contact"],
        (late != UNKNOWN).sum(axis=1),
    ]
    return np.column_stack([column.astype(np.float64) for column in columns])


def _of_lateness(late: Whole) -> list[NDArray[np.generic]]:
    """Largest, mean and counts of the last rents' days late, the streak, and since when."""
    found: list[NDArray[np.generic]] = []
    for span in SPANS:
        last = late[:, :span]
        found += [np.maximum(last.max(axis=1), 0), _mean(last)]
        found += [(last > days).sum(axis=1) for days in LATER_THAN]
    is_late = late > 0
    in_time = ~is_late
    streak = np.where(in_time.any(axis=1), in_time.argmax(axis=1), MOST)
    since = np.where(is_late.any(axis=1), is_late.argmax(axis=1), NO_HISTORY)
    return [*found, streak, since]


def _of_habit(late: Whole, timing: Whole, coming: Whole) -> list[NDArray[np.generic]]:
    """Where lateness goes, how far the days of paying lie apart, and what broke a habit."""
    known = late[:, :6] != UNKNOWN
    trend = np.where(known.all(axis=1), _mean(late[:, :3]) - _mean(late[:, 3:6]), 0.0)
    days = timing[:, :6]
    most = np.where(known, days, -(10**6)).max(axis=1)
    least = np.where(known, days, 10**6).min(axis=1)
    spread = np.where(known.any(axis=1), most - least, 0)
    before = np.sort(timing[:, 1:7], axis=1)[:, 2]
    seven = (late[:, :7] != UNKNOWN).all(axis=1)
    shift = np.where(seven, timing[:, 0] - before, 0)
    return [trend, spread, _masked_mean(days, known), shift, coming]


def _of_shares(shares: Whole) -> list[NDArray[np.generic]]:
    """What came in for the last bills, each with what no bill says where there is none."""
    known = shares != UNKNOWN
    filled = np.where(known, shares, 1000)
    means, least, nothing, part = [], [], [], []
    for span in (3, 6, 12):
        last, there = filled[:, :span], known[:, :span]
        means.append(np.where(there[:, 0], _masked_mean(last, there), 1000) / 1000)
        least.append(last.min(axis=1) / 1000)
        nothing.append((there & (last == 0)).sum(axis=1))
        part.append((there & (last > 0) & (last < 990)).sum(axis=1))
    return [filled[:, 0] / 1000, filled[:, 1] / 1000, *means, *least, *nothing, *part]


def _mean(values: Whole) -> Table:
    """The mean of those known; 0 where none is."""
    return _masked_mean(values, values != UNKNOWN)


def _masked_mean(values: Whole, known: NDArray[np.bool_]) -> Table:
    count = np.maximum(known.sum(axis=1), 1)
    total: Table = np.where(known, values, 0).sum(axis=1) / count
    return total
