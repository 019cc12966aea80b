"""`bokvar audit`: what it prints, and with which status it ends."""

import json

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from alerts.access.audit import AuditLog, Entry
from streams.cli.audit import app
from tests.access.forging import edit, unlock
from tests.access.noting import entry
from tests.access.persons import NOW


@pytest.fixture
def noted(engine: Engine) -> Engine:
    """Three rows, the last one hostile."""
    log = AuditLog(engine, lambda: NOW)
    log.note(entry("anna"))
    log.note(entry("bo", "report"))
    log.note(Entry("mallory", "auditor", None, "open", "559990-0013:8", {"q": "\x1b[2J"}, False))
    log.close()
    return engine


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, [*words], env={"BOKVAR_DATABASE": url})


def test_a_forged_row_is_told_on_standard_error_with_status_one(
    noted: Engine, database_url: str
) -> None:
    unlock(noted)
    with noted.begin() as connection:
        edit(connection, 2, subject="nobody")
    result = run(database_url, "verify")
    assert result.exit_code == 1
    assert "row 2 is not as it was written" in result.stderr
    assert result.stdout == ""
    result = run(database_url, "verify", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["rows"], told["anchor"], len(told["faults"])) == (3, None, 1)


def test_an_unbroken_chain_gives_the_anchor_with_which_it_is_verified_next(
    noted: Engine, database_url: str
) -> None:
    anchor = json.loads(run(database_url, "verify", "--json").stdout)["anchor"]
    assert anchor in run(database_url, "verify").stdout
    assert run(database_url, "verify", "--anchor", anchor).exit_code == 0
    other = "3:" + "0" * 64
    result = run(database_url, "verify", "--anchor", other)
    assert result.exit_code == 1
    assert "anchor" in result.stderr


def test_an_anchor_that_is_none_is_refused(noted: Engine, database_url: str) -> None:
    result = run(database_url, "verify", "--anchor", "3")
    assert result.exit_code == 2
    assert "SEQ:HASH" in result.stderr


def test_the_list_is_of_a_lease_or_a_person_and_no_terminal_obeys_it(
    noted: Engine, database_url: str
) -> None:
    everything = run(database_url, "list")
    assert everything.stdout.splitlines()[0] == (
        "3  2027-01-15T08:00:00.000+00:00  mallory (auditor)  open  REFUSED  559990-0013:8  "
        r"q=\x1b[2J"
    )
    assert "anna (caseworker, 0181)" in everything.stdout
    by = json.loads(run(database_url, "list", "--by", "mallory", "--json").stdout)["audit"]
    assert [(row["seq"], row["allowed"], row["detail"]) for row in by] == [
        (3, False, {"q": "\x1b[2J"})
    ]
    lease = run(database_url, "list", "--lease", "559990-0013:7A", "--limit", "1", "--json")
    assert [row["seq"] for row in json.loads(lease.stdout)["audit"]] == [2]
    assert "Nothing was noted" in run(database_url, "list", "--by", "nobody").stdout
