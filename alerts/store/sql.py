"""The exactly-once store: a frame's leases, tasks, outbox and watermark in one transaction.

The watermark of a partition is the next offset to fold. It is read for update first, so whoever
comes late - a zombie after a rebalance, a repeated frame - finds it moved and writes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from time import perf_counter

import msgspec
from msgspec import Struct, field
from sqlalchemy import Connection, Engine, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from alerts.contract.messages import VisitTask
from alerts.fold.changes import Changes
from alerts.fold.frame import FrameFold
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord, Record
from alerts.rules.reach import Reach, reach, under
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.store import lease_rows, rule_changes, schema
from models.contract import facts
from models.lease import state as stored
from models.lease.state import Lease


class Verdict(StrEnum):
    """What the watermark said of a frame."""

    COMMITTED = "committed"
    STALE = "stale"  # all of it is folded already
    GAP = "gap"  # it begins beyond the watermark: read again from there
    STOPPED = "stopped"  # other rules hold from the watermark on: nothing of it may be folded


class Frame(Struct):
    """The records one fetch brought for one partition: offsets from `start` up to `next`."""

    partition: int
    start: int
    next: int
    records: Sequence[Record]


class Folded(Struct):
    """What became of a frame: the watermark that now holds, counts, and seconds by stage; `why`
    the partition must stop at the watermark, if it must."""

    verdict: Verdict
    watermark: int
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    today: date | None = None
    why: str | None = None


_pack = msgspec.msgpack.Encoder().encode
_partition = msgspec.msgpack.Decoder(Partition)
_dead_letter = msgspec.msgpack.Decoder(DeadRecord)
_json = msgspec.json.Encoder().encode


class Store:
    """Folds frames into a database. `home` gives the partition of a lease id, `now` the epoch
    seconds written beside outgoing messages, for their age; `rulebook` the rules it may use."""

    def __init__(
        self,
        engine: Engine,
        home: Callable[[str], int],
        now: Callable[[], float],
        rulebook: Rulebook | None = None,
    ) -> None:
        self.engine = engine
        self._home = home
        self._now = now
        self._rulebook = rulebook or shipped_rulebook()

    def fold(self, frame: Frame) -> Folded:
        """Fold a frame in one transaction, as far as its rules are known, or find that it is stale,
        leaves a gap or stands under unknown rules.

        Faults of the database are raised as they come; then nothing was written.
        """
        times = _Times()
        with self.engine.begin() as connection:
            partition = read_partition(connection, frame.partition, lock=True)
            watermark = partition.next_offset
            if frame.next <= watermark:
                known = self._rulebook.knows(partition.rules)
                why = None if known else under(partition.rules).sentence
                return Folded(Verdict.STALE, watermark, why=why)
            if frame.start > watermark:
                return Folded(Verdict.GAP, watermark)
            records: Sequence[Record] = [r for r in frame.records if r.offset >= watermark]
            reached = self._reach(connection, partition, records)
            why = reached.stop.sentence if reached.stop is not None else None
            if why is not None and not reached.records:
                return Folded(Verdict.STOPPED, watermark, why=why)
            records, end = reached.records, frame.next if reached.at is None else reached.at
            leases = self._load(connection, partition, records)
            dead = _load_dead(connection, partition, records, leases)
            wakes = {key: found.wake_on for key, found in leases.items()}
            times.mark("load")
            changes = FrameFold(partition, leases, dead, self._home).run(records)
            partition.next_offset = end
            times.mark("fold")
            self._save(connection, partition, changes, wakes)
            times.mark("save")
        times.mark("commit")
        return Folded(Verdict.COMMITTED, end, changes.counts, times.seconds, partition.today, why)

    def _reach(
        self, connection: Connection, partition: Partition, records: Sequence[Record]
    ) -> Reach:
        """How far the records go under rules that this program knows."""
        return reach(
            partition.rules,
            records,
            self._rulebook.knows,
            lambda event_id: rule_changes.is_held(connection, partition.number, event_id),
        )

    def _load(
        self, connection: Connection, partition: Partition, records: Sequence[Record]
    ) -> dict[str, Lease]:
        """The leases the records name and those that wake up to the frame's last day."""
        names: set[str] = set()
        last_day: date | None = None
        for record in records:
            names.update(record.leases)
            if record.event is None:
                continue
            data = record.event.data
            if isinstance(data, facts.Fact):
                names.add(data.lease_id)
            elif isinstance(data, facts.CalendarDay):
                last_day = max(last_day or data.day, data.day)
        rows = list(lease_rows.read_leases(connection, sorted(names)))
        if last_day is not None:
            rows += lease_rows.read_waking(connection, partition.number, last_day.isoformat())
        return {
            row.lease_id: stored.decode(row.state, row.state_version)
            for row in rows
            if row.partition == partition.number
        }

    def _save(
        self,
        connection: Connection,
        partition: Partition,
        changes: Changes,
        wakes: dict[str, date | None],
    ) -> None:
        _write_leases(connection, partition.number, changes, wakes)
        _write_tasks(connection, partition, changes)
        _write_dead(connection, partition.number, changes)
        if changes.outbox:
            now = self._now()
            connection.execute(
                insert(schema.outbox),
                [
                    {
                        "partition": partition.number,
                        "seq": out.seq,
                        "topic": out.topic,
                        "key": out.key,
                        "value": out.value,
                        "headers": _json(out.headers).decode(),
                        "created_at": now,
                    }
                    for out in changes.outbox
                ],
            )
        connection.execute(
            update(schema.partitions)
            .where(schema.partitions.c.number == partition.number)
            .values(next_offset=partition.next_offset, state=_pack(partition))
        )


