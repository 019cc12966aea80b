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
from tests.migrated import migrate
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
EVERY = ["visit-arrears", "referral", "payment-plan", *BOTH, "rent-guarantee", "housing-plan"]


def fold(url: str, *events: Event) -> None:
    """A database into which the events were folded."""
    engine = open_database(url)
    migrate(engine)
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
    out = tmp_path / "letter.pdf"
    late = run(sqlite_url, "assume-rent", LEASE, *WHO, "--as-of", "2027-04-15", "--out", str(out))
    refused(late, "time_passed", "14 april 2027")
    assert not out.exists()


def test_a_refusal_is_said_in_the_language_of_the_town(sqlite_url: str) -> None:
    fold(sqlite_url, *TOLD)
    words = ["visit-disturbance", LEASE, *WHO]
    env = {"BOKVAR_DATABASE": sqlite_url, "BOKVAR_LANGUAGE": "en"}
    refused(CliRunner().invoke(app, words, env=env), "No disturbances were reported")


@pytest.mark.parametrize("form", ["pdf", "docx", "txt"])
def test_a_file_that_cannot_be_written_is_named(sqlite_url: str, tmp_path: Path, form: str) -> None:
    fold(sqlite_url, *TOLD)
    out = tmp_path / "nowhere" / f"letter.{form}"
    refused(run(sqlite_url, "assume-rent", LEASE, *WHO, "--out", str(out)), str(out), "--out")


def test_a_file_of_another_form_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    result = run(f"sqlite:///{tmp_path / 'none.db'}", "referral", LEASE, *WHO, "--out", "a.odt")
    assert result.exit_code == 2
    assert ".pdf, .docx, .txt" in result.stderr


def test_the_letter_is_printed_and_its_notes_apart(database_url: str) -> None:
    fold(database_url, *TOLD)
    result = run(database_url, "assume-rent", LEASE, *WHO, "--municipality", "Södertälje kommun")
    assert result.exit_code == 0
    assert result.stdout.startswith("Socialnämnden i Södertälje kommun\n1\u00a0april\u00a02027\n")
    assert "OBS" not in result.stdout
    assert "senast 14\u00a0april\u00a02027" in result.stderr
    assert "Brevet är räknat den 2027-04-01" in result.stderr


def test_every_letter_is_saved_in_every_form(sqlite_url: str, tmp_path: Path) -> None:
    fold(sqlite_url, *TOLD)
    pdf, docx, text = files = [tmp_path / f"letter.{form}" for form in ("pdf", "docx", "txt")]
    out = [word for file in files for word in ("--out", str(file))]
    for letter in EVERY:
        result = run(sqlite_url, letter, LEASE, *WHO, *out)
        assert (result.exit_code, result.stdout) == (0, ""), letter
        assert pdf.read_bytes().startswith(b"%PDF-")
        assert docx.read_bytes().startswith(b"PK")
        assert "Maria Andersson" in text.read_text("utf-8")


@pytest.mark.parametrize(("letter", "last_day"), [(BOTH[0], "2027-04-14"), (BOTH[1], "2027-04-01")])
def test_as_json_the_letter_has_its_last_day_and_legal_basis(
    sqlite_url: str, letter: str, last_day: str
) -> None:
    fold(sqlite_url, *TOLD)
    found = msgspec.json.decode(run(sqlite_url, letter, LEASE, *WHO, "--json").stdout)
    assert found["last_day"] == last_day
    assert "2025:468" in found["legal_basis"] or "12 kap. 44 §" in found["legal_basis"]
    assert set(found) == {
        *("kind", "language", "title", "to", "body_text"),
        *("last_day", "legal_basis", "blanks", "notes"),
    }


def test_blanks_are_filled_in_and_a_wrong_name_tells_which_there_are(sqlite_url: str) -> None:
    fold(sqlite_url, *TOLD)
    filled = run(sqlite_url, "visit-arrears", LEASE, *WHO, "--fill", "account=bankgiro 123-4567")
    assert "Till konto: bankgiro 123-4567" in filled.stdout
    for wrong in ("name=Eva", "account"):
        result = run(sqlite_url, "visit-arrears", LEASE, *WHO, "--fill", wrong)
        assert result.exit_code == 2
        assert "when, account, ocr" in result.stderr


