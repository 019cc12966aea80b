"""The database in one moment, and how far its outbox has come there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from alerts.store import schema


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection on which everything read is of one moment, however long it is held."""
    options: dict[str, Any] = {"read_only": True}
    if engine.dialect.name != "sqlite":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            # Nobody waits for it, as it locks nothing: it may be idle while a busy machine folds.
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.execute(select(func.count()).select_from(schema.partitions))
        yield connection


def sent_through(connection: Connection, number: int) -> int:
    """The sequence number of the last outbox row of a partition that was sent; 0 if none."""
    table = schema.relayed
    query = select(table.c.seq).where(table.c.partition == number)
    return connection.execute(query).scalar() or 0


def pruned_through(connection: Connection, number: int) -> int:
    """Up to where a partition's outbox may have been pruned: sent, and before all that is left."""
    table = schema.outbox
    query = select(func.min(table.c.seq)).where(table.c.partition == number)
    first = connection.execute(query).scalar()
    sent = sent_through(connection, number)
    return sent if first is None else min(sent, int(first) - 1)
