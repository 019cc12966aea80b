"""How leases are kept in memory: as they are, or in their stored form. What is lent to a frame that
fails is as it was before."""

from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import ExitStack
from typing import Protocol, TypeVar

from models.lease.state import Lease, decode, encode

K = TypeVar("K")
V = TypeVar("V")


class Leases(Protocol):
    """How a memory store keeps its leases."""

    def lend(self, names: Iterable[str], undo: ExitStack) -> dict[str, Lease]:
        """Those of the names that are kept, as last kept; the borrower may change them."""

    def keep(self, leases: Mapping[str, Lease], undo: ExitStack) -> None:
        """Keep leases, most of which were lent last."""


class LiveLeases:
    """Keeps leases as they are, by id in `found`. What is lent may come to be half changed, so its
    stored form is kept meanwhile; it is read only if a fold fails."""

    def __init__(self, found: dict[str, Lease] | None = None) -> None:
        self.found = found if found is not None else {}
        self._lent: dict[str, bytes] = {}

    def lend(self, names: Iterable[str], undo: ExitStack) -> dict[str, Lease]:
        """See `Leases`."""
        self._take_back()
        undo.callback(self._take_back)
        lent = {name: lease for name in names if (lease := self.found.get(name)) is not None}
        self._lent = {name: encode(lease) for name, lease in lent.items()}
        return lent

    def keep(self, leases: Mapping[str, Lease], undo: ExitStack) -> None:
        """See `Leases`."""
        undo.callback(self._put_back, {name: self._lent.get(name) for name in leases})
        self._lent = {}
        self.found.update(leases)

    def _take_back(self) -> None:
        for name, state in self._lent.items():
            self.found[name] = decode(state)
        self._lent = {}

    def _put_back(self, before: Mapping[str, bytes | None]) -> None:
        for name, state in before.items():
            if state is None:
                del self.found[name]
            else:
                self.found[name] = decode(state)


class PackedLeases:
    """Keeps leases in their stored form, by id in `rows`, as a database does: nothing passes from
    one frame to the next but what is stored."""

    def __init__(self, rows: MutableMapping[str, bytes] | None = None) -> None:
        self.rows: MutableMapping[str, bytes] = {} if rows is None else rows

    def lend(self, names: Iterable[str], undo: ExitStack) -> dict[str, Lease]:
        """See `Leases`."""
        states = ((name, self.rows.get(name)) for name in names)
        return {name: decode(state) for name, state in states if state is not None}

    def keep(self, leases: Mapping[str, Lease], undo: ExitStack) -> None:
        """See `Leases`."""
        update(self.rows, {name: encode(lease) for name, lease in leases.items()}, undo)


def update(kept: MutableMapping[K, V], changed: Mapping[K, V], undo: ExitStack) -> None:
    """Take on what changed, until it is undone. No value may be None."""
    if not changed:
        return
    before = {key: kept.get(key) for key in changed}

    def put_back() -> None:
        for key, value in before.items():
            if value is None:
                del kept[key]
            else:
                kept[key] = value

    undo.callback(put_back)
    kept.update(changed)
