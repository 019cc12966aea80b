"""`bokvar plan`: the morning's page, as it is printed and as programs get it."""

from pathlib import Path

import pytest

from models.contract import facts
from tests.builders import days, lease_id, say
from tests.pump import World, publish, pump
from tests.streams.cli.commands import run

STAFF = """
[[people]]
name = "Anna"
role = "caseworker"
hours = "08:00-12:00, 13:00-16:00"

[[people]]
name = "Cia"
role = ["caseworker", "debt_adviser"]
hours = 5
protected = true
"""


@pytest.fixture
def staff(tmp_path: Path) -> str:
    path = tmp_path / "staff.toml"
    path.write_text(STAFF)
    return str(path)


def test_every_fault_of_the_staff_file_is_a_line_of_its_own(world: World, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[[people]]\nname = 'Anna'\nrole = 'chef'\nhours = 30\n")
    ran = run(world, "plan", "--staff", str(path))
    assert ran.status == 1
    role, hours = ran.errors.splitlines()
    assert "bad.toml: people.Anna.role: 'chef' is no role: use one of caseworker" in role
    assert "bad.toml: people.Anna.hours: 30 cannot be: write " in hours


def test_a_staff_file_that_is_not_there_is_refused_in_a_sentence(world: World) -> None:
    ran = run(world, "plan", "--staff", "none.toml")
    assert ran.status == 1
    assert "bokvar: none.toml: cannot be read" in ran.errors


def test_a_day_that_is_none_is_refused(world: World, staff: str) -> None:
    ran = run(world, "plan", "--staff", staff, "--day", "tomorrow")
    assert ran.status == 2
    assert "--day 'tomorrow' is not a date" in ran.errors


def test_the_page_says_who_does_what_with_room_to_write(both: World, staff: str) -> None:
    shown = run(both, "plan", "--staff", staff).output
    page = " ".join(shown.split())
    assert "Dagsplan lördag 2026-03-21" in page
    assert "Uppgifterna är som de var när dagen 20 mars 2026 var slut." in page
    assert "Anna: 1 ärende, 1 tim 50 min" in page
    assert "Hovsjö, hyresavtal 559990-0013:2, 110 min" in page
    assert "barn bor i hemmet" in page
    assert "Anteckningar: ____" in page
    assert max(map(len, shown.splitlines())) <= 80


def test_programs_get_lists_hours_and_what_is_left_over_with_its_risk(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "one.toml"
    path.write_text("[[people]]\nname = 'Anna'\nrole = 'caseworker'\nhours = 2\n")
    answer = run(world, "plan", "--staff", str(path), "--json").json()
    assert answer["day"] == "2026-03-21"
    assert answer["hours"] == [{"name": "Anna", "minutes": 120, "booked": 110}]
    assert [one["people"] for one in answer["rounds"]] == [["Anna"]]
    assert {one["task"]["lease_id"] for one in answer["left_over"]} == {lease_id(1)}
    first = answer["left_over"][0]
    assert first["because_code"] == "full"
    assert first["risk"].startswith("Skulle ha gjorts ")


def test_the_plan_can_be_cut_to_a_municipality_and_a_district(world: World, staff: str) -> None:
    elsewhere = run(world, "plan", "--staff", staff, "--municipality", "0180")
    assert "Dagsplan lördag 2026-03-21, Stockholm (0180)" in elsewhere.output
    assert "Inga uppgifter för dagen." in elsewhere.output
    one = run(world, "plan", "--staff", staff, "--district", "Ronna", "--json").json()
    assert {stop["lease_id"] for one in one["rounds"] for stop in one["stops"]} == {lease_id(1)}


def test_a_protected_identity_is_marked_and_its_district_is_nowhere(
    world: World, staff: str
) -> None:
    protected = say(
        facts.LeaseChanged, lease_id=lease_id(2), effective_on="2026-03-21", protected_identity=True
    )
    publish(world, [protected, *days("2026-03-21", "2026-03-21")])
    pump(world)
    shown = run(world, "plan", "--staff", staff).output
    assert "SKYDDAD IDENTITET" in shown
    assert "Hovsjö" not in shown
    answer = run(world, "plan", "--staff", staff, "--json")
    assert "Hovsjö" not in answer.output
    (cias,) = (one for one in answer.json()["rounds"] if one["people"] == ["Cia"])
    assert cias["stops"][0]["district"] is None
