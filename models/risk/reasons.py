"""The chance of trouble with the three facts that moved it most.

A family of features moves the chance by as much as it changes when the family is put to what a
lease with nothing to tell says of it (`models.risk.neutral`). So a reason is a statement about this
model that can be tried, and costs no call of the model for each feature: equal rows are asked once,
a family that is neutral already is not asked, and trees only where they test it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from models.phrase import Phrase
from models.risk import trees
from models.risk.features import features, numbers
from models.risk.measures import Floats, Whole, kept, log_odds
from models.risk.neutral import FAMILIES, put_aside, telling
from models.risk.reading import Reading
from models.risk.telling import told
from models.risk.training import Model, mean_of

MOST_TOLD = 3
LEAST = 0.005  # what moves the chance by less is not told: it hardly shows in thousandths


class Scored(Struct, frozen=True):
    """The chance of trouble in thousandths, and what moved it, the most first."""

    chance: int
    reasons: tuple[Phrase, ...]


def scored(model: Model, rows: Sequence[Reading]) -> list[Scored]:
    """The chance and the reasons of each reading; the same alone and among any others."""
    if not rows:
        return []
    whole = numbers(rows)
    first, place = _different(whole)
    chance, moves = moved(model, features(whole[first]))
    thousandths = np.rint(chance * 1000).astype(int).tolist()
    order = np.argsort(-np.abs(moves), axis=1, kind="stable").tolist()
    found = [
        Scored(one, _reasons(rows[at], by, falling))
        for at, one, by, falling in zip(first, thousandths, moves.tolist(), order, strict=True)
    ]
    return [found[at] for at in place]


def moved(model: Model, X: Floats) -> tuple[Floats, Floats]:
    """The chance of each row of features, and a row of how much each of `FAMILIES` raised it."""
    as_is, aside = list[Floats](), list[Floats]()
    for member in model.members:
        whole, without = _odds(member.estimator, X)
        as_is.append(member.straight(whole))
        aside.append(member.straight(without))
    chance = mean_of(as_is)
    return chance, (chance - mean_of(aside)).T


def _different(rows: Whole) -> tuple[list[int], list[int]]:
    """Where each different row comes first, and which of them each row is."""
    kinds: dict[bytes, int] = {}
    place = [kinds.setdefault(row.tobytes(), len(kinds)) for row in rows]
    first: dict[int, int] = {}
    for at, kind in enumerate(place):
        first.setdefault(kind, at)
    return list(first.values()), place


def _odds(estimator: Any, X: Floats) -> tuple[Floats, Floats]:
    """An estimator's log odds of each row, and a row a family with that family put aside."""
    known = trees.trees_of(estimator)
    if known is not None:
        whole, without = trees.odds(known, X)
        return kept(whole), kept(without)
    whole = log_odds(estimator.predict_proba(X)[:, 1])
    without = np.repeat(whole[None], len(FAMILIES), axis=0)
    for family in range(len(FAMILIES)):
        rows = telling(X, family)
        if len(rows):
            aside = put_aside(X[rows], family)
            without[family, rows] = log_odds(estimator.predict_proba(aside)[:, 1])
    return whole, without


def _reasons(
    reading: Reading, moves: Sequence[float], falling: Sequence[int]
) -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    for family in falling:
        move = moves[family]
        if abs(move) < LEAST or len(found) == MOST_TOLD:
            break
        said = told(FAMILIES[family], reading, raises=move > 0)
        if said is not None:
            found.append(said)
    return tuple(found)
