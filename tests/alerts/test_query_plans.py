"""What is asked often - metrics, status, the list, the next dead records - reads no big table from
end to end, on both databases: the plan of each statement says so."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from alerts import metrics
from alerts.access import people
from alerts.access.scope import Scope
from alerts.playbooks.towns import shipped
from alerts.store import heartbeats, outbox
from alerts.store.registers import in_registers
from alerts.store.sql import read_partitions
from alerts.views import landlords
from alerts.views.answers import answered_leases, answers
from alerts.views.feeds import feeds
from alerts.views.lease import lease_known
from alerts.views.lists import task_lists, worklist
from alerts.views.lists.coming_back import coming_back
from alerts.views.lists.filters import Filter
from alerts.views.lists.list_counts import list_counts
from alerts.views.lists.open_counts import open_counts
from alerts.views.lists.planned import Reader, planned
from alerts.views.lists.worklist import dead_letters
from alerts.views.team import meeting_numbers
from alerts.views.team.clocks_at_risk import clocks_at_risk
from alerts.views.team.days_gone import days_gone
from alerts.views.team.handed import tasks_of
from alerts.views.team.outcomes_lately import outcomes_lately
from alerts.views.team.team_counts import team_counts
from alerts.views.team.team_load import team_load
from alerts.views.team.unnamed import unnamed
from alerts.views.waiting_leases import waiting
from tests.alerts.filling import migrated

BIG = "leases|tasks|history|outbox|dead_records"
# Indexes of the few rows that wait for somebody: all of such an index may be read.
FEW = {"ix_tasks_worklist", "ix_tasks_municipality", "ix_tasks_waiting", "ix_tasks_followed",
       "ix_tasks_dated", "ix_tasks_protected", "ix_dead_records_open",
       "ix_dead_records_landlord", "ix_leases_held", "ix_leases_incomplete"}  # fmt: skip
Asked = list[tuple[str, Any]]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


@contextmanager
def noted(engine: Engine) -> Iterator[Asked]:
    """The statements of the block, with their parameters, as the database got them."""
    asked: Asked = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def full_scans(connection: Connection, asked: Asked) -> list[str]:
    """The statements that read a big table, or an index of all of it, from end to end."""
    look = _in_sqlite if connection.dialect.name == "sqlite" else _in_postgresql
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL enable_seqscan = off"))  # small tables need no index
    return [statement for statement, given in asked if look(connection, statement, given)]


def _in_sqlite(connection: Connection, statement: str, given: Any) -> bool:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    steps = [step for *_, step in rows]
    if "LIMIT" in statement and not any("TEMP B-TREE" in step for step in steps):
        return False  # it reads as many rows as it shows
    for step in steps:
        scan = re.match(rf"SCAN ({BIG})\b(?:.* INDEX (\w+))?", step)
        if scan and scan.group(2) not in FEW:
            return True
    return False


def _in_postgresql(connection: Connection, statement: str, given: Any) -> bool:
    found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", given).scalar()
    plan = found if isinstance(found, list) else json.loads(str(found))
    return _scans(plan[0]["Plan"], limited=False)


def _scans(node: dict[str, Any], limited: bool) -> bool:
    kind, table = node["Node Type"], node.get("Relation Name", "")
    if kind == "Seq Scan" and re.fullmatch(BIG, table):
        return True
    whole = "Index" in kind and "Index Cond" not in node and not limited
    if whole and re.fullmatch(BIG, table or "leases") and node.get("Index Name") not in FEW:
        return bool(kind != "Bitmap Heap Scan")
    limited = limited or kind == "Limit"
    return any(_scans(part, limited) for part in node.get("Plans", ()))


def every_task(connection: Connection) -> None:
    connection.execute(text("SELECT count(*) FROM tasks")).all()


def every_waking_day(connection: Connection) -> None:
    connection.execute(text("SELECT count(wake_on) FROM leases")).all()


def sorted_by_the_way(connection: Connection) -> None:
    connection.execute(text("SELECT body FROM tasks ORDER BY revision LIMIT 10")).all()


ASKED: dict[str, Callable[[Connection], object]] = {
    "counts": worklist.counts,
    "the list": lambda c: worklist.worklist(c, limit=25),
    "a municipality's list": lambda c: worklist.worklist(c, Scope("0181"), limit=25),
    "a district's list": lambda c: worklist.worklist(
        c, Scope("0181"), Filter(district="Ronna"), limit=25
    ),
    "what is mine and nobody's": lambda c: worklist.worklist(
        c, Scope("0181"), Filter(others=("anna", "berit"), also=("a", "b")), limit=25
    ),
    "what is planned": lambda c: planned(c, Scope("0181"), date(2026, 3, 8)),
    "cases that come back": lambda c: coming_back(
        c, Scope("0181"), shipped(), date(2026, 3, 8), 25
    ),
    "how much is open": lambda c: open_counts(c, Scope("0181")),
    "who has tasks": lambda c: people.holders(c, "0181"),
    "the counts of the tabs": lambda c: list_counts(
        c, Scope("0181"), date(2026, 3, 8), [], Reader("anna", "Anna", (), frozenset()), 0
    ),
    "tasks that are known": lambda c: task_lists.chosen(c, ["a", "b"], limit=25),
    "the tasks that wait": lambda c: task_lists.waiting(c, limit=25),
    "a municipality's tasks that wait": lambda c: task_lists.waiting(c, Scope("0181"), limit=25),
    "how many tasks wait": lambda c: task_lists.count_waiting(
        c, Scope("0181"), Filter(district="Ronna")
    ),
    "the tasks closed lately": lambda c: task_lists.recent(c, date(2026, 3, 8), limit=25),
    "open dead records": lambda c: dead_letters(c, limit=50),
    "dead records": lambda c: dead_letters(c, every=True, limit=50),
    "a landlord's dead records": lambda c: landlords.to_mend(c, "559990-0013"),
    "a landlord's answers": lambda c: answers(c, "559990-0013", 50),
    "a landlord's answers of some leases": lambda c: answers(c, "559990-0013", 50, ["a", "b"]),
    "of which leases a landlord was answered": lambda c: answered_leases(c, "559990-0013", 500),
    "a landlord's leases that wait": lambda c: landlords.waiting_leases(c, "559990-0013"),
    "how many leases a landlord has": lambda c: landlords.count_leases(c, "559990-0013"),
    "a municipality's landlords": lambda c: landlords.feeds_of_town(c, read_partitions(c), "0181"),
    "days": worklist.newest_day,
    "landlords": lambda c: feeds(c, read_partitions(c)),
    "leases that are held": lambda c: list(waiting(c, "held", 50)),
    "leases that are incomplete": lambda c: list(waiting(c, "incomplete", 50)),
    "who lives": heartbeats.heard_of,
    "what waits to be sent": outbox.unsent,
    "the load of a team": lambda c: team_load(c, Scope("0181")),
    "clocks at risk": lambda c: clocks_at_risk(
        c, Scope("0181"), date(2026, 3, 8), 25, ("anna", "berit")
    ),
    "last days that have gone": lambda c: days_gone(c, Scope("0181"), ("anna", "berit")),
    "outcomes lately": lambda c: outcomes_lately(c, Scope("0181"), date(2026, 3, 8)),
    "protected cases that are nobody's": lambda c: unnamed(c, Scope("0181"), ("anna",)),
    "somebody's tasks": lambda c: tasks_of(c, Scope("0181"), "anna"),
    "the counts of a file": lambda c: team_counts(c, Scope("0181"), date(2026, 3, 8)),
    "what came since a meeting": lambda c: meeting_numbers.since(
        c, "sodertalje", date(2026, 3, 8), Scope("0181")
    ),
    "the leases of a register": lambda c: list(in_registers(c, "0181")),
    "a lease": lambda c: lease_known.load(c, "559990-0013:1"),
}


@pytest.mark.parametrize("ask", [every_task, every_waking_day, sorted_by_the_way])
def test_a_statement_that_reads_a_whole_table_is_seen(
    engine: Engine, ask: Callable[[Connection], object]
) -> None:
    with noted(engine) as asked, engine.connect() as connection:
        ask(connection)
        assert full_scans(connection, asked)


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_often_reads_no_big_table_from_end_to_end(engine: Engine, name: str) -> None:
    with noted(engine) as asked, engine.connect() as connection:
        ASKED[name](connection)
        assert asked
        assert full_scans(connection, list(asked)) == []


def test_metrics_read_no_big_table_from_end_to_end_and_all_partitions_at_once(
    engine: Engine,
) -> None:
    with noted(engine) as asked, engine.connect() as connection:
        metrics.collect(engine, 1_000.0)
        assert full_scans(connection, list(asked)) == []
    assert sum("FROM partitions" in statement for statement, _ in asked) <= 2
    assert not any("partitions.number =" in statement for statement, _ in asked)
