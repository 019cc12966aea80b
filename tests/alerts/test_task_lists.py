"""The lists beside the worklist: tasks that wait, and tasks closed lately, on both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, delete

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.store import schema, setup
from alerts.store.database import open_database
from alerts.store.setup import migrate
from alerts.store.writes import write_tasks
from alerts.views.lists import task_lists, worklist
from alerts.views.lists.filters import Filter
from alerts.views.lists.in_lists import in_list
from models.contract.facts.acts import WaitsFor
from models.phrase import Phrase, phrase
from tests.alerts.filling import migrated
from tests.spoken import SV
from tests.visit_tasks import DISTRICTS, TOWNS, task

TODAY = date(2026, 3, 10)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def waits(number: int, until: date, **changes: Any) -> VisitTask:
    return task(number, waits_until=until, waits_for="payment_promised", **changes)


def closed(number: int, on: date, **changes: Any) -> VisitTask:
    return task(number, state="closed", closed_on=on, reason=Phrase("closed.resolved"), **changes)


def write(engine: Engine, *tasks: VisitTask) -> None:
    with engine.begin() as connection:
        connection.execute(delete(schema.tasks))
        write_tasks(connection, 0, {one.task_id: one for one in tasks})


def back_to(engine: Engine, revision: str) -> None:
    """Make the schema what it was before."""
    config = Config()
    config.set_main_option("script_location", str(Path(setup.__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    command.downgrade(config, revision)


def test_a_task_that_waits_is_neither_on_the_worklist_nor_in_its_counts(engine: Engine) -> None:
    first, second, waiting = task(1), task(2), waits(3, date(2026, 3, 20))
    write(engine, first, second, waiting)
    with engine.connect() as connection:
        assert worklist.worklist(connection).tasks == [first, second]
        assert worklist.worklist(connection, limit=1).left_out == {"C": 1}
        assert worklist.counts(connection).tasks_by_band["C"] == 2
        assert task_lists.count_waiting(connection) == 1


def test_those_that_wait_are_listed_by_their_days_for_a_town_and_a_district(
    engine: Engine,
) -> None:
    late, soon = waits(1, date(2026, 4, 1)), waits(2, date(2026, 3, 12))
    other = waits(3, date(2026, 3, 13), municipality=TOWNS[1], district=DISTRICTS[1])
    write(engine, late, soon, other, closed(4, TODAY), task(5))
    with engine.connect() as connection:
        assert task_lists.waiting(connection).tasks == [soon, other, late]
        assert task_lists.waiting(connection, Scope(TOWNS[1])).tasks == [other]
        assert task_lists.waiting(connection, filtered=Filter(district=DISTRICTS[0])).tasks == [
            soon,
            late,
        ]
        cut = task_lists.waiting(connection, limit=1)
        assert (cut.tasks, cut.left_out) == ([soon], {"C": 2})
        assert task_lists.count_waiting(connection, Scope(TOWNS[1])) == 1


def test_a_task_that_waits_no_more_is_on_the_worklist_again(engine: Engine) -> None:
    write(engine, waits(1, date(2026, 3, 20)))
    again = task(1, revision=2)
    with engine.begin() as connection:
        write_tasks(connection, 0, {again.task_id: again})
        assert worklist.worklist(connection).tasks == [again]
        assert task_lists.waiting(connection).tasks == []


def test_only_what_was_closed_in_the_last_seven_days_is_listed_the_newest_first(
    engine: Engine,
) -> None:
    long_ago, first, last = (
        closed(1, date(2026, 3, 2)), closed(2, date(2026, 3, 3)), closed(3, TODAY)
    )  # fmt: skip
    write(engine, long_ago, first, last, task(4), waits(5, date(2026, 4, 1)))
    with engine.connect() as connection:
        assert task_lists.recent(connection, TODAY).tasks == [last, first]
        assert task_lists.recent(connection, TODAY, limit=1).left_out == {"C": 1}


def test_tasks_from_before_the_lists_get_their_place_in_them(database_url: str) -> None:
    engine = open_database(database_url)
    migrate(engine)
    rows = (task(1), waits(2, date(2026, 3, 20)), closed(3, TODAY))
    write(engine, *rows)
    back_to(engine, "r0006")
    migrate(engine)
    with engine.connect() as connection:
        assert worklist.worklist(connection).tasks == [rows[0]]
        assert task_lists.waiting(connection).tasks == [rows[1]]
        assert task_lists.recent(connection, TODAY).tasks == [rows[2]]
    engine.dispose()


def test_no_list_says_who_asked_about_the_children() -> None:
    asked = phrase("reason.child_question_asked", on=TODAY, by="Vera")
    late = Phrase("reason.data_incomplete")
    shown = in_list(task(1, reasons=[Phrase("reason.child_question"), asked, late]))
    assert shown.reasons == [late]


@pytest.mark.parametrize("code", ["in_care", "own_caseworker"])
def test_no_list_says_that_a_household_has_care_or_support(code: str) -> None:
    assert in_list(task(1, waits_until=TODAY, waits_for=code)).waits_for == "other"
    reported = phrase("closed.reported", outcome="outcome.own_caseworker")
    assert in_list(task(1, reason=reported)).reason.code == "closed.reported_in_case"


def test_a_list_says_what_is_not_delicate() -> None:
    plain = waits(1, TODAY)
    assert in_list(plain) == plain


def test_every_reason_to_wait_has_its_words() -> None:
    assert all(SV.say(f"waits_for.{code}") for code in get_args(WaitsFor))
