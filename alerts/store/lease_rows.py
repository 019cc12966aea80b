"""Bulk reads and writes of leases: one statement a frame, in each database's own way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, text

_COLUMNS = "lease_id, partition, state, state_version, wake_on, registered, incomplete, register_of"
_SELECT = "SELECT lease_id, partition, state, state_version, wake_on, landlord FROM leases "
_UPSERT = (
    "ON CONFLICT (lease_id) DO UPDATE SET partition = excluded.partition, "
    "state = excluded.state, state_version = excluded.state_version, "
    "wake_on = excluded.wake_on, registered = excluded.registered, "
    "incomplete = excluded.incomplete, register_of = excluded.register_of"
)


class LeaseRow(NamedTuple):
    """A row of `leases` to be written."""

    lease_id: str
    partition: int
    state: bytes
    state_version: int
    wake_on: str | None
    registered: int
    incomplete: int
    register_of: str | None


class StoredLease(NamedTuple):
    """A row of `leases` as it is read."""

    lease_id: str
    partition: int
    state: bytes
    state_version: int
    wake_on: str | None
    landlord: str | None


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def read_leases(connection: Connection, lease_ids: Sequence[str]) -> Iterable[StoredLease]:
    """The stored leases among `lease_ids`."""
    if not lease_ids:
        return []
    if _is_sqlite(connection):
        ids = msgspec.json.encode(lease_ids).decode()
        sql = _SELECT + "WHERE lease_id IN (SELECT value FROM json_each(?))"
        rows = connection.exec_driver_sql(sql, (ids,))
    else:
        rows = connection.execute(
            text(_SELECT + "WHERE lease_id = ANY(:ids)"), {"ids": list(lease_ids)}
        )
    return [StoredLease(*row) for row in rows]


def read_waking(connection: Connection, partition: int, until: str) -> Iterable[StoredLease]:
    """The leases of a partition that wake on or before the day `until`."""
    rows = connection.execute(
        text(_SELECT + "WHERE partition = :p AND wake_on <= :until"),
        {"p": partition, "until": until},
    )
    return [StoredLease(*row) for row in rows]


def every_lease(connection: Connection) -> Iterator[StoredLease]:
    """All stored leases, as they are read."""
    rows = connection.execution_options(yield_per=5_000).execute(text(_SELECT))
    return (StoredLease(*row) for row in rows)


def write_leases(
    connection: Connection, rows: Sequence[LeaseRow], same_wake: Sequence[LeaseRow]
) -> None:
    """Write leases, in key order: whole `rows`, and `same_wake` whose waking day stands, so that
    the index is not touched."""
    if _is_sqlite(connection):
        if rows:
            sql = f"INSERT INTO leases ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) {_UPSERT}"
            connection.exec_driver_sql(sql, sorted(rows, key=_key))
        if same_wake:
            connection.exec_driver_sql(
                "UPDATE leases SET state = ?, state_version = ?, registered = ?, incomplete = ?, "
                "register_of = ? WHERE lease_id = ?",
                [(*r[2:4], *r[5:], r.lease_id) for r in sorted(same_wake, key=_key)],
            )
        return
    every = sorted([*rows, *same_wake], key=_key)
    if every:
        connection.execute(text(_POSTGRES), dict(zip(_ARRAYS, _columns(every), strict=True)))


def write_landlords(connection: Connection, landlords: Mapping[str, str | None]) -> None:
    """Note whose leases these are. Apart from the other columns: it is rare, and costs an index."""
    if not landlords:
        return
    if _is_sqlite(connection):
        pairs = [(landlord, lease_id) for lease_id, landlord in sorted(landlords.items())]
        connection.exec_driver_sql("UPDATE leases SET landlord = ? WHERE lease_id = ?", pairs)
        return
    ids, names = zip(*sorted(landlords.items()), strict=True)
    connection.execute(
        text(
            "UPDATE leases SET landlord = given.landlord FROM "
            "unnest(CAST(:ids AS text[]), CAST(:names AS text[])) AS given(lease_id, landlord) "
            "WHERE leases.lease_id = given.lease_id"
        ),
        {"ids": list(ids), "names": list(names)},
    )


def _key(row: LeaseRow) -> str:
    return row.lease_id


def _columns(rows: Sequence[LeaseRow]) -> Iterable[list[object]]:
    return (list(column) for column in zip(*rows, strict=True))


_ARRAYS = ("ids", "parts", "states", "versions", "wakes", "registered", "incomplete", "register")
_POSTGRES = (
    f"INSERT INTO leases ({_COLUMNS}) SELECT * FROM unnest("
    "CAST(:ids AS text[]), CAST(:parts AS int[]), CAST(:states AS bytea[]), "
    "CAST(:versions AS int[]), CAST(:wakes AS text[]), CAST(:registered AS int[]), "
    f"CAST(:incomplete AS int[]), CAST(:register AS text[])) {_UPSERT}"
)
