"""`bokvar tasks`: the list as people and machines get it."""

from tests.builders import lease_id
from tests.pump import World
from tests.streams.cli.commands import run


def test_a_day_that_is_none_is_refused(world: World) -> None:
    ran = run(world, "tasks", "--today", "tomorrow")
    assert ran.status == 2
    assert "--today 'tomorrow' is not a date; write it as 2026-01-31" in ran.errors


def test_a_database_that_was_never_made_is_refused_in_a_sentence(world: World) -> None:
    ran = run(world.environment | {"BOKVAR_DATABASE": "sqlite:////no/such/folder/x.db"}, "tasks")
    assert ran.status == 1
    assert "bokvar init" in ran.errors


def test_an_option_that_does_not_exist_is_refused_in_a_sentence(world: World) -> None:
    ran = run(world.environment | {"BOKVAR_PARTITION": "3"}, "tasks")
    assert ran.status == 1
    assert "BOKVAR_PARTITION is not an option" in ran.errors


def test_children_come_first_and_each_task_says_why_and_how_long_is_left(both: World) -> None:
    answer = run(both, "tasks", "--json").json()
    assert [task["lease_id"] for task in answer["tasks"]] == [lease_id(2)] * 2 + [lease_id(1)] * 2
    assert answer["today"] == "2026-03-21"
    first = answer["tasks"][0]
    assert first["priority"]["why"].endswith("barn bor i hemmet.")
    assert first["days_left"] is None  # its day has passed
    assert answer["left_out"] == {}


def test_days_are_counted_from_the_day_asked_for(world: World) -> None:
    answer = run(world, "tasks", "--today", "2026-03-11", "--json").json()
    left = [(task["step"], task["days_left"]) for task in answer["tasks"][:2]]
    assert left == [("letter", None), ("visit", 1)]  # the letter's day has passed


def test_a_limit_says_what_it_leaves_out(world: World) -> None:
    assert run(world, "tasks", "--limit", "1", "--json").json()["left_out"] == {"C": 3}
    shown = run(world, "tasks", "--limit", "1").output
    assert "3 uppgifter till får inte plats: 3 i band C (--limit 0 visar alla)." in shown


def test_the_list_can_be_cut_to_a_district_and_a_municipality(world: World) -> None:
    one = run(world, "tasks", "--district", "Ronna", "--json").json()
    assert [task["lease_id"] for task in one["tasks"]] == [lease_id(1)] * 2
    assert run(world, "tasks", "--municipality", "0180", "--json").json()["tasks"] == []
    assert "Inga öppna uppgifter." in run(world, "tasks", "--municipality", "0180").output


def test_people_read_the_reason_and_an_incomplete_task_is_marked(world: World) -> None:
    shown = " ".join(run(world, "tasks").output.split())
    assert "Hovsjö, hyresavtal 559990-0013:2 " in shown
    assert "barn bor i hemmet" in shown
    assert "Uppgiften kan vara ofullständig." in shown.partition("559990-0013:1")[2]
    assert "(9 dagar sen)" in shown
