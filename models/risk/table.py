"""Examples side by side, in arrays: some hundred bytes each, whatever the history."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.risk.examples import Example, Groups
from models.risk.features import features, numbers
from models.risk.measures import Floats, Whole

_BLOCK = 4096


class Examples(Struct, frozen=True):
    """A row an example: features, which lease, the day and the days until trouble (-1 for none),
    the scorecard's points, days and öre unpaid, whether rent is owed, and the groups."""

    features: Floats
    lease: Whole
    day: Whole
    days_until: Whole
    points: Whole
    oldest: Whole
    owed_ore: Whole
    owes: NDArray[np.bool_]
    groups: tuple[Groups, ...]

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Did trouble come?"""
        found: NDArray[np.bool_] = self.days_until >= 0
        return found

    def where(self, kept: NDArray[np.bool_]) -> "Examples":
        """Some of the rows."""
        columns: dict[str, Any] = {
            name: getattr(self, name)[kept] for name in self.__struct_fields__ if name != "groups"
        }
        return Examples(**columns, groups=tuple(self.groups[at] for at in np.flatnonzero(kept)))


def table(found: Iterable[Example]) -> Examples:
    """Examples in arrays; leases are numbered as they come."""
    tables: list[Floats] = []
    columns: list[tuple[int, ...]] = []
    groups: list[Groups] = []
    places: dict[str, int] = {}
    held: list[Example] = []
    same: dict[Groups, Groups] = {}
    for one in found:
        held.append(one)
        until = -1 if one.trouble_on is None else (one.trouble_on - one.day).days
        reading = one.reading
        columns.append(
            (
                places.setdefault(one.lease_id, len(places)), one.day.toordinal(), until,
                one.points, reading.oldest, reading.owed_ore, int(one.owes),
            )
        )  # fmt: skip
        groups.append(same.setdefault(one.groups, one.groups))
        if len(held) == _BLOCK:
            tables.append(features(numbers([each.reading for each in held])))
            held.clear()
    tables.append(features(numbers([each.reading for each in held])))
    lease, day, days_until, points, oldest, owed, owes = (
        np.array(columns, dtype=np.int64).reshape(len(columns), 7).T
    )
    return Examples(
        np.concatenate(tables),
        lease,
        day,
        days_until,
        points,
        oldest,
        owed,
        owes == 1,
        tuple(groups),
    )
