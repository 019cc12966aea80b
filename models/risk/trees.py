"""Boosted trees asked for many rows at once, as they are and with each family put aside.

A tree of at most eight leaves is a byte a row: a test that the row fails takes away the leaves to
its left, and the first leaf that stays is the row's (Lucchese et al., QuickScorer, 2015). So tests
and trees are asked one after the other, each for all rows, about ten times as fast as scikit-learn
asks row by row; the sums are of the same values in the same order, and so are their bits, whatever
rows are asked together. To put a family aside only the trees that test it are asked again.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.risk.measures import Floats
from models.risk.neutral import FAMILIES, FAMILY_OF, put_aside, telling

Bytes = NDArray[np.uint8]
_LEAVES, _ALL = 8, 255
_BLOCK = 8192  # rows: a block's tests stay near the processor


class Tree(Struct, frozen=True):
    """`tests`: a test's number and the leaves that stay where it fails; `values` by the byte of
    leaves that stay; the families that it tests."""

    tests: tuple[tuple[int, int], ...]
    values: Floats
    families: frozenset[int]


class Trees(Struct, frozen=True):
    """`tests` (column, the most that passes) are shared by all trees; `base` is the log odds that
    the trees add to."""

    tests: tuple[tuple[int, float], ...]
    trees: tuple[Tree, ...]
    base: float


@lru_cache(maxsize=16)
def trees_of(estimator: Any) -> Trees | None:
    """The trees of a boosted estimator; None for any other, and for larger trees."""
    rounds = getattr(estimator, "_predictors", None)
    if rounds is None or any(one.nodes["is_leaf"].sum() > _LEAVES for (one,) in rounds):
        return None
    tests: dict[tuple[int, float], int] = {}
    trees = tuple(_tree(one.nodes, tests) for (one,) in rounds)
    return Trees(tuple(tests), trees, float(estimator._baseline_prediction.item()))


def _tree(nodes: Any, tests: dict[tuple[int, float], int]) -> Tree:
    found: list[tuple[int, int]] = []
    values: list[float] = []
    families = set[int]()

    def leaves(at: int) -> int:
        node = nodes[at]
        if node["is_leaf"]:
            values.append(float(node["value"]))
            return 1 << (len(values) - 1)
        left, right = leaves(int(node["left"])), leaves(int(node["right"]))
        column = int(node["feature_idx"])
        number = tests.setdefault((column, float(node["num_threshold"])), len(tests))
        found.append((number, _ALL & ~left))
        families.add(FAMILY_OF[column])
        return left | right

    leaves(0)
    first = [(byte & -byte).bit_length() - 1 for byte in range(_ALL + 1)]
    by_byte = np.array([values[at] if 0 <= at < len(values) else 0.0 for at in first])
    return Tree(tuple(found), by_byte, frozenset(families))


def odds(trees: Trees, X: Floats) -> tuple[Floats, Floats]:
    """The log odds of each row, and a row a family with that family put aside."""
    whole, without = np.empty(len(X)), np.empty((len(FAMILIES), len(X)))
    for start in range(0, len(X), _BLOCK):
        block = slice(start, start + _BLOCK)
        whole[block], without[:, block] = _odds(trees, X[block])
    return whole, without


def _odds(trees: Trees, X: Floats) -> tuple[Floats, Floats]:
    passed = _passed(trees, X)
    whole, parts = np.full(len(X), trees.base), np.zeros((len(FAMILIES), len(X)))
    for tree in trees.trees:
        added = _values(tree, passed)
        whole += added
        for family in tree.families:
            parts[family] += added
    without = np.repeat(whole[None], len(FAMILIES), axis=0)
    for family in range(len(FAMILIES)):
        rows = telling(X, family)
        if len(rows):
            left = _sum(trees, family, put_aside(X[rows], family))
            without[family, rows] += left - parts[family, rows]
    return whole, without


def _passed(trees: Trees, X: Floats) -> Bytes:
    """A row a test, a column a row of `X`: all bits where it passes."""
    turned = np.ascontiguousarray(X.T)
    found = np.empty((len(trees.tests), len(X)), dtype=np.uint8)
    for row, (column, most) in zip(found, trees.tests, strict=True):
        np.less_equal(turned[column], most, out=row.view(np.bool_))
    return np.negative(found, out=found)


def _values(tree: Tree, passed: Bytes) -> Floats:
    """What a tree says of each column of `passed`."""
    left = np.full(passed.shape[1], _ALL, dtype=np.uint8)
    room = np.empty_like(left)
    for number, stay in tree.tests:
        left &= np.bitwise_or(passed[number], stay, out=room)
    said: Floats = tree.values[left]
    return said


def _sum(trees: Trees, family: int, X: Floats) -> Floats:
    """What the trees that test a family say of each row."""
    passed, found = _passed(trees, X), np.zeros(len(X))
    for tree in trees.trees:
        if family in tree.families:
            found += _values(tree, passed)
    return found
