"""Trained on the past and judged on what came later, again and again: temporal rolling origin."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

BLOCKS = 4
_MONTH = timedelta(days=28)
WARM_UP = timedelta(days=180)


class Block(NamedTuple):
    """Looks to learn from, and later ones to be judged on: what came of every look that is learnt
    from was known when the first of the others was made."""

    learn: tuple[date, ...]
    judge: tuple[date, ...]


def looks(first_due_on: date, through: date, horizon: timedelta) -> list[date]:
    """Every fourth week from half a year after the first bill, as long as all of the horizon is
    known."""
    found, day = [], through - horizon
    while day >= first_due_on + WARM_UP:
        found.append(day)
        day -= _MONTH
    return found[::-1]


def blocks(days: Sequence[date], horizon: timedelta, count: int = BLOCKS) -> Iterator[Block]:
    """The later half of the looks in `count` blocks, each with all that may be learnt from."""
    days = sorted(days)
    later = days[len(days) // 2 :]
    size = max(1, -(-len(later) // count))
    for at in range(0, len(later), size):
        judge = tuple(later[at : at + size])
        learn = tuple(day for day in days if day + horizon <= judge[0])
        if learn:
            yield Block(learn, judge)
