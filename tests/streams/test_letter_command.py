"""`bokvar letter` reads the lease from the database and prints, saves or refuses its letter."""

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from alerts.contract.topics import EVENTS
from alerts.store import setup
from alerts.store.database import open_database
from alerts.store.frames import Frame
from alerts.store.sql import SqlStore
from models.contract.events import Event
from streams.cli.letter import app
from tests.builders import LEASE, days, invoiced, registered
from tests.memory import records
from tests.papers import eviction, message, notice

TOLD = [
    registered(),
    *days("2027-02-01", "2027-02-10"),
    invoiced("2027-03"),
    *days("2027-02-11", "2027-03-23"),
    notice("2027-03-24"),
    message("2027-03-24"),
    *days("2027-03-24", "2027-03-31"),
    eviction("scheduled", "2027-04-01", "2027-05-10"),
]
WHO = ["--caseworker", "Maria Andersson", "--phone", "08-465 004 01"]
BOTH = ["assume-rent", "confirm-eviction"]


def fold(url: str, *events: Event) -> None:
    """A database into which the events were folded."""
    engine = open_database(url)
    setup.migrate(engine)
    setup.tie(engine, EVENTS, "topic", 1)
    if events:
        found = records(events)
        SqlStore(engine, lambda _: 0, lambda: 0.0).fold(Frame(0, 0, len(found), found))
    engine.dispose()


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, [*words], env={"BOKVAR_DATABASE": url})


def refused(result: Result, *words: str) -> None:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert all(word in result.stderr for word in words), result.stderr


def test_a_database_that_was_never_made_is_named_with_the_way_out(sqlite_url: str) -> None:
    refused(run(sqlite_url, "assume-rent", LEASE, *WHO), "bokvar init")


def test_an_unknown_lease_is_named(sqlite_url: str) -> None:
    fold(sqlite_url, *TOLD)
    refused(run(sqlite_url, "assume-rent", "559990-0013:none", *WHO), "559990-0013:none")


def test_before_any_day_has_ended_the_letter_asks_for_its_day(sqlite_url: str) -> None:
    fold(sqlite_url, registered())
    refused(run(sqlite_url, "assume-rent", LEASE, *WHO), "--as-of")


@pytest.mark.parametrize("letter", BOTH)
def test_a_day_that_does_not_exist_is_refused(sqlite_url: str, letter: str) -> None:
    fold(sqlite_url, *TOLD)
    result = run(sqlite_url, letter, LEASE, *WHO, "--as-of", "2027-02-30")
    assert result.exit_code == 2
    assert "2027-02-30" in result.stderr


def test_a_letter_out_of_time_is_refused_by_its_name(sqlite_url: str, tmp_path: Path) -> None:
    fold(sqlite_url, *TOLD)
    out = tmp_path / "letter.html"
    late = run(sqlite_url, "assume-rent", LEASE, *WHO, "--as-of", "2027-04-15", "--out", str(out))
    refused(late, "time_passed", "14 april 2027")
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_named(sqlite_url: str, tmp_path: Path) -> None:
    fold(sqlite_url, *TOLD)
    out = tmp_path / "nowhere" / "letter.html"
    refused(run(sqlite_url, "assume-rent", LEASE, *WHO, "--out", str(out)), str(out), "--out")


def test_the_letter_is_printed_and_its_notes_apart(database_url: str) -> None:
    fold(database_url, *TOLD)
    result = run(database_url, "assume-rent", LEASE, *WHO, "--municipality", "Södertälje kommun")
    assert result.exit_code == 0
    assert result.stdout.startswith("Socialnämnden i Södertälje kommun\n1 april 2027\n")
    assert "OBS" not in result.stdout
    assert "senast 14 april 2027" in result.stderr
    assert "Brevet är räknat den 2027-04-01" in result.stderr


@pytest.mark.parametrize("letter", BOTH)
def test_the_letter_is_saved_as_a_page(sqlite_url: str, tmp_path: Path, letter: str) -> None:
    fold(sqlite_url, *TOLD)
    out = tmp_path / "letter.html"
    result = run(sqlite_url, letter, LEASE, *WHO, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    page = out.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "Maria Andersson" in page


@pytest.mark.parametrize(("letter", "last_day"), [(BOTH[0], "2027-04-14"), (BOTH[1], "2027-04-01")])
def test_as_json_the_letter_has_its_last_day_and_legal_basis(
    sqlite_url: str, letter: str, last_day: str
) -> None:
    fold(sqlite_url, *TOLD)
    found = msgspec.json.decode(run(sqlite_url, letter, LEASE, *WHO, "--json").stdout)
    assert found["last_day"] == last_day
    assert "2025:468" in found["legal_basis"] or "12 kap. 44 §" in found["legal_basis"]
    assert set(found) == {
        "title", "to", "body_html", "body_text", "last_day", "legal_basis", "notes",
    }  # fmt: skip
