"""The exactly-once store: a frame's leases, tasks, outbox and watermark in one transaction."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, select, update

from alerts.fold.changes import Changes
from alerts.fold.faults import PartitionStops
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.rules.rulebook import Rulebook
from alerts.store import (
    counted,
    followed,
    landlord_rows,
    lease_rows,
    rule_changes,
    schema,
    task_rows,
    writes,
)
from alerts.store.counted import Counted
from alerts.store.needs import Needs
from alerts.store.protocol import Loaded, Store, Transaction, UnknownPartition
from models.lease import state as stored
from models.lease.state import Lease

_pack = msgspec.msgpack.Encoder().encode
_partition = msgspec.msgpack.Decoder(Partition)
_PARTITIONS = select(
    schema.partitions.c.next_offset, schema.partitions.c.state, schema.partitions.c.counted
)
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


class SqlStore(Store):
    """Keeps all partitions in a database. `now` gives the epoch seconds written beside outgoing
    messages, for their age; `partitions` is how many `home` counts by, if that may change."""

    def __init__(
        self,
        engine: Engine,
        home: Callable[[str], int],
        now: Callable[[], float],
        rulebook: Rulebook | None = None,
        *,
        partitions: int = 0,
    ) -> None:
        super().__init__(home, rulebook)
        self._partitions = partitions
        self.engine = engine
        self._now = now

    @contextmanager
    def transaction(self, number: int) -> Iterator[Transaction]:
        """See `Store`."""
        with self.engine.begin() as connection:
            transaction = _SqlTransaction(connection, number, self._now)
            transaction.require_homes(self._partitions)
            yield transaction


class _SqlTransaction(Transaction):
    def __init__(self, connection: Connection, number: int, now: Callable[[], float]) -> None:
        self._connection = connection
        self._now = now
        self._partition, self._counted = _read(connection, number, lock=True)
        self._known_dead: Collection[int] = ()
        self._wakes: dict[str, date | None] = {}
        self._landlords: dict[str, str | None] = {}
        self._protected: dict[str, bool] = {}
        self._cases: dict[str, followed.CaseOf] = {}
        self.watermark = self._partition.next_offset
        self.rules = self._partition.rules

    def require_homes(self, partitions: int) -> None:
        """`PartitionStops` if leases have moved since: who counts their homes otherwise would make
        an empty lease beside the one that is elsewhere by now."""
        homes = self._partition.homes
        if partitions and homes and partitions != homes:
            raise PartitionStops(
                f"leases have other homes since the topic has {homes} partitions, and this worker "
                f"began with {partitions}: start it anew"
            )

    def is_held(self, event_id: str) -> bool:
        return rule_changes.is_held(self._connection, self._partition.number, event_id)

    def load(self, wanted: Needs) -> Loaded:
        leases = self._load_leases(wanted)
        self._wakes = {key: found.wake_on for key, found in leases.items()}
        self._protected = {key: found.household.protected for key, found in leases.items()}
        self._cases = {key: followed.case_of(found) for key, found in leases.items()}
        dead = self._load_dead(wanted.dead_of(self._partition.number, leases.values()))
        self._known_dead = frozenset(dead)
        return Loaded(self._partition.copy(), leases, dead)

    def _load_leases(self, wanted: Needs) -> dict[str, Lease]:
        number = self._partition.number
        names = wanted.lease_ids | self._listed() if wanted.listed else wanted.lease_ids
        rows = list(lease_rows.read_leases(self._connection, sorted(names)))
        if wanted.waking_until is not None:
            until = wanted.waking_until.isoformat()
            rows += lease_rows.read_waking(self._connection, number, until)
        here = [row for row in rows if row.partition == number]
        self._landlords = {row.lease_id: row.landlord for row in here}
        return {row.lease_id: stored.decode(row.state, row.state_version) for row in here}

    def _listed(self) -> set[str]:
        """The leases of the partition with open tasks."""
        table = schema.tasks
        here = (table.c.partition == self._partition.number) & (table.c.state != "closed")
        return set(self._connection.scalars(select(table.c.lease_id).where(here).distinct()))

    def _load_dead(self, offsets: list[int]) -> dict[int, DeadRecord]:
        if not offsets:
            return {}
        table = schema.dead_records
        here = table.c.partition == self._partition.number
        bodies = self._connection.scalars(
            select(table.c.body).where(here, table.c.offset.in_(offsets))
        )
        return {dead.offset: dead for dead in map(_dead_record.decode, bodies)}

    def save(self, partition: Partition, changes: Changes) -> None:
        connection, number = self._connection, partition.number
        gone = [lease_id for lease_id in changes.gone if lease_id in self._wakes]
        for lease_id in gone:
            del self._wakes[lease_id]
        new = sum(1 for lease_id in changes.leases if lease_id not in self._wakes)
        self._counted.count(new - len(gone), changes.dead, self._known_dead)
        writes.delete_leases(connection, gone)
        writes.write_leases(connection, number, changes.leases, self._wakes)
        writes.write_tasks(connection, number, changes.tasks)
        task_rows.write_protection(connection, self._newly_protected_or_not(changes))
        tasks = changes.tasks.values()
        followed.write(connection, followed.let_go(self._cases, changes.leases, tasks))
        writes.write_landlords(connection, changes.leases, self._landlords, partition.last_day)
        landlord_rows.note_towns(connection, changes.leases.values())
        writes.write_history(connection, changes.history)
        writes.write_dead(connection, number, changes.dead)
        writes.write_outbox(connection, number, changes.outbox, self._now())
        connection.execute(
            update(schema.partitions)
            .where(schema.partitions.c.number == number)
            .values(
                next_offset=partition.next_offset,
                state=_pack(partition),
                counted=counted.encode(self._counted),
            )
        )
        self._partition = partition

    def _newly_protected_or_not(self, changes: Changes) -> dict[str, bool]:
        """The leases whose tasks' rows say otherwise than the household is now: it was loaded
        otherwise, or has changed since the task was told."""
        now = {key: lease.household.protected for key, lease in changes.leases.items()}
        found = {key: hides for key, hides in now.items() if self._protected.get(key) != hides}
        for task in changes.tasks.values():
            if now.get(task.lease_id, task.protected_identity) != task.protected_identity:
                found[task.lease_id] = now[task.lease_id]
        return {key: hides for key, hides in found.items() if key in self._protected or hides}


def read_partition(connection: Connection, number: int, *, lock: bool = False) -> Partition:
    """What a partition knows, with its watermark; locked until the transaction ends if asked.
    `UnknownPartition` if there is none."""
    return _read(connection, number, lock=lock)[0]


def read_partitions(connection: Connection) -> list[Partition]:
    """What every partition knows, in order, in one query."""
    return [
        _known(row) for row in connection.execute(_PARTITIONS.order_by(schema.partitions.c.number))
    ]


def _read(connection: Connection, number: int, *, lock: bool = False) -> tuple[Partition, Counted]:
    """A partition and its counts; locked until the transaction ends if asked."""
    query = _PARTITIONS.where(schema.partitions.c.number == number)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise UnknownPartition(
            f"the database has no partition {number}: run `bokvar init` against it first"
        )
    return _known(row), counted.decode(row.counted)


def _known(row: Any) -> Partition:
    partition = _partition.decode(row.state)
    partition.next_offset = row.next_offset
    return partition


def read_watermarks(connection: Connection) -> dict[int, int]:
    """The next offset to fold of every partition."""
    rows = connection.execute(select(schema.partitions.c.number, schema.partitions.c.next_offset))
    return {row.number: row.next_offset for row in rows}
