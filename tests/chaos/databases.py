"""What tests do to a database behind the system's back: lock, look in, cut off, copy, restore."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.chaos.parts import Part
from tests.chaos.system import System
from tests.servers import plain
from tests.waiting import wait_until

_HELD_SECONDS = 0.25  # no other writer of SQLite holds its lock as long as this
_MOST_CONNECTIONS = 200


def file_of(system: System) -> Path:
    """The file of an SQLite database."""
    return Path(str(make_url(system.servers.database).database))


@contextmanager
def administration(system: System) -> Iterator[psycopg.Connection[Any]]:
    """A connection to PostgreSQL's own database, outside the system's."""
    assert system.servers.postgres is not None
    url = plain(system.servers.postgres.url)
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        yield connection


def name_of(system: System) -> str:
    """The name of a PostgreSQL database."""
    return str(make_url(system.servers.database).database)


@contextmanager
def locked(system: System, table: str, patience: float = 30.0) -> Iterator[None]:
    """Nobody can write `table`; on SQLite nobody can write anything.

    sqlite3.OperationalError if another holds SQLite's lock for `patience` seconds.
    """
    if system.sqlite:
        connection = sqlite3.connect(file_of(system), isolation_level=None, timeout=patience)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    with psycopg.connect(plain(system.servers.database)) as lock:
        lock.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE".encode())
        try:
            yield
        finally:
            with suppress(psycopg.OperationalError):
                lock.rollback()


def in_transaction(system: System, part: Part) -> bool:
    """Has this process, which must be frozen, a writing transaction open?"""
    if system.sqlite:
        return _write_lock_is_held(file_of(system))
    with administration(system) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = %s "
            "AND backend_xid IS NOT NULL AND state LIKE 'idle in transaction%%'",
            (part.name, name_of(system)),
        ).fetchone()
    return bool(found and found[0])


def waits_for_lock(system: System, part: Part) -> bool:
    """Does a statement of this process wait for another's lock? PostgreSQL only."""
    with administration(system) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = %s "
            "AND wait_event_type = 'Lock'",
            (part.name, name_of(system)),
        ).fetchone()
    return bool(found and found[0])


def cut_connections(system: System, part: Part | None = None) -> None:
    """Break off the connections of one process, or of all. PostgreSQL only."""
    with administration(system) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s "
            "AND application_name LIKE %s",
            (name_of(system), part.name if part is not None else "%"),
        )


@contextmanager
def without_connections(system: System) -> Iterator[None]:
    """PostgreSQL is full: the system's connections are cut, and it gets no new ones."""
    with ExitStack() as taken:
        cut_connections(system)
        url = plain(system.servers.database)
        for _ in range(_MOST_CONNECTIONS):
            try:
                connection = psycopg.connect(url, connect_timeout=5, application_name="filler")
            except psycopg.OperationalError:
                break
            taken.callback(connection.close)
        yield


def back_up(system: System) -> Path | str:
    """A copy of the database as it is now; workers may go on meanwhile on SQLite only."""
    if system.sqlite:
        copy = file_of(system).with_suffix(f".{time.monotonic_ns()}.backup")
        source, target = sqlite3.connect(file_of(system)), sqlite3.connect(copy)
        source.backup(target)
        source.close()
        target.close()
        return copy
    name = f"backup_{time.monotonic_ns()}"
    _copy_database(system, name_of(system), name)
    return name


def restore(system: System, backup: Path | str) -> None:
    """Put an older copy in the database's place. No process may use it meanwhile."""
    system.engine.dispose()
    if isinstance(backup, Path):
        for ending in ("", "-wal", "-shm"):
            Path(f"{file_of(system)}{ending}").unlink(missing_ok=True)
        shutil.copy(backup, file_of(system))
        return
    with administration(system) as connection:
        connection.execute(f'DROP DATABASE "{name_of(system)}" WITH (FORCE)'.encode())
    _copy_database(system, backup, name_of(system))


def _copy_database(system: System, source: str, target: str) -> None:
    """PostgreSQL copies a database only while nobody is connected to it."""
    system.engine.dispose()

    def copied() -> bool:
        with administration(system) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (source,),
            )
            try:
                connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"'.encode())
            except psycopg.errors.ObjectInUse:
                return False
        return True

    wait_until(copied, 30, f"{source} is copied to {target}")


def _write_lock_is_held(file: Path) -> bool:
    """Whether one writer holds SQLite's lock for longer than a relay ever does."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=_HELD_SECONDS)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False
