"""What a lease with nothing to tell says of each family of features: what removing a family means.

A reason is told of a family and not of a feature: the features of one say the same thing in several
ways, and to put one of them aside leaves it said by the others.
"""

import numpy as np
from numpy.typing import NDArray

from models.risk.features import FEATURES, NAMES, NO_HISTORY
from models.risk.measures import Floats
from models.risk.reading import HABIT, NO_CONTACT

_WHOLE = 1.0  # a bill, or a mean of bills, that came in whole

# Of all others nothing is neutral: no rent late or paid ahead, no debt, no debit that failed, no
# reminder, no plan; each rent paid on its last day, so that no habit is broken. No contact is what
# is known of most homes. Six rents make a habit; to know more is nothing that a tenant did.
_OTHERS = {
    "rents_since_late": float(NO_HISTORY),
    "paid_last": _WHOLE,
    "paid_before": _WHOLE,
    **{f"paid_{kind}_{span}": _WHOLE for kind in ("mean", "least") for span in (3, 6, 12)},
    "contact_days": float(NO_CONTACT),
    "rents_known": float(HABIT),
}
NEUTRAL: Floats = np.array([_OTHERS.get(name, 0.0) for name in NAMES])
FAMILIES = tuple(dict.fromkeys(feature.family for feature in FEATURES))
FAMILY_OF = tuple(FAMILIES.index(feature.family) for feature in FEATURES)  # of each column


def telling(X: Floats, family: int) -> NDArray[np.int64]:
    """The rows in which one of `FAMILIES` is not neutral."""
    own = _columns(family)
    said, neutral = X[:, own], NEUTRAL[own]
    other = said < neutral if FAMILIES[family] == "history" else said != neutral
    return np.flatnonzero(other.any(axis=1))


def put_aside(X: Floats, family: int) -> Floats:
    """The rows with one of `FAMILIES` neutral."""
    own, found = _columns(family), X.copy()
    found[:, own] = NEUTRAL[own]
    return found


def _columns(family: int) -> NDArray[np.int64]:
    return np.flatnonzero(np.array(FAMILY_OF) == family)
