"""Compares what the database holds with what the log says it must hold, partition by partition."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select
from sqlalchemy.sql import Select

from alerts.contract.messages import VisitTask
from alerts.fold.changes import HistoryRow, Outgoing
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.proof.tally import Kind, Tally
from alerts.store import counted, schema
from alerts.store.followed import is_followed
from alerts.store.registers import register_of
from alerts.store.sql import read_partition
from alerts.store.task_rows import task_row
from alerts.store.writes import history_row
from models.lease import state as stored
from models.lease.state import Lease

_ROWS_AT_ONCE = 2_000
_pack = msgspec.msgpack.Encoder().encode
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


class Comparison:
    """Compares one partition on a snapshot; what differs is counted in `tally`."""

    def __init__(self, connection: Connection, number: int, tally: Tally) -> None:
        self._connection = connection
        self._number = number
        self._tally = tally

    def outbox(self, expected: Sequence[Outgoing], pruned_to: int) -> None:
        """Consecutive messages; those up to `pruned_to` may be gone."""
        if not expected:
            return
        table = schema.outbox
        query = select(table).where(table.c.seq.between(expected[0].seq, expected[-1].seq))
        wanted = {
            out.seq: (out.topic, out.key, out.value, dict(out.headers), out.partition)
            for out in expected
        }
        found = {
            row.seq: (
                row.topic,
                row.key,
                row.value,
                msgspec.json.decode(row.headers),
                row.to_partition,
            )
            for row in self._rows(query, table)
        }
        gone = {seq for seq in wanted if seq <= pruned_to and seq not in found}
        self._mapping("outbox row", {k: v for k, v in wanted.items() if k not in gone}, found)

    def history(self, expected: Sequence[HistoryRow]) -> None:
        """Consecutive lines of the leases' histories."""
        if not expected:
            return
        table = schema.history
        query = select(table).where(table.c.seq.between(expected[0].seq, expected[-1].seq))
        wanted = {row.seq: history_row(row) for row in expected}
        found = {row.seq: row._asdict() for row in self._rows(query, table)}
        self._mapping("history line", wanted, found)

    def beyond(self, last: Partition) -> None:
        """Outbox rows and history lines after the last one that the log gives."""
        ends = (
            ("outbox row", schema.outbox, last.seq),
            ("history line", schema.history, last.lines),
        )
        for what, table, end in ends:
            for row in self._rows(select(table.c.seq).where(table.c.seq > end), table):
                self._add(Kind.DOUBLED, what, row.seq)

    def unsent(self, sent: int, last: int) -> None:
        """Outbox rows after `sent` and up to `last` must all be there still."""
        table = schema.outbox
        query = select(table.c.seq).where(table.c.seq > sent, table.c.seq <= last)
        held = {row.seq for row in self._rows(query, table)}
        for seq in range(sent + 1, last + 1):
            if seq not in held:
                self._add(Kind.LOST, "outbox row", seq)

    def leases(self, expected: Mapping[str, Lease]) -> None:
        """Every lease of the partition, by its stored form and the day it wakes."""
        table = schema.leases
        columns = (table.c.lease_id, table.c.state, table.c.state_version, table.c.wake_on)
        marks = (table.c.registered, table.c.incomplete, table.c.register_of)
        seen: set[str] = set()
        for row in self._rows(select(*columns, *marks), table):
            lease = expected.get(row.lease_id)
            seen.add(row.lease_id)
            if lease is None:
                self._add(Kind.DOUBLED, "lease", row.lease_id)
            elif not _is_stored(lease, row):
                self._add(Kind.DIFFERENT, "lease", row.lease_id)
        for lease_id in expected.keys() - seen:
            self._add(Kind.LOST, "lease", lease_id)

    def tasks(self, expected: Mapping[str, VisitTask], leases: Mapping[str, Lease]) -> None:
        """Every task of the partition at its newest revision, protected as its lease is, and
        followed up as long as its case goes on."""
        table = schema.tasks
        hidden = {key: lease.household.protected for key, lease in leases.items()}
        seen: set[str] = set()
        for row in self._rows(select(table), table):
            task = expected.get(row.task_id)
            seen.add(row.task_id)
            if task is None:
                self._add(Kind.DOUBLED, "task", row.task_id)
            elif row._asdict() != task_row(
                self._number,
                task,
                hidden.get(task.lease_id),
                followed=is_followed(task, leases.get(task.lease_id)),
            ):
                self._add(Kind.DIFFERENT, "task", row.task_id)
        for task_id in expected.keys() - seen:
            self._add(Kind.LOST, "task", task_id)

    def dead_letters(self, expected: Mapping[int, DeadRecord]) -> None:
        """Every record that was set aside, and what became of it."""
        table = schema.dead_records
        wanted = {
            offset: (record.error, record.state, _pack(record))
            for offset, record in expected.items()
        }
        found = {  # in today's form, also what an older program wrote
            row.offset: (row.error, row.state, _pack(_dead_record.decode(row.body)))
            for row in self._rows(select(table), table)
        }
        self._mapping("dead record", wanted, found)

    def counts(self, leases: int, dead: Iterable[DeadRecord]) -> None:
        """The counts that are kept beside the watermark: neither those that the log gives nor those
        of the rows, which are compared by themselves."""
        expected = counted.Counted(leases, dict(Counter(record.error for record in dead)))
        held = counted.read(self._connection).get(self._number)
        if held != expected and held != counted.of_tables(self._connection).get(self._number):
            self._add(Kind.DIFFERENT, "counts", self._number)

    def partition(self, expected: Partition) -> None:
        """What the partition knows beside its leases."""
        held = read_partition(self._connection, self._number)
        if _pack(held) != _pack(expected):
            self._add(Kind.DIFFERENT, "partition", self._number)

    def differ(self, kind: Kind, what: str, names: Iterable[object]) -> None:
        """Count differences that were found elsewhere."""
        for name in names:
            self._add(kind, what, name)

    def _mapping(self, what: str, wanted: Mapping[int, Any], found: Mapping[int, Any]) -> None:
        if wanted == found:
            return
        for key in sorted(wanted.keys() | found.keys()):
            if key not in found:
                self._add(Kind.LOST, what, key)
            elif key not in wanted:
                self._add(Kind.DOUBLED, what, key)
            elif wanted[key] != found[key]:
                self._add(Kind.DIFFERENT, what, key)

    def _rows(self, query: Select[Any], table: Table) -> Iterator[Any]:
        query = query.where(table.c.partition == self._number)
        options = {"yield_per": _ROWS_AT_ONCE}
        yield from self._connection.execute(query, execution_options=options)

    def _add(self, kind: Kind, what: str, name: object) -> None:
        self._tally.add(kind, what, self._number, name)


def astray(connection: Connection, partitions: int, tally: Tally) -> None:
    """Rows of partitions that the topic does not have."""
    tables = {"lease": schema.leases, "task": schema.tasks, "outbox row": schema.outbox}
    for what, table in tables.items():
        key = table.c.seq if what == "outbox row" else next(iter(table.primary_key.columns))
        query = select(table.c.partition, key).where(table.c.partition >= partitions)
        for number, name in connection.execute(query):
            tally.add(Kind.DOUBLED, what, number, name)


def _is_stored(lease: Lease, row: Any) -> bool:
    """Is the row this lease? One written by an older program is brought to today's form."""
    wake_on = lease.wake_on.isoformat() if lease.wake_on else None
    marks = (wake_on, int(lease.is_registered), int(bool(lease.incomplete)), register_of(lease))
    if marks != (row.wake_on, row.registered, row.incomplete, row.register_of):
        return False
    state = stored.encode(lease)
    if state == row.state:
        return True
    try:
        return state == stored.encode(stored.decode(row.state, row.state_version))
    except (msgspec.DecodeError, ValueError):
        return False