def test_a_protected_identity_is_refused_until_the_protected_way_is_asked_for(
    sqlite_url: str,
) -> None:
    fold(sqlite_url, registered(protected_identity=True), *TOLD[1:])
    refused(run(sqlite_url, "confirm-eviction", LEASE, *WHO), "protected_identity", "Skatteverket")
    result = run(sqlite_url, "confirm-eviction", LEASE, *WHO, "--protected-way")
    assert result.exit_code == 0
    assert "FÖRSÄTTSBLAD" in result.stdout
    assert "gatuadress" not in result.stdout


def test_letters_come_in_english_and_an_unknown_language_is_named(sqlite_url: str) -> None:
    fold(sqlite_url, *TOLD)
    assert (
        "WE WOULD LIKE" in run(sqlite_url, "visit-arrears", LEASE, *WHO, "--language", "en").stdout
    )
    refused(run(sqlite_url, "referral", LEASE, *WHO, "--language", "so"), "'so'", "en, sv")


def test_a_towns_own_template_is_used_and_a_wrong_one_told(sqlite_url: str, tmp_path: Path) -> None:
    fold(sqlite_url, *TOLD)
    (tmp_path / "sv").mkdir()
    own = tmp_path / "sv" / "referral.md"
    own.write_text("# Ring jouren\n", "utf-8")
    asked = ["referral", LEASE, *WHO]
    assert "RING JOUREN" in run(sqlite_url, *asked, "--templates", str(tmp_path)).stdout
    env = {"BOKVAR_DATABASE": sqlite_url, "BOKVAR_LETTER_TEMPLATES": str(tmp_path)}
    assert "RING JOUREN" in CliRunner().invoke(app, asked, env=env).stdout
    own.write_text("# Ring {{ jouren }}\n", "utf-8")
    refused(run(sqlite_url, *asked, "--templates", str(tmp_path)), "referral.md", "jouren")
    refused(run(sqlite_url, *asked, "--templates", str(tmp_path / "none")), "no folder")


def test_a_letter_that_grew_too_long_is_told(sqlite_url: str, tmp_path: Path) -> None:
    fold(sqlite_url, *TOLD)
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "referral.md").write_text("# Ring\n\n" + "Många ord. " * 2000, "utf-8")
    result = run(sqlite_url, "referral", LEASE, *WHO, "--templates", str(tmp_path))
    assert "sidor i stället för 1" in result.stderr


def test_the_meetings_pack_counts_the_open_tasks(database_url: str, tmp_path: Path) -> None:
    fold(database_url, *TOLD)
    out = tmp_path / "pack.pdf"
    result = run(database_url, "meeting-pack", *WHO, "--out", str(out))
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    text = run(database_url, "meeting-pack", *WHO, "--code", "0181").stdout
    assert "1 hushåll har öppna uppgifter" in " ".join(text.split())
    assert LEASE not in text
    other = run(database_url, "meeting-pack", *WHO, "--code", "0180").stdout
    assert "0 hushåll" in " ".join(other.split())


def test_the_pack_of_a_meeting_counts_its_playbooks_tasks_and_what_came_since(
    database_url: str,
) -> None:
    fold(database_url, *TOLD)
    asked = ["meeting-pack", *WHO, "--meeting", "network"]
    text = " ".join(run(database_url, *asked).stdout.split())
    assert "UNDERLAG: NÄTVERKSMÖTE MED KRONOFOGDEN" in text
    assert "Mötet hålls 1 april 2027. Med: Kronofogden, hyresvärdarna" in text
    assert "1 hushåll har öppna uppgifter" in text
    assert "Sedan förra mötet, 4 januari 2027" in text
    assert "Hushåll med en ny uppgift 1" in text
    assert LEASE not in text
    other = run(database_url, "meeting-pack", *WHO, "--meeting", "karlstad/company").stdout
    assert "0 hushåll har öppna uppgifter" in " ".join(other.split())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nowhere", "is no playbook's: karlstad/company, sodertalje/network"), ("", "is no playb")],
)
def test_a_meeting_that_nobody_holds_is_told_which_there_are(
    sqlite_url: str, name: str, sentence: str
) -> None:
    result = run(sqlite_url, "meeting-pack", *WHO, "--meeting", name)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_the_meetings_pack_asks_for_its_day_before_any_has_ended(sqlite_url: str) -> None:
    fold(sqlite_url, registered())
    refused(run(sqlite_url, "meeting-pack", *WHO), "--as-of")


def test_the_shipped_templates_are_copied_into_a_new_folder_only(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    assert CliRunner().invoke(app, ["templates", str(folder)]).exit_code == 0
    assert (folder / "sv" / "referral.md").is_file()
    assert (folder / "sheet.typ").is_file()
    refused(CliRunner().invoke(app, ["templates", str(folder)]), "not an empty folder")
