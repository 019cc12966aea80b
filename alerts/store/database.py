"""Opens the database: SQLite in one file, or PostgreSQL, through the same SQLAlchemy Core code."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

BUSY_TIMEOUT = 30  # seconds a small writer waits for another
_QUOTE = re.compile(r"""["'`\n]|\b(?:Key|Failing row) ?\(""")
FROZEN = 30  # seconds after which PostgreSQL lets go of a process frozen within a transaction
# A server that is gone without a word is noticed in half a minute; the address may say otherwise.
_PATIENCE = {
    "options": f"-c idle_in_transaction_session_timeout={FROZEN}s",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class DatabaseError(Exception):
    """The database cannot be used as asked; the text says what, where and how to mend."""


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://...`.

    `DatabaseError` for anything else. Nothing is connected yet.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseError(
            "BOKVAR_DATABASE is not a database address: write sqlite:///path/to/bokvar.db or "
            "postgresql+psycopg://user@host/name"
        ) from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url)
    if parsed.drivername == "postgresql+psycopg":
        return _quiet(
            create_engine(
                url,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_size=4,
                max_overflow=4,
                connect_args={k: v for k, v in _PATIENCE.items() if k not in parsed.query},
            )
        )
    raise DatabaseError(
        f"{parsed.drivername} is not supported: use sqlite:/// or postgresql+psycopg://"
    )


def _sqlite(url: str) -> Engine:
    options = {"timeout": BUSY_TIMEOUT, "check_same_thread": False}
    engine = _quiet(create_engine(url, hide_parameters=True, connect_args=options))

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "cache_size=-131072",
            "wal_autocheckpoint=8000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _quiet(engine: Engine) -> Engine:
    """Errors of the engine name no value: neither a statement's parameters nor what a database
    quotes of a row, as PostgreSQL does in DETAIL."""

    @event.listens_for(engine, "handle_error")
    def _cut(context: ExceptionContext) -> None:
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None:
                error.args = tuple(_unquoted(arg) for arg in error.args)

    return engine


def _unquoted(told: Any) -> Any:
    """A message up to where it begins to quote."""
    return _QUOTE.split(told, maxsplit=1)[0].rstrip(" :") if isinstance(told, str) else told


def reading(engine: Engine) -> Connection:
    """A connection for reading: on SQLite it takes no writer's lock, on both it is one snapshot
    when its isolation allows."""
    return engine.connect().execution_options(read_only=True)


def insert_into(table: Table, there: Connection | Engine) -> sqlite.Insert | postgresql.Insert:
    """An insert in that database's own dialect, for both have `ON CONFLICT`."""
    if there.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def is_passing(error: BaseException) -> bool:
    """Is this a fault of the database that may pass: a lost connection, a lock, a restart, a full
    disk? A statement or a value that it refuses will be refused again."""
    return isinstance(error, OperationalError | InterfaceError | InternalError | PoolTimeout)


def unless_away(work: Callable[[], None]) -> None:
    """Do what may as well be left where the database does not answer."""
    try:
        work()
    except Exception as error:
        if not is_passing(error):
            raise
