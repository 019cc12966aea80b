"""What has become of a model since: do leases look as they did, and does what it says come true?"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from alerts.learning.backtest import DRAWS, usual_capacity
from alerts.learning.drift import CHANCE, Drift, Look
from alerts.learning.held import Source
from alerts.learning.learnt import learnt
from alerts.learning.manifest import Manifest
from models.risk import measures
from models.risk.drift import psi, reference
from models.risk.evidence import evidence_by_group, ratio_of
from models.risk.features import NAMES
from models.risk.measures import Floats
from models.risk.reference import Reference
from models.risk.table import Examples
from models.risk.training import Model

LOOKED_BACK = timedelta(days=365)


def references(model: Model, rows: Examples) -> dict[str, Reference]:
    """How the features, and the model's chance, lay in what it learnt from."""
    found = {name: reference(rows.features[:, at]) for at, name in enumerate(NAMES)}
    return {CHANCE: reference(model.probability(rows.features)), **found}


def watched(
    model: Model, manifest: Manifest, source: Source, seed: int, step: Callable[[], None]
) -> Drift:
    """How the model does on a source. `TooLittle` where it tells nothing of the last year yet."""
    horizon = timedelta(days=manifest.metrics["backtest"]["horizon_days"])
    through = date.fromisoformat(source.report.through or str(date.min))
    now = learnt(source, timedelta(0), step, through - LOOKED_BACK)
    past = learnt(source, horizon, step, through - horizon - LOOKED_BACK)
    p, chance = model.probability(past.features), np.random.default_rng(seed)
    weights = list(measures.resampled(past.lease, chance, DRAWS))
    return Drift(
        through,
        len(now.day),
        _indices(model, manifest, now),
        [_look(past, p, day, weights) for day in np.unique(past.day).tolist()],
        evidence_by_group(past, p, usual_capacity(past), chance),
    )


def _look(rows: Examples, p: Floats, day: int, weights: Sequence[Floats]) -> Look:
    there = rows.day == day
    ratio = ratio_of(rows, p, there, weights, 0.05)
    return Look(date.fromordinal(day), int(there.sum()), int(rows.hit[there].sum()), ratio)


def _indices(model: Model, manifest: Manifest, now: Examples) -> dict[str, float]:
    columns = {name: now.features[:, at] for at, name in enumerate(NAMES)}
    columns[CHANCE] = model.probability(now.features)
    found = {name: psi(held, columns[name]) for name, held in manifest.reference.items()}
    return dict(sorted(found.items(), key=lambda one: -one[1]))