class _Times:
    """Seconds since the last mark, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def mark(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now


class UnknownPartition(Exception):
    """The database does not know the partition: `bokvar init` has not been run."""


def read_partition(connection: Connection, number: int, *, lock: bool = False) -> Partition:
    """What a partition knows, with its watermark; locked until the transaction ends if asked."""
    query = select(schema.partitions.c.next_offset, schema.partitions.c.state).where(
        schema.partitions.c.number == number
    )
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise UnknownPartition(
            f"the database has no partition {number}: run `bokvar init` against it first"
        )
    partition = _partition.decode(row.state)
    partition.next_offset = row.next_offset
    return partition


def read_watermarks(connection: Connection) -> dict[int, int]:
    """The next offset to fold of every partition."""
    rows = connection.execute(select(schema.partitions.c.number, schema.partitions.c.next_offset))
    return {row.number: row.next_offset for row in rows}


def _load_dead(
    connection: Connection,
    partition: Partition,
    records: Sequence[Record],
    leases: dict[str, Lease],
) -> dict[int, DeadRecord]:
    """The dead letters that the frame may resolve."""
    wanted = {found.held_since[1] for found in leases.values() if found.held_since}
    for record in records:
        data = record.event.data if record.event is not None else None
        if isinstance(data, facts.RecordReleased | facts.RecordDiscarded):
            wanted.add(data.offset)
    if not wanted:
        return {}
    table = schema.dead_records
    rows = connection.execute(
        select(table.c.body).where(
            table.c.partition == partition.number, table.c.offset.in_(sorted(wanted))
        )
    )
    return {letter.offset: letter for letter in (_dead_letter.decode(r.body) for r in rows)}


def _write_leases(
    connection: Connection, number: int, changes: Changes, wakes: dict[str, date | None]
) -> None:
    rows: list[lease_rows.LeaseRow] = []
    same_wake: list[lease_rows.LeaseRow] = []
    for lease_id, found in changes.leases.items():
        row = lease_rows.LeaseRow(
            lease_id,
            number,
            stored.encode(found),
            stored.STATE_VERSION,
            found.wake_on.isoformat() if found.wake_on else None,
            int(found.terms is not None),
            int(bool(found.incomplete)),
        )
        stands = lease_id in wakes and wakes[lease_id] == found.wake_on
        (same_wake if stands else rows).append(row)
    lease_rows.write_leases(connection, rows, same_wake)


def _write_tasks(connection: Connection, partition: Partition, changes: Changes) -> None:
    if changes.tasks:
        rows = [_task_row(partition.number, task) for _, task in sorted(changes.tasks.items())]
        _upsert(connection, schema.tasks, ["task_id"], rows)
    if changes.history:
        connection.execute(
            insert(schema.history), [msgspec.structs.asdict(row) for row in changes.history]
        )


def _task_row(number: int, task: VisitTask) -> dict[str, object]:
    return {
        "task_id": task.task_id,
        "partition": number,
        "lease_id": task.lease_id,
        "municipality": task.municipality,
        "state": task.state,
        "revision": task.revision,
        "band": task.priority.band,
        "body": _json(task),
    }


def _write_dead(connection: Connection, number: int, changes: Changes) -> None:
    rows = [
        {
            "partition": number,
            "offset": offset,
            "error": letter.error,
            "state": letter.state,
            "body": _pack(letter),
        }
        for offset, letter in sorted(changes.dead.items())
    ]
    if rows:
        _upsert(connection, schema.dead_records, ["partition", "offset"], rows)


def _upsert(
    connection: Connection, table: Table, key: list[str], rows: list[dict[str, object]]
) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    rest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest), rows)
