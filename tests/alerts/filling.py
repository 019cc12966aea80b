"""Puts rows into the outbox as the store does, for tests of what sends them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, insert, select

from alerts.contract.topics import VISIT_TASKS
from alerts.store import schema
from alerts.store.database import open_database
from tests.migrated import migrate


@contextmanager
def migrated(url: str) -> Iterator[Engine]:
    """An engine on a database with the newest schema."""
    engine = open_database(url)
    migrate(engine)
    yield engine
    engine.dispose()


def put(
    engine: Engine,
    partition: int,
    seqs: range,
    *,
    created_at: float = 0.0,
    size: int = 0,
    topic: str = VISIT_TASKS,
    headers: str = "{}",
) -> None:
    """Rows `seqs`: value `<partition>:<seq>` padded to `size` bytes, one key a partition."""
    rows = [
        {
            "partition": partition,
            "seq": seq,
            "topic": topic,
            "key": f"5560000001:{partition}".encode(),
            "value": f"{partition}:{seq}".encode().ljust(size, b"."),
            "headers": headers,
            "created_at": created_at,
        }
        for seq in seqs
    ]
    with engine.begin() as connection:
        connection.execute(insert(schema.outbox), rows)


def cursors(engine: Engine) -> dict[int, int]:
    """Up to which row each partition has been sent."""
    with engine.connect() as connection:
        rows = connection.execute(select(schema.relayed.c.partition, schema.relayed.c.seq))
        return {row.partition: row.seq for row in rows}
