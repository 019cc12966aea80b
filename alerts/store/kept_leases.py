"""How leases are kept in memory: as they are, or in their stored form. What is lent to a frame that
fails is as it was before."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import partial
from typing import Protocol, TypeVar

from models.lease.state import Lease, decode, encode

K = TypeVar("K")
V = TypeVar("V")
Undo = list[Callable[[], object]]  # steps that undo a transaction, to be taken last to first


class Leases(Protocol):
    """How a memory store keeps its leases."""

    def lend(self, names: Iterable[str], undo: Undo) -> dict[str, Lease]:
        """Those of the names that are kept, as last kept; the borrower may change them."""

    def keep(self, leases: Mapping[str, Lease], undo: Undo) -> None:
        """Keep leases, most of which were lent last."""

    def drop(self, names: Iterable[str], undo: Undo) -> None:
        """Keep those no more that were lent last. Before `keep`."""


class LiveLeases:
    """Keeps leases as they are, by id in `found`. What is lent may come to be half changed, so its
    stored form is kept meanwhile; it is read only if a fold fails."""

    def __init__(self, found: dict[str, Lease] | None = None) -> None:
        self.found = found if found is not None else {}
        self._lent: dict[str, bytes] = {}

    def lend(self, names: Iterable[str], undo: Undo) -> dict[str, Lease]:
        """See `Leases`."""
        self._take_back()
        undo.append(self._take_back)
        lent = {name: lease for name in names if (lease := self.found.get(name)) is not None}
        self._lent = {name: encode(lease) for name, lease in lent.items()}
        return lent

    def drop(self, names: Iterable[str], undo: Undo) -> None:
        """See `Leases`."""
        gone = {name: self._lent.pop(name) for name in names if name in self._lent}
        undo.append(partial(self._put_back, gone))
        for name in gone:
            del self.found[name]

    def keep(self, leases: Mapping[str, Lease], undo: Undo) -> None:
        """See `Leases`."""
        undo.append(partial(self._put_back, {name: self._lent.get(name) for name in leases}))
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
        self._lent: dict[str, bytes] = {}

    def lend(self, names: Iterable[str], undo: Undo) -> dict[str, Lease]:
        """See `Leases`."""
        states = ((name, self.rows.get(name)) for name in names)
        self._lent = {name: state for name, state in states if state is not None}
        return {name: decode(state) for name, state in self._lent.items()}

    def drop(self, names: Iterable[str], undo: Undo) -> None:
        """See `Leases`."""
        gone = {name: self._lent.pop(name) for name in names if name in self._lent}
        undo.append(partial(put_back, self.rows, gone))
        for name in gone:
            del self.rows[name]

    def keep(self, leases: Mapping[str, Lease], undo: Undo) -> None:
        """See `Leases`."""
        undo.append(partial(put_back, self.rows, {name: self._lent.get(name) for name in leases}))
        for name, lease in leases.items():
            self.rows[name] = encode(lease)


def update(kept: MutableMapping[K, V], changed: Mapping[K, V], undo: Undo) -> None:
    """Take on what changed, until it is undone. No value may be None."""
    if not changed:
        return
    undo.append(partial(put_back, kept, {key: kept.get(key) for key in changed}))
    kept.update(changed)


def put_back(kept: MutableMapping[K, V], before: Mapping[K, V | None]) -> None:
    """Make entries what they were, None for those that were not there."""
    for key, value in before.items():
        if value is None:
            del kept[key]
        else:
            kept[key] = value
