"""A history's backtest: every candidate and every simple rule on the same later looks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from alerts.learning.estimators import boosted, weighted
from models.risk import evidence, gate, measures
from models.risk.gate import Evidence, Test
from models.risk.lists import Figures, Lists, figures
from models.risk.measures import Floats, Whole
from models.risk.rolling import blocks
from models.risk.table import Examples
from models.risk.training import TOO_LITTLE, Estimator, Model, train

CANDIDATES: Mapping[str, Callable[[int], Estimator]] = {"steps": weighted, "boosted": boosted}
DRAWS = 200
MOST_LEARNT = 120_000  # rows; more say little more
CAPACITY = 0.05  # of the leases looked at, when the town does not say how many


TOO_SHORT = (
    "the history is too short: half a year to begin with, the horizon to learn from and the "
    "horizon to be judged on, about fourteen months, are needed"
)


class TooLittle(Exception):
    """A history out of which nothing can be learnt; the text says what is needed."""


class Judged(Struct, frozen=True):
    """Rows that were judged, and their probabilities by each candidate, from models of before."""

    rows: Examples
    probabilities: dict[str, Floats]


class Backtest(Struct, frozen=True):
    """What came of it. `chosen` is the candidate with the best average precision; `gate` its tests
    against the scorecard. `nothing_owed` has the figures where no rent is unpaid today."""

    rows: int
    leases: int
    looks: list[date]
    horizon_days: int
    base_rate: float
    owing_nothing: float
    capacity: int
    chosen: str
    methods: dict[str, Figures]
    nothing_owed: dict[str, Figures]
    evidence: Evidence
    gate: list[Test]
    promotable: bool


def judged(
    rows: Examples, horizon: timedelta, seed: int, told: Callable[[], None] = lambda: None
) -> Judged:
    """Every candidate, trained again before each block of later looks. `TooLittle` if there is no
    such block, or too little trouble."""
    chance = np.random.default_rng(seed)
    days = [date.fromordinal(day) for day in np.unique(rows.day).tolist()]
    parts: list[Examples] = []
    found: dict[str, list[Floats]] = {name: [] for name in CANDIDATES}
    why = TooLittle(TOO_SHORT)
    for block in blocks(days, horizon):
        learn = sample(rows.where(_on(rows, block.learn)), chance)
        judge = rows.where(_on(rows, block.judge))
        try:
            models = {name: fitted(make, learn, chance) for name, make in CANDIDATES.items()}
        except TooLittle as error:  # of the first looks; later blocks have more to learn from
            why = error
            continue
        for name, model in models.items():
            found[name].append(model.probability(judge.features))
        parts.append(judge)
        told()
    if not parts:
        raise why
    kept = np.isin(rows.day, np.unique(np.concatenate([part.day for part in parts])))
    whole = rows.where(kept)
    order = np.argsort(np.concatenate([np.flatnonzero(_on_days(rows, part)) for part in parts]))
    return Judged(whole, {name: np.concatenate(p)[order] for name, p in found.items()})


def fitted(make: Callable[[int], Estimator], learn: Examples, chance: np.random.Generator) -> Model:
    """A model of one candidate. `TooLittle` when too little trouble came."""
    try:
        return train(make, learn.features, learn.hit, learn.lease, chance)
    except ValueError:
        raise TooLittle(TOO_LITTLE) from None


def sample(rows: Examples, chance: np.random.Generator) -> Examples:
    """At most `MOST_LEARNT` rows, by whole leases."""
    if len(rows.day) <= MOST_LEARNT:
        return rows
    names = np.unique(rows.lease)
    share = MOST_LEARNT / len(rows.day)
    return rows.where(np.isin(rows.lease, names[chance.random(len(names)) < share]))


def backtest(found: Judged, horizon: timedelta, capacity: int | None, seed: int) -> Backtest:
    """Compare all scores on the rows that were judged."""
    rows, chance = found.rows, np.random.default_rng(seed)
    looks = np.unique(rows.day)
    places = capacity or usual_capacity(rows)
    if not 0 < rows.hit.sum() < len(rows.hit):
        raise TooLittle(TOO_LITTLE)
    weights = list(measures.resampled(rows.lease, chance, DRAWS))
    scores = _scores(rows, found.probabilities)
    lists = {name: Lists(rows, score, places) for name, score in scores.items()}
    measured = {name: figures(each, weights) for name, each in lists.items()}
    chosen = max(CANDIDATES, key=lambda name: measured[name].average_precision.value)
    held = evidence.evidence(
        rows, found.probabilities[chosen], lists[chosen], lists["scorecard"], weights, chance
    )
    tests = gate.tests(held)
    return Backtest(
        rows=len(rows.day),
        leases=len(np.unique(rows.lease)),
        looks=[date.fromordinal(day) for day in looks.tolist()],
        horizon_days=horizon.days,
        base_rate=round(float(rows.hit.mean()), 4),
        owing_nothing=round(float((~rows.owes).mean()), 4),
        capacity=places,
        chosen=chosen,
        methods=measured,
        nothing_owed=_where_nothing_is_owed(rows, scores, places, weights),
        evidence=held,
        gate=tests,
        promotable=all(test.passed for test in tests),
    )


def usual_capacity(rows: Examples) -> int:
    """How many are visited at each look where nobody says so."""
    return max(10, round(CAPACITY * len(rows.day) / len(np.unique(rows.day))))


def _scores(rows: Examples, probabilities: Mapping[str, Floats]) -> dict[str, Floats | Whole]:
    return {
        **probabilities,
        "scorecard": rows.points,
        "latest_status": rows.oldest,
        "largest_debt": rows.owed_ore,
    }


def _where_nothing_is_owed(
    rows: Examples, scores: Mapping[str, Floats | Whole], places: int, weights: Sequence[Floats]
) -> dict[str, Figures]:
    """The figures where every rent that is due is paid; none where nobody of them came into
    trouble."""
    kept = ~rows.owes
    few = rows.where(kept)
    if not 0 < few.hit.sum() < len(few.hit):
        return {}
    part = [w[kept] for w in weights]
    names = [*CANDIDATES, "scorecard"]
    return {name: figures(Lists(few, scores[name][kept], places), part) for name in names}


def _on(rows: Examples, days: Sequence[date]) -> NDArray[np.bool_]:
    return np.isin(rows.day, [day.toordinal() for day in days])


def _on_days(rows: Examples, part: Examples) -> NDArray[np.bool_]:
    return np.isin(rows.day, np.unique(part.day))
