"""The tabs above a caseworker's lists, with how many tasks there are on those beside."""

from msgspec import Struct

from alerts.views.lists.list_counts import ListCounts
from alerts.web.links import link

NAMES = ("today", "waiting", "outcomes", "done", "everyone")


class Tab(Struct, frozen=True):
    """A tab; `count` is None where it is not counted."""

    name: str
    address: str
    count: int | None
    here: bool


def tabs(counts: ListCounts, here: str) -> list[Tab]:
    """All tabs; the one that is open is marked."""
    told = {"waiting": counts.waiting, "outcomes": counts.planned}
    return [Tab(name, link(name), told.get(name), name == here) for name in NAMES]
