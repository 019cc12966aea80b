"""How many items of one kind a lease keeps, and in which order."""

from bisect import insort
from typing import Any

import msgspec

from models.lease.account import Outcome

KEPT_SIGNALS = 60  # of each kind on one lease
_pack = msgspec.msgpack.Encoder().encode


def keep(items: list[Any], item: Any) -> Outcome:
    """Keep the newest `KEPT_SIGNALS` different items, in an order of their own."""
    if item in items:
        return Outcome.REPEAT
    insort(items, item, key=_pack)
    del items[:-KEPT_SIGNALS]
    return Outcome.APPLIED
