"""The outbox: rows come in order, in bounded batches, and a cursor is moved by one relay only."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from alerts.store import outbox
from alerts.store.database import reading
from tests.alerts.filling import cursors, migrated, put


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def advance(engine: Engine, partition: int, sent: int, upto: int) -> bool:
    with engine.begin() as connection:
        return outbox.advance(connection, partition, sent, upto)


def read(engine: Engine, **bounds: int) -> dict[int, list[int]]:
    """The numbers of the rows that come next, by partition."""
    with reading(engine) as connection:
        return {s.partition: [r.seq for r in s.rows] for s in outbox.read(connection, **bounds)}


def unsent(engine: Engine) -> outbox.Unsent:
    with reading(engine) as connection:
        return outbox.unsent(connection)


def prune(engine: Engine, partition: int, upto: int) -> int:
    with engine.begin() as connection:
        return outbox.prune(connection, partition, upto)


def test_a_relay_that_comes_late_does_not_move_the_cursor_back_or_on(engine: Engine) -> None:
    assert advance(engine, 3, 0, 10)
    assert not advance(engine, 3, 0, 5)
    assert not advance(engine, 3, 5, 20)
    assert cursors(engine) == {3: 10}


def test_a_cursor_cannot_be_asked_to_go_back(engine: Engine) -> None:
    advance(engine, 3, 0, 10)
    with pytest.raises(ValueError, match="cannot go from 10 to 9"):
        advance(engine, 3, 10, 9)


def test_a_cursor_whose_transaction_is_undone_stays_where_it_was(engine: Engine) -> None:
    advance(engine, 3, 0, 10)
    with engine.connect() as connection, connection.begin() as transaction:
        outbox.advance(connection, 3, 10, 20)
        transaction.rollback()
    assert cursors(engine) == {3: 10}


def test_of_many_that_move_the_same_cursor_at_once_one_does(engine: Engine) -> None:
    together = threading.Barrier(4)

    def move(upto: int) -> bool:
        together.wait(10)
        return advance(engine, 7, 0, upto)

    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(move, range(1, 5)))
    assert moved.count(True) == 1
    assert cursors(engine) == {7: moved.index(True) + 1}


def test_rows_not_sent_are_never_pruned(engine: Engine) -> None:
    put(engine, 0, range(1, 11))
    assert prune(engine, 0, 10) == 0
    advance(engine, 0, 0, 6)
    assert prune(engine, 0, 4) == 4
    assert prune(engine, 0, 10) == 2
    assert read(engine) == {0: [7, 8, 9, 10]}


def test_numbers_go_on_after_everything_was_pruned(engine: Engine) -> None:
    put(engine, 0, range(1, 4))
    advance(engine, 0, 0, 3)
    prune(engine, 0, 3)
    assert read(engine) == {}
    put(engine, 0, range(4, 6))
    assert read(engine) == {0: [4, 5]}


def test_one_partition_is_pruned_and_not_another(engine: Engine) -> None:
    for partition in (0, 1):
        put(engine, partition, range(1, 4))
        advance(engine, partition, 0, 2)
    assert prune(engine, 1, 2) == 2
    with engine.connect() as connection:
        left = connection.execute(text("SELECT partition, count(*) FROM outbox GROUP BY 1"))
        assert sorted(left.all()) == [(0, 3), (1, 1)]


def test_an_empty_outbox_has_nothing_to_send(engine: Engine) -> None:
    assert read(engine) == {}
    assert unsent(engine) == outbox.Unsent(0, None)


def test_every_partition_gives_the_rows_after_its_cursor_in_order(engine: Engine) -> None:
    put(engine, 11, range(1, 4))
    put(engine, 2, range(1, 6))
    put(engine, 5, range(1, 3))
    advance(engine, 2, 0, 3)
    advance(engine, 5, 0, 2)
    assert read(engine) == {2: [4, 5], 11: [1, 2, 3]}


def test_a_batch_has_at_most_so_many_rows_shared_by_the_partitions(engine: Engine) -> None:
    put(engine, 0, range(1, 21))
    put(engine, 1, range(1, 3))
    assert read(engine, rows=10) == {0: [1, 2, 3, 4, 5], 1: [1, 2]}


def test_a_batch_has_at_most_so_many_bytes_and_at_least_a_row_of_each_partition(
    engine: Engine,
) -> None:
    put(engine, 0, range(1, 21), size=100)
    put(engine, 1, range(1, 3), size=5_000)
    assert read(engine, size=600) == {0: [1, 2, 3], 1: [1]}


def test_a_row_comes_as_it_was_written(engine: Engine) -> None:
    put(engine, 4, range(1, 2), topic="rent.events.dlq.v1", headers='{"error": "unreadable"}')
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET key = NULL"))
    with reading(engine) as connection:
        (found,) = outbox.read(connection)
    assert found == outbox.Slice(
        4, 0, [outbox.Row(1, "rent.events.dlq.v1", None, b"4:1", '{"error": "unreadable"}')]
    )


def test_what_waits_is_counted_and_the_oldest_of_all_partitions_tells_its_age(
    engine: Engine,
) -> None:
    put(engine, 0, range(1, 4), created_at=100.0)
    put(engine, 0, range(4, 6), created_at=300.0)
    put(engine, 1, range(1, 3), created_at=200.0)
    assert unsent(engine) == outbox.Unsent(7, 100.0)
    advance(engine, 0, 0, 3)
    assert unsent(engine) == outbox.Unsent(4, 200.0)
