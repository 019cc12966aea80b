"""The evidence for the gate, out of rows that a model has not seen."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.risk import measures
from models.risk.gate import Evidence, GroupFigures, Interval
from models.risk.lists import Lists, interval
from models.risk.measures import EVERY, Floats
from models.risk.table import Examples

_LEAST = 20  # in trouble, for a group to be judged
_EXPECTED = 5  # in trouble, for a tenth to be judged by itself
_QUARTER = 91  # days
_DRAWS = 200
PRIORITY = ("children", "young", "old")  # whom a municipality puts first
KINDS = ("age", "children", "district", "kind")  # fields of `models.risk.examples.Groups`


def evidence(
    rows: Examples,
    p: Floats,
    model: Lists,
    card: Lists,
    weights: Sequence[Floats],
    chance: np.random.Generator,
) -> Evidence:
    """What is measured of the probabilities `p` of `rows`, beside the scorecard."""
    first = np.isin(np.arange(len(p)), model.first())
    return Evidence(
        gain_at_capacity=_gain(model.precision, card.precision, weights),
        gain_average_precision=_gain(
            model.whole.average_precision, card.whole.average_precision, weights
        ),
        top_ratio=ratio_of(rows, p, first, weights, 0.05),
        decile_ratios=tuple(ratio_of(rows, p, part, weights, 0.05 / EVERY) for part in _tenths(p)),
        slope=round(measures.calibration_line(rows.hit, p)[1], 4),
        brier_skill=round(measures.brier_skill(rows.hit, p), 4),
        calibration_error=round(measures.calibration_error(rows.hit, p), 4),
        calibration_noise=round(measures.calibration_noise(p, chance, _windows(rows)), 4),
        base_rate=round(float(rows.hit.mean()), 4),
        groups={
            name: _gain_among(rows, which, model, card, weights)
            for name, which in priority_groups(rows)
            if rows.hit[which].sum() >= _LEAST
        },
    )


def evidence_by_group(
    rows: Examples, p: Floats, capacity: int, chance: np.random.Generator
) -> dict[str, dict[str, GroupFigures]]:
    """The figures of each group by age, children, district and kind of lease, but for those with
    too little trouble to say anything."""
    first = np.isin(np.arange(len(p)), Lists(rows, p, capacity).first())
    weights = list(measures.resampled(rows.lease, chance, _DRAWS))
    found: dict[str, dict[str, GroupFigures]] = {}
    for kind in KINDS:
        names = np.array([getattr(one, kind) for one in rows.groups])
        for name in np.unique(names).tolist():
            which = names == name
            if rows.hit[which].sum() >= _LEAST:
                found.setdefault(kind, {})[name] = _figures(rows, p, which, first, weights)
    return found


def _figures(
    rows: Examples,
    p: Floats,
    which: NDArray[np.bool_],
    first: NDArray[np.bool_],
    weights: Sequence[Floats],
) -> GroupFigures:
    hit, visited = which & rows.hit, which & first

    def share(part: NDArray[np.bool_], of: NDArray[np.bool_]) -> Interval:
        return interval(_part(part, of), [_part(part, of, w) for w in weights])

    return GroupFigures(
        int(which.sum()),
        int(hit.sum()),
        share(hit & first, hit),
        share(hit & first, visited),
        ratio_of(rows, p, which, weights, 0.05),
    )


def _part(part: NDArray[np.bool_], of: NDArray[np.bool_], w: Floats | None = None) -> float:
    """The share of the rows `of` that are in `part`."""
    weight = np.ones(len(of)) if w is None else w
    whole = (weight * of).sum()
    return float((weight * part).sum() / whole) if whole else float("nan")


def priority_groups(rows: Examples) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Those whom a municipality puts first, by name."""
    groups = rows.groups
    children, young, old = PRIORITY
    yield children, np.array([one.children == "yes" for one in groups], dtype=bool)
    yield young, np.array([one.age == "young" for one in groups], dtype=bool)
    yield old, np.array([one.age == "old" for one in groups], dtype=bool)


def _gain(
    model: Callable[[Floats | None], float],
    card: Callable[[Floats | None], float],
    weights: Sequence[Floats],
) -> Interval:
    return interval(model(None) - card(None), [model(w) - card(w) for w in weights])


def _gain_among(
    rows: Examples,
    which: NDArray[np.bool_],
    model: Lists,
    card: Lists,
    weights: Sequence[Floats],
) -> Interval:
    """The gain in recall of a group: the share of its own trouble that the list has in it."""
    hit = rows.hit & which
    marks = [np.bincount(one.first(), minlength=len(hit)) for one in (model, card)]

    def gain(w: Floats | None) -> float:
        weight = hit.astype(np.float64) if w is None else hit * w
        total = weight.sum()
        return float((weight * (marks[0] - marks[1])).sum() / total) if total else float("nan")

    return interval(gain(None), [gain(w) for w in weights])


def _tenths(p: Floats) -> list[NDArray[np.bool_]]:
    """Tenths by probability, lowest first; those of whom hardly any trouble is expected together,
    for nothing can be said of them by themselves."""
    found: list[NDArray[np.int64]] = []
    waiting = np.zeros(0, dtype=np.int64)
    for part in np.array_split(np.argsort(p, kind="stable"), EVERY):
        waiting = np.concatenate([waiting, part])
        if p[waiting].sum() >= _EXPECTED:
            found.append(waiting)
            waiting = waiting[:0]
    return [np.isin(np.arange(len(p)), part) for part in found]


def _windows(rows: Examples) -> NDArray[np.int64]:
    """Which rows see the same trouble: looks at one lease within a quarter, whose windows overlap.
    What chance does to one it does to all of them."""
    found: NDArray[np.int64] = rows.lease * 100_000 + rows.day // _QUARTER
    return found


def ratio_of(
    rows: Examples,
    p: Floats,
    which: NDArray[np.bool_],
    weights: Sequence[Floats],
    outside: float,
) -> Interval:
    """What was expected over what came; where nothing came, one half stands for it."""
    hit, expected = rows.hit[which].astype(np.float64), p[which]

    def of(w: Floats) -> float:
        return float((w * expected).sum() / max((w * hit).sum(), 0.5))

    drawn = [of(w[which]) for w in weights]
    return interval(of(np.ones(len(hit))), drawn, outside)
