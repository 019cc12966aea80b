"""The store folds up to rules that it does not know, in one transaction, and no further."""

import time
from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import Engine

from alerts.contract.topics import EVENTS
from alerts.fold.record import Record
from alerts.rules.rulebook import Rulebook
from alerts.rules.rules import Rules
from alerts.store import adoption, rule_changes, schema, setup
from alerts.store.database import open_database, reading
from alerts.store.frames import Folded, Frame, Verdict
from alerts.store.sql import SqlStore, read_partition
from models.contract import facts
from models.contract.events import BOKVAR, Event
from tests.builders import event, registered
from tests.migrated import migrate

OLD, NEW = Rules(1, "law", {}, "points"), Rules(2, "law", {}, "points")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    migrate(engine)
    setup.tie(engine, EVENTS, "id", 1)
    yield engine
    engine.dispose()


def change(rules: Rules, sequence: int) -> Event:
    fact = facts.RulesChanged(digest=rules.digest, what="code")
    return event(fact, rule_changes.event_id(rules.digest, sequence), BOKVAR)


def frame(start: int, *events: Event) -> Frame:
    records = [
        Record(start + n, None, msgspec.json.encode(found), found) for n, found in enumerate(events)
    ]
    return Frame(0, start, start + len(events), records)


def fold(engine: Engine, rules: Rules, found: Frame) -> Folded:
    return SqlStore(engine, lambda lease_id: 0, time.time, Rulebook(rules)).fold(found)


def leases(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(schema.leases.select()).all())


def test_a_frame_is_committed_up_to_a_change_that_is_not_known_and_the_rest_is_left(
    engine: Engine,
) -> None:
    found = frame(0, registered("559990-0013:1"), change(NEW, 1), registered("559990-0013:2"))
    folded = fold(engine, OLD, found)
    assert (folded.verdict, folded.watermark) == (Verdict.COMMITTED, 1)
    assert folded.why is not None
    assert "does not know" in folded.why
    assert leases(engine) == 1
    again = fold(engine, OLD, found)
    assert (again.verdict, again.watermark) == (Verdict.STOPPED, 1)
    assert leases(engine) == 1
    assert fold(engine, NEW, found).watermark == 3
    assert leases(engine) == 2


def test_a_program_that_does_not_know_the_rules_writes_nothing_under_them(engine: Engine) -> None:
    fold(engine, OLD, frame(0, change(OLD, 1), registered("559990-0013:1")))
    for later in (frame(2, registered("559990-0013:2")), frame(2), Frame(0, 2, 9, [])):
        folded = fold(engine, NEW, later)
        assert folded.verdict is (Verdict.STOPPED if later.next > 2 else Verdict.STALE)
    with reading(engine) as connection:
        assert read_partition(connection, 0).next_offset == 2


def test_a_change_is_not_passed_before_its_checkpoint_is_taken(engine: Engine) -> None:
    with engine.begin() as connection:
        begun = rule_changes.begin(connection, NEW, 1, saved=False)
    found = frame(0, change(NEW, begun.sequence), registered("559990-0013:1"))
    assert fold(engine, NEW, found).verdict is Verdict.STOPPED
    with engine.begin() as connection:
        rule_changes.note_saved(connection, begun.sequence)
    assert fold(engine, NEW, found).watermark == 2


def test_a_schema_of_a_later_release_is_left_alone_and_is_no_hindrance(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")
    setup.migrate(engine)
    setup.require_current(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r0001'")
    with pytest.raises(setup.SetupError, match="older"):
        setup.require_current(engine)


def test_adopting_another_log_forgets_where_rules_changed_in_the_old_one(engine: Engine) -> None:
    with engine.begin() as connection:
        rule_changes.begin(connection, NEW, 1, saved=False)
    adoption.adopt(engine, EVENTS, "another", [(0, 0)])
    with reading(engine) as connection:
        assert rule_changes.newest(connection) is None
