"""`bokvar playbook`: list, show, check and new, as a town uses them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from alerts.playbooks.own import own_towns
from alerts.playbooks.towns import shipped
from streams.cli import build
from tests.playbooks.written import FINE, spoilt

RUNNER, APP = CliRunner(), build(["playbook", "try"])


def run(*arguments: object, language: str = "sv") -> Result:
    given = ["playbook", *map(str, arguments)]
    return RUNNER.invoke(APP, given, env={"BOKVAR_LANGUAGE": language})


def write(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def test_a_playbook_that_there_is_not_is_refused_with_the_names_of_those_there_are() -> None:
    ran = run("show", "nowhere")
    assert ran.exit_code == 1
    assert "there is no playbook nowhere: name one of goteborg, jonkoping" in ran.stderr


def test_a_day_that_is_none_is_refused() -> None:
    assert "is not a date" in run("show", "uppsala", "--today", "tomorrow").stderr
    assert "outside the calendar" in run("show", "uppsala", "--today", "9999-12-31").stderr


def test_every_fault_of_a_file_that_is_shown_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    ran = run(
        "show", write(tmp_path / "a.toml", spoilt('"rent_late"', '"x"').replace("visit", "y"))
    )
    assert ran.exit_code == 1
    assert len(ran.stderr.splitlines()) == 2


def test_files_with_faults_end_the_check_with_1_and_those_without_are_called_fine(
    tmp_path: Path,
) -> None:
    good = write(tmp_path / "a.toml", FINE)
    bad = write(tmp_path / "b.toml", spoilt('within = "2 working days"', 'within = "2 days"'))
    ran = run("check", good, bad)
    assert ran.exit_code == 1
    first, fine, *_ = ran.stdout.splitlines()
    assert first.startswith(f"{bad}: steps.letter.within: '2 days' is no clock: write")
    assert fine == f"{good}: fine, 3 steps"


def test_two_files_of_the_same_town_are_a_fault_of_the_second(tmp_path: Path) -> None:
    one = write(tmp_path / "a.toml", FINE)
    other = write(tmp_path / "b.toml", spoilt('"mytown"', '"yours"'))
    ran = run("check", one, other)
    assert ran.exit_code == 1
    assert f"{other}: applies.municipalities: 9901 follows {one} already" in ran.stdout
    assert f"{one}: fine" in ran.stdout


def test_what_stands_in_a_file_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    ran = run("check", write(tmp_path / "a.toml", spoilt('"visit"', '"\\u001b[2Jx"')))
    assert "\x1b" not in ran.stdout


def test_all_shipped_playbooks_are_fine() -> None:
    folder = Path(__file__).parents[2] / "alerts" / "playbooks" / "shipped"
    ran = run("check", *sorted(folder.glob("*.toml")))
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == len(shipped().ways) == 8


def test_the_list_has_each_playbook_with_its_town_and_how_many_steps_it_has() -> None:
    ran = run("list", language="en")
    assert (
        "uppsala: Uppsala: one coordinator, four boards. Municipality 0380. 3 steps." in ran.stdout
    )
    listed = json.loads(run("list", "--json").stdout)["playbooks"]
    assert {one["name"]: one["digest"] for one in listed} == {
        name: way.digest for name, way in shipped().ways.items()
    }


def test_a_towns_own_playbook_is_listed_beside_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.toml", FINE)
    monkeypatch.setenv("BOKVAR_PLAYBOOKS", str(tmp_path))
    own_towns.cache_clear()
    try:
        assert "mytown: Vår stad. Kommun 9901. 3 steg." in run("list").stdout
    finally:
        own_towns.cache_clear()


@pytest.mark.parametrize("name", shipped().ways)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_in_a_playbook_is_shown_in_words(name: str, language: str) -> None:
    ran = run("show", name, "--today", "2026-03-01", language=language)
    assert ran.exit_code == 0
    playbook = shipped().ways[name].playbook
    assert getattr(playbook.title, language) in ran.stdout
    for step in playbook.steps:
        assert f" {step.id}: " in ran.stdout
    for words in (*playbook.every_tenant, *playbook.measures):
        assert getattr(words, language) in ran.stdout
    for one in playbook.guarantees:
        assert f"{one.id}: " in ran.stdout


def test_karlstad_is_shown_with_its_hours_its_meeting_its_ladder_and_its_guarantee() -> None:
    said = run("show", "karlstad", "--today", "2026-03-01", language="en").stdout
    for line in (
        "When any of this holds: a disturbance has been reported, the rent is late",
        "For: lease: second-hand, municipal, on trial",
        "How: home visit, by the housing consultant",
        "By: within 48 hours, nights and weekends count",
        "with the housing company: working day 5 of each month, next on 6 March 2026",
        "Pack: numbers, no persons.",
        "Agree to the next step: the landlord, the municipality, the tenant",
        "The support ends 12 months after the review",
        "At most 3 months of rent",
        "Not for who has rent debts",
    ):
        assert line in said


def test_a_program_reads_the_playbook_with_its_names_and_its_next_meetings() -> None:
    found = json.loads(run("show", "sodertalje", "--json", "--today", "2026-02-01").stdout)
    assert found["playbook"]["steps"][1]["after"] == "letter"
    assert found["next_meetings"] == [{"id": "network", "on": "2026-04-01"}]
    assert found["digest"] == shipped().ways["sodertalje"].digest


def test_a_new_playbook_overwrites_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.toml", "mine")
    ran = run("new", "nytown", "--out", file)
    assert ran.exit_code == 1
    assert "is there already" in ran.stderr
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Ny Stad",), "is no name"),
        (("nystad", "--municipality", "81"), "is no code: write four digits"),
        (("nystad", "--out", "/nowhere/at/all.toml"), "cannot write"),
    ],
)
def test_a_new_playbook_that_cannot_be_written_is_refused(
    arguments: tuple[str, ...], said: str
) -> None:
    ran = run("new", *arguments)
    assert ran.exit_code != 0
    assert said in ran.stderr


@pytest.mark.parametrize("code", [None, "9901"])
def test_a_new_playbook_passes_the_check_and_can_be_shown(tmp_path: Path, code: str | None) -> None:
    file = tmp_path / "nystad.toml"
    given = ("--municipality", code) if code else ()
    assert run("new", "nystad", *given, "--out", file).exit_code == 0
    assert run("check", file).stdout == f"{file}: fine, 6 steps\n"
    towns = "Kommun 9901" if code else "Ingen kommun följer den ännu"
    assert towns.lower() in run("show", file).stdout.lower()


def test_a_new_playbook_on_standard_output_is_the_same_file(tmp_path: Path) -> None:
    run("new", "nystad", "--out", tmp_path / "a.toml")
    assert run("new", "nystad", "--out", "-").stdout == (tmp_path / "a.toml").read_text("utf-8")


def test_a_file_of_events_tried_by_a_broken_playbook_is_told_each_fault(tmp_path: Path) -> None:
    broken = write(tmp_path / "a.toml", spoilt('"rent_late"', '"x"').replace("visit", "y"))
    ran = RUNNER.invoke(APP, ["try", str(broken), "--playbook", str(broken)])
    assert ran.exit_code == 1
    assert [line.partition(": ")[0] for line in ran.stderr.splitlines()] == ["bokvar", "bokvar"]
