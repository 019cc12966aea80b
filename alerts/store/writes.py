"""The rows of a frame's changes, and their writing: bulk statements, in each database's own way."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, insert

from alerts.contract.messages import VisitTask
from alerts.fold.changes import HistoryRow, Outgoing
from alerts.fold.record import DeadRecord
from alerts.fold.senders import to_mend
from alerts.store import lease_rows, schema
from alerts.store.database import insert_into
from alerts.store.registers import register_of
from alerts.store.task_rows import task_row
from models.lease import state as stored
from models.lease.state import Lease

_LEASE_ID = schema.leases.c.lease_id
_pack = msgspec.msgpack.Encoder().encode
_json = msgspec.json.Encoder().encode


def write_leases(
    connection: Connection,
    number: int,
    leases: Mapping[str, Lease],
    wakes: Mapping[str, date | None],
) -> None:
    """Write leases; `wakes` has the waking days of those that were stored before."""
    rows: list[lease_rows.LeaseRow] = []
    same_wake: list[lease_rows.LeaseRow] = []
    for lease_id, found in leases.items():
        row = lease_rows.LeaseRow(
            lease_id,
            number,
            stored.encode(found),
            stored.STATE_VERSION,
            found.wake_on.isoformat() if found.wake_on else None,
            int(found.is_registered),
            int(bool(found.incomplete)),
            register_of(found),
        )
        stands = lease_id in wakes and wakes[lease_id] == found.wake_on
        (same_wake if stands else rows).append(row)
    lease_rows.write_leases(connection, rows, same_wake)


def write_landlords(
    connection: Connection,
    leases: Mapping[str, Lease],
    noted: Mapping[str, str | None],
    last_day: date | None,
) -> None:
    """Note whose reports leases wait for, where it is not what is `noted`: the landlord's that has
    it, and nobody's once it has ended by `last_day` and nothing more is to happen."""
    wanted = {lease_id: _landlord(found, last_day) for lease_id, found in leases.items()}
    news = {key: landlord for key, landlord in wanted.items() if noted.get(key) != landlord}
    lease_rows.write_landlords(connection, news)


def _landlord(lease: Lease, last_day: date | None) -> str | None:
    if lease.ended and not lease.wake_on and last_day and lease.ended[0] <= last_day:
        return None
    return lease.terms.landlord_id if lease.terms else None


def delete_leases(connection: Connection, lease_ids: Iterable[str]) -> None:
    """Delete the rows of leases that are forgotten."""
    rows = [{"gone": lease_id} for lease_id in sorted(lease_ids)]
    if rows:
        connection.execute(delete(schema.leases).where(bindparam("gone") == _LEASE_ID), rows)


def write_tasks(connection: Connection, number: int, tasks: Mapping[str, VisitTask]) -> None:
    """Write tasks at their newest revision."""
    rows = [task_row(number, task) for _, task in sorted(tasks.items())]
    _upsert(connection, schema.tasks, ["task_id"], rows)


def write_history(connection: Connection, lines: Iterable[HistoryRow]) -> None:
    """Add lines of history."""
    rows = [history_row(line) for line in lines]
    if rows:
        connection.execute(insert(schema.history), rows)


def history_row(line: HistoryRow) -> dict[str, object]:
    """A line of history as its table has it."""
    return {**msgspec.structs.asdict(line), "said": _json(line.said).decode()}


def write_outbox(
    connection: Connection, number: int, messages: Iterable[Outgoing], now: float
) -> None:
    """Add messages to be sent; `now` (epoch seconds) tells their age."""
    rows = [
        {
            "partition": number,
            "seq": out.seq,
            "topic": out.topic,
            "key": out.key,
            "value": out.value,
            "headers": _json(out.headers).decode(),
            "created_at": now,
            "to_partition": out.partition,
        }
        for out in messages
    ]
    if rows:
        connection.execute(insert(schema.outbox), rows)


def write_dead(connection: Connection, number: int, dead: Mapping[int, DeadRecord]) -> None:
    """Write records that were set aside, and what became of them."""
    rows: list[dict[str, object]] = [
        {
            "partition": number,
            "offset": offset,
            "error": record.error,
            "state": record.state,
            "body": _pack(record),
            "landlord": to_mend(record),
        }
        for offset, record in sorted(dead.items())
    ]
    _upsert(connection, schema.dead_records, ["partition", "offset"], rows)


def _upsert(
    connection: Connection, table: Table, key: list[str], rows: list[dict[str, object]]
) -> None:
    if not rows:
        return
    statement = insert_into(table, connection)
    rest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest), rows)
