"""How well a score ranks: two figures, both fair to ties.

Points are few, so many leases share a total. Breaking ties by file order or lease id would make the
figure depend on something that is no score; so both figures are the expectation over every order
of the tied.
"""

from collections.abc import Sequence

import numpy as np


def auc(defaulted: Sequence[bool], score: Sequence[int]) -> float:
    """The chance that one who defaulted scores above one who did not; a tie counts one half.

    ValueError unless there are both.
    """
    if len(set(map(bool, defaulted))) != 2:
        raise ValueError("the area under the curve needs both some who defaulted and some not")
    from sklearn.metrics import roc_auc_score  # takes two seconds

    return float(roc_auc_score(defaulted, score))


def top_decile_precision(defaulted: Sequence[bool], score: Sequence[int]) -> float:
    """The share that defaulted among the tenth with the highest score.

    Whoever is tied at the decile's edge shares the places that are left: the expected precision
    under a random order of the tied. ValueError for fewer than ten rows.
    """
    places = len(score) // 10
    if not places:
        raise ValueError(f"a tenth of {len(score)} rows is nobody; ten are needed")
    hit, points = np.asarray(defaulted, bool), np.asarray(score)
    edge = np.sort(points)[-places]
    above, tied = points > edge, points == edge
    left = places - int(above.sum())
    return float((hit[above].sum() + left * hit[tied].mean()) / places)
