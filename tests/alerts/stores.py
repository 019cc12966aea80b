"""Every store behind one face, for the suite that they all pass."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, select

from alerts.fold.changes import Changes
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.proof import checkpoint, stored_state
from alerts.store import schema, setup
from alerts.store.database import open_database
from alerts.store.frames import Folded, Frame
from alerts.store.kept_leases import PackedLeases
from alerts.store.memory import MemoryStore
from alerts.store.protocol import Store
from alerts.store.sql import SqlStore
from alerts.store.writes import history_row
from models.lease.state import Lease, decode
from tests.migrated import migrate

Held = dict[str, Any]


def home(lease_id: str) -> int:
    """Lease 500 has another home."""
    return int(lease_id.endswith(":500"))


class AnyStore:
    """A store of partition 0, and all that it holds."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def fold(self, records: Sequence[Record], *, start: int | None = None) -> Folded:
        """Fold consecutive records, as a frame from `start` or from the first of them."""
        first = records[0].offset if start is None else start
        return self.store.fold(Frame(0, first, records[-1].offset + 1, records))

    def held(self) -> Held:
        """Everything, in forms that can be compared between stores."""
        raise NotImplementedError

    def lease(self, lease_id: str) -> Lease:
        """One lease; KeyError if there is none."""
        leases = [decode(state) for state in self.held()["leases"]]
        return {lease.lease_id: lease for lease in leases}[lease_id]


class InMemory(AnyStore):
    """In memory, leases as they are or packed."""

    store: MemoryStore

    def held(self) -> Held:
        store = self.store
        leases = store.leases.lend(_names(store), [])
        saved = checkpoint.pack(store.partition, leases, store.tasks, store.dead, b"")
        outbox = [(o.seq, o.topic, o.key, o.value) for o in store.outbox]
        return _held(
            saved, outbox, [(line.seq, history_row(line)["said"]) for line in store.history]
        )


class InDatabase(AnyStore):
    """In SQLite or PostgreSQL."""

    store: SqlStore

    def held(self) -> Held:
        outbox, history = schema.outbox.c, schema.history.c
        with self.store.engine.connect() as connection:
            saved = stored_state.read(connection, 0, lambda leases, dead: b"")
            messages = connection.execute(
                select(outbox.seq, outbox.topic, outbox.key, outbox.value).order_by(outbox.seq)
            )
            lines = connection.execute(select(history.seq, history.said).order_by(history.seq))
            return _held(saved, list(map(tuple, messages)), list(map(tuple, lines)))


def _held(saved: checkpoint.Saved, outbox: list[Any], history: list[Any]) -> Held:
    return {
        "partition": saved.partition,
        "leases": saved.leases,
        "tasks": saved.tasks,
        "dead": saved.dead,
        "outbox": outbox,
        "history": history,
    }


def _names(store: MemoryStore) -> list[str]:
    leases: Any = store.leases
    return list(leases.rows if isinstance(leases, PackedLeases) else leases.found)


@contextmanager
def in_database(url: str) -> Iterator[InDatabase]:
    """A database with one partition."""
    engine: Engine = open_database(url)
    migrate(engine)
    setup.tie(engine, "rent.events.v1", "topic", 1)
    yield InDatabase(SqlStore(engine, home, lambda: 0.0))
    engine.dispose()


def live() -> InMemory:
    """Live leases in memory."""
    return InMemory(MemoryStore.live(Partition(0), home))


def packed() -> InMemory:
    """Leases in memory in their stored form."""
    return InMemory(MemoryStore(Partition(0), home, PackedLeases()))


def changed(leases: Iterable[Lease]) -> Changes:
    """The changes of nothing but these leases."""
    return Changes(leases={lease.lease_id: lease for lease in leases})
