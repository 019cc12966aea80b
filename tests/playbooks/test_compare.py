"""The same history by two playbooks, and a simulated year by all: workloads, counted."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from typer.testing import CliRunner

from alerts.playbooks.effort import efforts, staff_minutes
from alerts.playbooks.language import Channel
from alerts.playbooks.towns import all_follow, shipped
from alerts.playbooks.workload import workload
from models.contract import facts
from streams.cli import build
from streams.embedded.event_files import in_order
from streams.embedded.event_lines import FileLine
from streams.embedded.played import played
from streams.embedded.trial import Trial
from streams.embedded.years import Year, workloads
from tests.builders import invoiced, paid, registered, say
from tests.streams.test_try import timed, write

RUNNER, APP = CliRunner(), build(["playbook"])
UNPAID = [
    timed(registered(), "2026-01-10T08:00:00+01:00"),
    timed(invoiced("2026-02"), "2026-01-12T08:00:00+01:00"),
]


@pytest.fixture
def unpaid(tmp_path: Path) -> Path:
    return write(tmp_path / "a.jsonl", UNPAID)


def compared(*arguments: object) -> dict[str, Any]:
    ran = RUNNER.invoke(APP, ["playbook", "compare", *map(str, arguments), "--json"])
    assert ran.exit_code == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def refused(*arguments: object) -> str:
    ran = RUNNER.invoke(APP, ["playbook", *map(str, arguments)])
    assert ran.exit_code != 0
    return " ".join(ran.stderr.split())


def test_a_playbook_or_a_file_that_is_not_there_is_refused(unpaid: Path, tmp_path: Path) -> None:
    assert "no playbook nowhere" in refused("compare", "uppsala", "nowhere", unpaid)
    gone = tmp_path / "none.jsonl"
    assert "is not a file" in refused("compare", "uppsala", "vasteras", gone)
    empty = write(tmp_path / "empty.jsonl", [])
    assert "hold no events" in refused("compare", "uppsala", "vasteras", empty)


def test_a_page_without_marks_gets_no_tables_and_stays_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n")
    assert "has no place for the tables" in refused("year", "--leases", 5, "--into", page)
    assert page.read_text() == "# Page\n"


def test_where_nobody_reports_anything_the_first_step_stays_and_the_hours_are_those_of_all(
    unpaid: Path,
) -> None:
    found = compared("sodertalje", "norrkoping", unpaid, "--to", "2026-02-04", "--unreported")
    letter, call = found["playbooks"]
    assert [step["step"] for step in letter["steps"]] == ["letter"]
    assert [step["step"] for step in call["steps"]] == ["call"]
    assert (letter["opened"], letter["done"], letter["left"], letter["contacted"]) == (1, 0, 1, 1)
    assert letter["steps"][0]["minutes"] == found["minutes"]["letter"]


def test_a_caseworker_does_each_task_on_its_day_so_that_what_follows_comes_from_then(
    unpaid: Path,
) -> None:
    found = compared("sodertalje", "uppsala", unpaid, "--to", "2026-02-20")
    sodertalje, uppsala = found["playbooks"]
    assert {step["step"]: step["done"] for step in sodertalje["steps"]} == {"letter": 1, "visit": 1}
    done = {step["step"]: step["done"] for step in uppsala["steps"]}
    assert done["contact"] >= 1
    assert done["referral"] >= 1


def test_a_household_that_pays_before_anybody_must_act_costs_no_hours(tmp_path: Path) -> None:
    money = timed(paid("2026-02-04"), "2026-02-04T08:00:00+01:00")
    file = write(tmp_path / "a.jsonl", [*UNPAID, money])
    (load, _) = compared("sodertalje", "uppsala", file, "--to", "2026-03-01")["playbooks"]
    assert (load["done"], load["hours"], load["contacted"], load["left"]) == (0, 0, 0, 0)


def test_tasks_from_before_the_first_day_asked_for_are_history(unpaid: Path) -> None:
    days = ("--to", "2026-03-01", "--from", "2026-02-06")
    (load, _) = compared("sodertalje", "uppsala", unpaid, *days)["playbooks"]
    assert {step["step"] for step in load["steps"]} == {"visit"}


def test_people_are_told_that_it_is_no_evidence_and_whose_minutes_they_are(unpaid: Path) -> None:
    for options in ((), ("--unreported",)):
        given = ["playbook", "compare", "karlstad", "uppsala", str(unpaid), *options]
        ran = RUNNER.invoke(APP, given, env={"BOKVAR_LANGUAGE": "en"})
        assert "It says nothing of which playbook saves most homes" in ran.stdout
        assert "our assumption (alerts/playbooks/effort.toml)" in ran.stdout
    assert "Nobody reports anything" in ran.stdout


def test_a_notice_soon_after_contact_counts_as_contact_before_it_and_one_long_after_does_not() -> (
    None
):
    trial = Trial(all_follow(shipped().ways["sodertalje"]))
    encoded = [FileLine("a", n, line) for n, line in enumerate(_noticed_lines())]
    trial = played(trial, in_order([encoded], date(2026, 4, 1)))
    tasks = trial.store.tasks.values()
    found = workload("x", tasks, trial.leases, date(2026, 1, 1), reported=True)
    assert (found.papers, found.contacted_before) == (1, 1)
    early = [task for task in tasks if task.step == "secure_tenancy"]
    alone = workload("x", early, trial.leases, date(2026, 1, 1), reported=True)
    assert (alone.papers, alone.contacted_before) == (1, 0)


def _noticed_lines() -> list[bytes]:
    notice = say(
        facts.NoticeServed,
        notice_id="N1",
        reason="arrears",
        served_on="2026-03-02",
        amount_ore=800_000,
    )
    events = [*UNPAID, timed(notice, "2026-03-02T08:00:00+01:00")]
    return [msgspec.json.encode(event) for event in events]


def test_every_channel_has_its_minutes_and_what_comes_of_it() -> None:
    assert set(get_args(Channel)) | {"confirmation", "decision"} == set(efforts())


def test_a_landlords_time_is_not_the_municipalitys() -> None:
    assert staff_minutes("contact", "landlord") == 0
    assert staff_minutes("joint_visit", "landlord+housing_consultant") == 45
    assert staff_minutes("call", "enforcement+caseworker") == 20


@pytest.mark.timeout(300)
def test_a_year_in_processes_of_their_own_is_the_year_in_one(tmp_path: Path) -> None:
    year = Year(30, date(2026, 1, 1), 90, 3)
    names = ["karlstad", "uppsala"]
    alone = list(workloads(year, names, 1))
    assert alone == list(workloads(year, names, 2))
    page = tmp_path / "page.md"
    page.write_text("# Page\n<!-- year -->\nbefore this year\n<!-- end of year -->\nafter\n")
    asked = ["year", "--leases", "30", "--days", "90", "--start", "2026-01-01", "--seed", "3"]
    ran = RUNNER.invoke(APP, ["playbook", *asked, "--workers", "1", "--into", str(page)])
    assert ran.exit_code == 0, ran.output
    text = page.read_text()
    assert "before this year" not in text
    assert text.endswith("<!-- end of year -->\nafter\n")
    for load in alone:
        assert f"| {load.name} | {load.opened} | {load.done} | {load.hours} |" in text
