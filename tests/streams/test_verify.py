"""`verify` sees every way in which the database can differ from the log; a whole one has none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    ScalarSelect,
    Table,
    delete,
    insert,
    select,
    update,
)

from alerts.store import counted, schema
from alerts.store.setup import SetupError
from models.contract.events import LANDLORD
from models.contract.facts import LeaseChanged
from models.lease import state as stored
from streams.kafka import topics
from streams.kafka.log import LogEndsEarlyError
from streams.proof.verify import verify
from tests import builders
from tests.pump import World, publish, pump
from tests.streams.town import make_town

Damage = Callable[[World], None]


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    return make_town(kafka, topic_prefix, tmp_path, database_url)


def seen(world: World) -> tuple[int, int, int]:
    found = verify(world.settings, world.engine)
    return found.lost, found.doubled, found.different


def change(statement: Executable) -> Damage:
    """Damage done by one statement that touches exactly one row."""

    def damage(world: World) -> None:
        with world.engine.begin() as connection:
            changed = connection.execute(statement)
            assert isinstance(changed, CursorResult)
            assert changed.rowcount == 1

    return damage


def first(table: Table, column: str) -> ScalarSelect[Any]:
    return select(table.c[column]).order_by(table.c[column]).limit(1).scalar_subquery()


def one_of(table: Table) -> ColumnElement[bool]:
    """The row of the first key, of a table whose key has one column."""
    (key,) = table.primary_key.columns
    return key == first(table, key.name)


def third_seq(table: Table) -> ColumnElement[bool]:
    """The third row of partition 1."""
    seqs = select(table.c.seq).where(table.c.partition == 1).order_by(table.c.seq)
    third = seqs.offset(2).limit(1).scalar_subquery()
    return (table.c.partition == 1) & (table.c.seq == third)


def owe_one_ore_more(world: World) -> None:
    """A lease that was altered by hand, in bytes that can be read."""
    with world.engine.begin() as connection:
        row = connection.execute(select(schema.leases).where(schema.leases.c.registered == 1))
        for found in row.fetchall():
            lease = stored.decode(found.state)
            if lease.account.invoices:
                next(iter(lease.account.invoices.values())).rent_ore += 1
                connection.execute(
                    update(schema.leases)
                    .where(schema.leases.c.lease_id == found.lease_id)
                    .values(state=stored.encode(lease))
                )
                return


def copy_row(table: Table, **changes: object) -> Damage:
    def damage(world: World) -> None:
        with world.engine.begin() as connection:
            row = connection.execute(select(table).limit(1)).mappings().one()
            connection.execute(insert(table), {**row, **changes})

    return damage


def leave_without_dead_letters(world: World) -> None:
    with world.engine.begin() as connection:
        row = connection.execute(select(schema.dead_records).limit(1)).one()
        where = (schema.dead_records.c.partition == row.partition) & (
            schema.dead_records.c.offset == row.offset
        )
        connection.execute(delete(schema.dead_records).where(where))


LEASES, TASKS, OUTBOX = schema.leases, schema.tasks, schema.outbox
DAMAGES: dict[str, tuple[Damage, tuple[int, int, int], str]] = {
    "a lease row deleted": (change(delete(LEASES).where(one_of(LEASES))), (1, 0, 0), "lease"),
    "a lease altered": (owe_one_ore_more, (0, 0, 1), "lease"),
    "a lease that cannot be read": (
        change(update(LEASES).where(one_of(LEASES)).values(state=b"\xc1")),
        (0, 0, 1),
        "lease",
    ),
    "a lease that wakes on another day": (
        change(update(LEASES).where(one_of(LEASES)).values(wake_on="2031-01-01")),
        (0, 0, 1),
        "lease",
    ),
    "an extra lease": (copy_row(LEASES, lease_id="559990-0013:extra"), (0, 1, 0), "lease"),
    "a lease in another partition": (
        copy_row(LEASES, lease_id="559990-0013:far", partition=77),
        (0, 1, 0),
        "lease",
    ),
    "a task deleted": (change(delete(TASKS).where(one_of(TASKS))), (1, 0, 0), "task"),
    "a task altered": (
        change(update(TASKS).where(one_of(TASKS)).values(body=b"{}")),
        (0, 0, 1),
        "task",
    ),
    "a task with another revision": (
        change(update(TASKS).where(one_of(TASKS)).values(revision=99)),
        (0, 0, 1),
        "task",
    ),
    "a task in another place of the list": (
        change(update(TASKS).where(one_of(TASKS)).values(nearest_on="2031-01-01")),
        (0, 0, 1),
        "task",
    ),
    "an extra task": (copy_row(TASKS, task_id="0" * 36), (0, 1, 0), "task"),
    "an outbox row removed": (
        change(delete(OUTBOX).where(third_seq(OUTBOX))),
        (1, 0, 0),
        "outbox row",
    ),
    "an outbox row altered": (
        change(update(OUTBOX).where(third_seq(OUTBOX)).values(value=b"{}")),
        (0, 0, 1),
        "outbox row",
    ),
    "an outbox row doubled": (copy_row(OUTBOX, seq=9_000_000), (0, 1, 0), "outbox row"),
    "a history line removed": (
        change(delete(schema.history).where(third_seq(schema.history))),
        (1, 0, 0),
        "history line",
    ),
    "a dead letter removed": (leave_without_dead_letters, (1, 0, 0), "dead record"),
    "a dead letter made up": (
        copy_row(schema.dead_records, offset=9_000_000),
        (0, 1, 0),
        "dead record",
    ),
}


def test_each_kind_of_damage_to_the_database_is_seen_counted_and_named(world: World) -> None:
    found = {}
    for name, (damage, _, what) in DAMAGES.items():
        with undone(world):
            damage(world)
            result = verify(world.settings, world.engine)
            assert [example.what for example in result.examples] == [what], name
            counted = result.lost, result.doubled, result.different
            found[name] = (counted, result.by_what)
    assert found == {name: (counts, {what: 1}) for name, (_, counts, what) in DAMAGES.items()}
    assert seen(world) == (0, 0, 0)


@contextmanager
def undone(world: World) -> Iterator[None]:
    """Puts every row back afterwards."""
    tables = (LEASES, TASKS, OUTBOX, schema.history, schema.dead_records)
    with world.engine.connect() as connection:
        before = [connection.execute(select(table)).mappings().all() for table in tables]
    yield
    with world.engine.begin() as connection:
        for table, rows in zip(tables, before, strict=True):
            connection.execute(delete(table))
            connection.execute(insert(table), [dict(row) for row in rows])


def test_a_whole_database_has_no_difference_however_the_log_was_cut(world: World) -> None:
    found = verify(world.settings, world.engine)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert found.events > 1_000
    assert found.leases >= 60
    assert min(found.tasks, found.outbox, found.dead_letters) > 0


def test_counts_that_are_neither_the_logs_nor_the_tables_are_seen(world: World) -> None:
    wrong = counted.encode(counted.Counted(77))
    table = schema.partitions
    with world.engine.begin() as connection:
        connection.execute(update(table).where(table.c.number == 0).values(counted=wrong))
    assert verify(world.settings, world.engine).by_what == {"counts": 1}


def test_a_record_skipped_by_the_watermark_is_seen_in_everything_it_touched(world: World) -> None:
    """A worker that moved its watermark without folding is what `verify` is there to find."""
    publish(world, [builders.registered(), builders.invoiced("2026-05")])
    for number, span in enumerate(topics.spans(world.settings, world.topic)):
        with world.engine.begin() as connection:
            connection.execute(
                update(schema.partitions)
                .where(schema.partitions.c.number == number)
                .values(next_offset=span.end)
            )
    found = verify(world.settings, world.engine)
    assert found.by_what == {"lease": 1}
    assert found.lost == 1
    assert found.examples[0].name == builders.LEASE


def test_a_record_folded_twice_is_seen(world: World) -> None:
    """The same outgoing messages once more, under new numbers."""
    with world.engine.begin() as connection:
        rows = connection.execute(select(OUTBOX).where(OUTBOX.c.partition == 0)).mappings().all()
        last = max(row["seq"] for row in rows)
        again = [{**row, "seq": last + number} for number, row in enumerate(rows, 1)]
        connection.execute(insert(OUTBOX), again)
    assert seen(world) == (0, len(rows), 0)


def test_rows_and_watermarks_are_of_one_moment_while_a_worker_goes_on(world: World) -> None:
    went_on: list[int] = []

    def go_on(done: int, total: int) -> None:
        if not went_on:
            went_on.append(done)
            more = [builders.registered(builders.lease_id(n)) for n in range(30)]
            publish(world, [*more, *builders.days("2026-04-01", "2026-05-20")])
            pump(world)

    found = verify(world.settings, world.engine, told=go_on)
    assert went_on
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert verify(world.settings, world.engine).leases == found.leases + 30


def test_examples_are_cut_and_counts_are_not(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(delete(LEASES))
    found = verify(world.settings, world.engine, examples=3)
    assert found.lost == found.leases >= 60
    assert len(found.examples) == 3


def test_a_database_of_another_topic_is_refused(world: World, tmp_path: Path) -> None:
    with world.engine.begin() as connection:
        connection.execute(update(schema.topic).values(topic_id="another"))
    with pytest.raises(SetupError, match="init --adopt"):
        verify(world.settings, world.engine)


def test_a_log_that_ends_before_the_watermark_is_refused(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(update(schema.partitions).values(next_offset=1_000_000))
    with pytest.raises(LogEndsEarlyError, match="was read up to 1000000 before"):
        verify(world.settings, world.engine)


def test_tasks_closed_before_their_household_was_protected_or_shown_again_are_no_difference(
    world: World,
) -> None:
    table = schema.tasks.c
    with world.engine.connect() as connection:
        query = select(table.lease_id).where(schema.CLOSED_TASKS, table.protected == 0)
        lease = str(connection.scalars(query.order_by(table.lease_id)).first())
    for on, hidden in ((date(2026, 3, 1), True), (date(2026, 3, 2), False)):
        fact = LeaseChanged(lease_id=lease, effective_on=on, protected_identity=hidden)
        source = LANDLORD + lease.partition(":")[0]
        publish(world, [builders.event(fact, f"hidden {hidden}", source)])
        pump(world)
        with world.engine.connect() as connection:
            found = connection.scalars(select(table.protected).where(table.lease_id == lease))
            assert set(found) == {int(hidden)}
        assert seen(world) == (0, 0, 0)
