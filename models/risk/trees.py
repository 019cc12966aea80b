"""Boosted trees asked for many rows at once, as they are and with each family put aside.

A tree of at most eight leaves is a byte a row: a test that the row fails takes away the leaves to
its left, and the first leaf that stays is the row's (Lucchese et al., QuickScorer, 2015). So tests
and trees are asked one after the other, each for all rows, about ten times as fast as scikit-learn
asks row by row; the sums are of the same values in the same order, and so are their bits, whatever
rows are asked together. To put a family aside only the trees that test it are asked again.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.risk.measures import Floats
from models.risk.neutral import FAMILIES, FAMILY_OF, put_aside, telling

Bytes = NDArray[np.uint8]
_LEAVES, _ALL = 8, 255
_FIRST = [_LEAVES, *((byte & -byte).bit_length() - 1 for byte in range(1, _ALL + 1))]
_BLOCK = 8192  # rows: a block's tests stay near the processor


class Tree(Struct, frozen=True):
    """`tests`: a test's number and the leaves that stay where it fails; `values` by the byte of
    leaves that stay; the families that it tests."""

    tests: tuple[tuple[int, int], ...]
    values: Floats
    families: frozenset[int]


class Trees(Struct, frozen=True):
    """`tests` (column, the most that passes) are shared by all trees; `base` is the log odds that
    the trees add to. `testing`: those of the trees that test a family, by its number."""

    tests: tuple[tuple[int, float], ...]
    trees: tuple[Tree, ...]
    base: float
    testing: tuple["Trees", ...] = ()


@lru_cache(maxsize=16)
def trees_of(estimator: Any) -> Trees | None:
    """The trees of a boosted estimator; None for any other, and for larger trees."""
    rounds = getattr(estimator, "_predictors", None)
    if rounds is None or any(one.nodes["is_leaf"].sum() > _LEAVES for (one,) in rounds):
        return None
    tests: dict[tuple[int, float], int] = {}
    trees = tuple(_tree(one.nodes, tests) for (one,) in rounds)
    whole = Trees(tuple(tests), trees, float(estimator._baseline_prediction.item()))
    testing = tuple(_testing(whole, family) for family in range(len(FAMILIES)))
    return msgspec.structs.replace(whole, testing=testing)


def _testing(whole: Trees, family: int) -> Trees:
    """The trees that test a family, by themselves."""
    places: dict[int, int] = {}
    found = []
    for tree in whole.trees:
        if family in tree.families:
            own = tuple((places.setdefault(at, len(places)), stay) for at, stay in tree.tests)
            found.append(Tree(own, tree.values, tree.families))
    return Trees(tuple(whole.tests[at] for at in places), tuple(found), 0.0)


def _tree(nodes: Any, tests: dict[tuple[int, float], int]) -> Tree:
    names = ("is_leaf", "value", "left", "right", "feature_idx", "num_threshold")
    is_leaf, value, to_left, to_right, column, most = (nodes[name].tolist() for name in names)
    found: list[tuple[int, int]] = []
    values: list[float] = []

    def leaves(at: int) -> int:
        if is_leaf[at]:
            values.append(value[at])
            return 1 << (len(values) - 1)
        left, right = leaves(to_left[at]), leaves(to_right[at])
        test = tests.setdefault((column[at], most[at]), len(tests))
        found.append((test, _ALL & ~left))
        return left | right

    leaves(0)
    by_byte = np.array([values[at] if at < len(values) else 0.0 for at in _FIRST])
    families = frozenset(
        FAMILY_OF[at] for at, leaf in zip(column, is_leaf, strict=True) if not leaf
    )
    return Tree(tuple(found), by_byte, families)


def odds(trees: Trees, X: Floats) -> tuple[Floats, Floats]:
    """The log odds of each row, and a row a family with that family put aside."""
    whole, without = np.empty(len(X)), np.empty((len(FAMILIES), len(X)))
    for start in range(0, len(X), _BLOCK):
        block = slice(start, start + _BLOCK)
        whole[block], without[:, block] = _odds(trees, X[block])
    return whole, without


def _odds(trees: Trees, X: Floats) -> tuple[Floats, Floats]:
    whole, parts = np.full(len(X), trees.base), np.zeros((len(FAMILIES), len(X)))
    for tree, said in _said(trees, X):
        whole += said
        for family in tree.families:
            parts[family] += said
    without = np.repeat(whole[None], len(FAMILIES), axis=0)
    for family, testing in enumerate(trees.testing):
        rows = telling(X, family)
        left = np.zeros(len(rows))
        for _, said in _said(testing, put_aside(X[rows], family)):
            left += said
        without[family, rows] += left - parts[family, rows]
    return whole, without


def _said(trees: Trees, X: Floats) -> Iterator[tuple[Tree, Floats]]:
    """What each tree says of each row; gone when the next is asked."""
    passed, said = _passed(trees, X), np.empty(len(X))
    left, room = (np.empty(len(X), dtype=np.uint8) for _ in range(2))
    for tree in trees.trees:
        left.fill(_ALL)
        for number, stay in tree.tests:
            np.bitwise_or(passed[number], stay, out=room)
            np.bitwise_and(left, room, out=left)
        yield tree, np.take(tree.values, left, out=said, mode="clip")


def _passed(trees: Trees, X: Floats) -> Bytes:
    """A row a test, a column a row of `X`: all bits where it passes."""
    turned = np.ascontiguousarray(X.T)
    found = np.empty((len(trees.tests), len(X)), dtype=np.uint8)
    for row, (column, most) in zip(found, trees.tests, strict=True):
        np.less_equal(turned[column], most, out=row.view(np.bool_))
    return np.negative(found, out=found)
