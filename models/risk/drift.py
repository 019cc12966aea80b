"""How far what a model sees has moved from what it learnt from: the population stability index.

PSI sums (now - then) * ln(now / then) over bins of the values then. By the custom of credit scoring
(Siddiqi, Credit Risk Scorecards, 2006) below 0.1 is steady and above 0.25 another population.
"""

import numpy as np

from models.risk.measures import EVERY, Floats
from models.risk.reference import Reference

STEADY, MOVED = 0.1, 0.25
_HALF = 0.5  # a row, in a bin that has none


def reference(values: Floats) -> Reference:
    """Bins of about a tenth each; fewer where many values are the same."""
    at = np.quantile(values, np.arange(1, EVERY) / EVERY, method="higher")
    edges = np.unique(at[at > values.min()]) if len(values) else np.zeros(0)
    return Reference(tuple(edges.tolist()), _shares(values, edges))


def psi(held: Reference, values: Floats) -> float:
    """The index of `values` against the reference; 0 where nothing has moved."""
    then, now = np.array(held.shares), np.array(_shares(values, np.array(held.edges)))
    return float(((now - then) * np.log(now / then)).sum())


def _shares(values: Floats, edges: Floats) -> tuple[float, ...]:
    """The share in each bin; an empty one counts half a row, so that its logarithm is finite."""
    found = np.searchsorted(edges, values, side="right")
    rows = np.maximum(np.bincount(found, minlength=len(edges) + 1).astype(np.float64), _HALF)
    return tuple((rows / rows.sum()).tolist())
