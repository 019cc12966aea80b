"""An act is noted before it is done, or it is not done; all that is noted is one chain."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import DBAPIError

from alerts.access import audit_list
from alerts.access.audit import AuditLog, Entry, NotNoted
from alerts.access.audit_proof import verify
from alerts.proof.snapshot import snapshot
from alerts.store import access_schema
from alerts.store.database import reading
from tests.access.noting import entry
from tests.access.persons import NOW
from tests.waiting import wait_until


@pytest.fixture
def log(engine: Engine) -> Iterator[AuditLog]:
    log = AuditLog(engine, lambda: NOW)
    yield log
    log.close()


def faults(engine: Engine) -> list[str]:
    with snapshot(engine) as connection:
        return verify(connection).faults


def noted(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        rows = connection.execute(
            select(access_schema.audit).order_by(access_schema.audit.c.seq)
        ).mappings()
        return [dict(row) for row in rows]


def test_a_database_that_fails_raises_and_the_next_note_works(
    engine: Engine, log: AuditLog
) -> None:
    log.note(entry("anna"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_head RENAME TO hidden"))
    for _ in range(2):
        with pytest.raises(NotNoted, match="cannot be written"):
            log.note(entry("bo"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO audit_head"))
    assert log.note(entry("cecilia")) == 2
    assert [row["subject"] for row in noted(engine)] == ["anna", "cecilia"]
    assert faults(engine) == []


def test_of_rows_that_belong_together_all_are_kept_or_none(engine: Engine, log: AuditLog) -> None:
    bad = entry("cecilia", action=None)  # type: ignore[arg-type]  # no column has it
    with pytest.raises(NotNoted, match="cannot be written"):
        log.note_all([entry("anna"), bad])
    assert noted(engine) == []
    assert log.note_all([entry("anna"), entry("bo")]) == 2
    assert [row["subject"] for row in noted(engine)] == ["anna", "bo"]
    assert faults(engine) == []


def test_a_commit_that_fails_raises_for_everybody_who_waited_for_it(
    engine: Engine, log: AuditLog
) -> None:
    entered, go = threading.Event(), threading.Event()

    def fail(_connection: object) -> None:
        entered.set()
        go.wait(20)
        raise RuntimeError("the disk is full")

    event.listen(engine, "commit", fail)
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(log.note, entry("first"))
        assert entered.wait(20)
        others = [threads.submit(log.note, entry(f"p{number}")) for number in range(7)]
        go.set()
        errors = [future.exception(20) for future in (first, *others)]
    assert all(isinstance(error, NotNoted) for error in errors)
    assert "disk" not in str(errors[0])
    event.remove(engine, "commit", fail)
    assert log.note(entry("after")) == 1
    assert faults(engine) == []


def test_without_its_head_nothing_is_noted(engine: Engine, log: AuditLog) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(NotNoted):
        log.note(entry("anna"))
    assert noted(engine) == []


def test_a_closed_log_notes_what_waited_and_nothing_more(engine: Engine) -> None:
    log = AuditLog(engine, lambda: NOW)
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(log.note, entry(f"p{number}")) for number in range(8)]
        for one in asked:
            one.result(20)
    log.close()
    log.close()
    with pytest.raises(NotNoted, match="closed"):
        log.note(entry("late"))
    assert len(noted(engine)) == 8


def test_what_somebody_typed_cannot_keep_an_act_from_being_noted(
    engine: Engine, log: AuditLog
) -> None:
    odd = Entry(
        "anna", "caseworker", None, "search", "7\0A\ud800" + "x" * 300, {"q": "\0\ud800å'\"\n"}
    )
    log.note(odd)
    (row,) = noted(engine)
    assert row["lease_id"] == ("7\\x00A\\ud800" + "x" * 300)[:200]
    assert json.loads(row["detail"]) == {"q": "\\x00\\ud800å'\"\n"}
    assert faults(engine) == []


def test_threads_that_note_at_once_make_one_chain_and_each_gets_its_own_number(
    engine: Engine, log: AuditLog
) -> None:
    other = AuditLog(engine, lambda: NOW)
    with ThreadPoolExecutor(8) as threads:
        logs = [log, other] * 100
        told = list(
            threads.map(lambda n: (f"p{n}", logs[n].note(entry(f"p{n}"))), range(len(logs)))
        )
    other.close()
    assert sorted(seq for _, seq in told) == list(range(1, 201))
    assert {row["subject"]: row["seq"] for row in noted(engine)} == dict(told)
    assert faults(engine) == []


def test_processes_that_note_at_once_make_one_chain(engine: Engine, database_url: str) -> None:
    command = [sys.executable, "-m", "tests.access.noting", database_url]
    children = [subprocess.Popen([*command, name, "60"]) for name in ("a", "b")]
    assert [child.wait(60) for child in children] == [0, 0]
    assert len({row["subject"] for row in noted(engine)}) == 120
    assert faults(engine) == []


def test_many_that_wait_are_committed_together(engine: Engine, log: AuditLog) -> None:
    commits = 0
    entered, go = threading.Event(), threading.Event()

    def count(_connection: object) -> None:
        nonlocal commits
        commits += 1
        entered.set()
        go.wait(20)

    event.listen(engine, "commit", count)
    with ThreadPoolExecutor(20) as threads:
        threads.submit(log.note, entry("first"))
        assert entered.wait(20)
        others = [threads.submit(log.note, entry(f"p{number}")) for number in range(19)]
        wait_until(lambda: log._commits._waiting.qsize() == 19, 20, "all of them wait")
        go.set()
        assert sorted(one.result(20) for one in others) == list(range(2, 21))
    event.remove(engine, "commit", count)
    assert commits == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET subject = 'bo'",
        "UPDATE audit SET hash = hash",
        "DELETE FROM audit",
        # These two are each one database's own; the other does not know them at all.
        "TRUNCATE audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    ],
)
def test_no_statement_changes_or_removes_a_row(
    engine: Engine, log: AuditLog, statement: str
) -> None:
    log.note(entry("anna"))
    before = noted(engine)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(statement))
    assert noted(engine) == before


def test_the_list_is_newest_first_and_of_one_lease_or_person(engine: Engine, log: AuditLog) -> None:
    log.note(entry("anna", "look"))
    log.note(Entry("bo", "auditor", None, "list", None, {}, allowed=False))
    log.note(entry("anna", "report"))
    with reading(engine) as connection:
        assert [row["seq"] for row in audit_list.rows(connection)] == [3, 2, 1]
        assert [row["seq"] for row in audit_list.rows(connection, limit=1)] == [3]
        lease = audit_list.rows(connection, lease_id="559990-0013:7A")
        assert [row["action"] for row in lease] == ["report", "look"]
        (bo,) = audit_list.rows(connection, by="bo")
    assert bo == {
        "seq": 2,
        "at": "2027-01-15T08:00:00.000+00:00",
        "subject": "bo",
        "role": "auditor",
        "municipality": None,
        "action": "list",
        "lease_id": None,
        "allowed": False,
        "detail": {},
    }
