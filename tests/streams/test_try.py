"""`bokvar try`: what a file of events would lead to, the same as on the real road."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from alerts.store.database import reading
from alerts.views.lists import worklist
from models.contract import facts
from models.contract.events import Event
from models.lease.cases import task_id
from streams.cli import build
from streams.simulate import Simulation
from tests.builders import LEASE, days, event, invoiced, lease_id, paid, registered, say
from tests.pump import make_world, publish, pump

RUNNER, APP = CliRunner(), build(["try"])
encode = msgspec.json.Encoder().encode


def write(file: Path, events: Iterable[Event]) -> Path:
    file.write_bytes(b"".join(encode(event) + b"\n" for event in events))
    return file


def timed(event: Event, time: str) -> Event:
    return msgspec.structs.replace(event, time=time)


def tried(*arguments: object) -> dict[str, Any]:
    ran = RUNNER.invoke(APP, ["try", "--json", *map(str, arguments)])
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def refused(*arguments: object) -> str:
    ran = RUNNER.invoke(APP, ["try", *map(str, arguments)])
    assert ran.exit_code != 0
    return ran.stderr


UNPAID = [
    timed(registered(), "2026-01-10T08:00:00+01:00"),
    timed(invoiced("2026-02"), "2026-01-12T08:00:00+01:00"),
]


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "is not a file" in refused(tmp_path / "none.jsonl")


def test_a_file_without_events_is_refused(tmp_path: Path) -> None:
    assert "hold no events" in refused(write(tmp_path / "empty.jsonl", []))


def test_a_file_with_neither_days_nor_times_has_no_order(tmp_path: Path) -> None:
    said = refused(write(tmp_path / "a.jsonl", [registered(), invoiced("2026-02")]))
    assert "nothing tells its order" in said


def test_a_playbook_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    assert "no playbook" in refused(file, "--playbook", "nowhere")


def test_a_lease_that_nothing_speaks_of_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    assert "no event speaks of lease" in refused(file, "--lease", "556036-0793:404")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "9999-12-31"), "outside 1994-01-01 to 2099-12-31"),
        (("--from", "2026-03-01", "--to", "2026-02-01"), "is after --to"),
        (("--to", "tomorrow"), "is not a date"),
    ],
)
def test_days_that_cannot_be_are_refused(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(refused(write(tmp_path / "a.jsonl", UNPAID), *options).split())


def test_a_day_nested_too_deep_is_no_end_and_is_set_aside(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    deep = b'{"type":"se.bokvar.calendar.day.v1","data":' + b"[" * 5_000 + b"]" * 5_000 + b"}\n"
    file.write_bytes(file.read_bytes() + deep)
    assert [one["line"] for one in tried(file)["set_aside"]] == [3]


def test_beside_a_file_with_days_the_days_of_others_are_supplied_to_their_last(
    tmp_path: Path,
) -> None:
    late = write(tmp_path / "a.jsonl", [*UNPAID, timed(paid("2026-03-01"), "2026-03-01T08:00:00Z")])
    dayed = write(
        tmp_path / "b.jsonl", [registered(lease_id(2)), *days("2026-01-05", "2026-01-31")]
    )
    found = tried(late, dayed)
    assert found["as_of"] == "2026-03-01"
    assert "2026-03-01" in {task["closed_on"] for task in found["closed"]}


def test_a_time_outside_the_calendar_is_no_time_and_a_days_end_of_another_sender_is_no_end(
    tmp_path: Path,
) -> None:
    slip = timed(paid("2026-01-12"), "3026-02-20T08:00:00+01:00")
    foreign = event(facts.CalendarDay(day=date(2026, 5, 1)), "x", UNPAID[0].source)
    file = write(tmp_path / "a.jsonl", [*UNPAID, slip, foreign])
    found = tried(file)
    assert found["as_of"] == "2026-01-12"
    assert [one["error"] for one in found["set_aside"]] == ["type_not_allowed_for_source"]


def test_events_with_times_are_sorted_and_their_days_supplied(tmp_path: Path) -> None:
    late = timed(paid("2026-03-10"), "2026-03-10T08:00:00+01:00")
    file = write(tmp_path / "a.jsonl", [late, *reversed(UNPAID)])
    found = tried(file, "--to", "2026-02-04")
    assert found["as_of"] == "2026-02-04"
    (task,) = found["open"]
    assert (task["step"], task["channel"], task["actor"]) == ("letter", "letter", "caseworker")
    assert task["lease_id"] == LEASE
    assert task["reasons"][0]["code"] == "reason.rent_unpaid"
    assert task["reasons"][0]["text"].startswith("Hyran för februari 2026")
    assert task["why"].endswith(".")
    assert tried(file)["as_of"] == "2026-03-10"
    (closed, *_) = tried(file)["closed"]
    assert (closed["state"], closed["closed"], closed["closed_on"]) == (
        "closed",
        "resolved",
        "2026-03-10",
    )


def test_an_event_without_a_time_goes_where_the_one_before_it_goes(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [*UNPAID, paid("2026-01-13")])
    assert tried(file, "--to", "2026-02-20")["open"] == []


def test_a_file_with_days_is_read_in_its_own_order_up_to_the_day_asked_for(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.jsonl",
        [registered(), invoiced("2026-02"), *days("2026-01-15", "2026-02-10"), paid("2026-02-11")],
    )
    assert tried(file)["as_of"] == "2026-02-10"
    assert tried(file, "--to", "2026-02-03")["open"] == []
    assert tried(file, "--to", "2026-02-12")["as_of"] == "2026-02-12"
    assert tried(file, "--to", "2026-02-12")["open"] == []


def test_tasks_from_before_the_first_day_asked_for_are_history(tmp_path: Path) -> None:
    sent = say(
        facts.VisitReported, task_id=task_id(LEASE, 1, "letter", 1), on="2026-02-06",
        outcome="sent", by="Vera",
    )  # fmt: skip
    file = write(tmp_path / "a.jsonl", [*UNPAID, timed(sent, "2026-02-06T14:00:00+01:00")])
    closed = tried(file, "--to", "2026-02-20")["closed"]
    assert [(task["step"], task["outcome"]) for task in closed] == [("letter", "sent")]
    found = tried(file, "--to", "2026-02-20", "--from", "2026-02-06")
    assert [task["step"] for task in found["open"]] == ["visit"]
    assert found["closed"] == []


def test_what_cannot_be_read_is_set_aside_with_its_line_and_the_rest_is_folded(
    tmp_path: Path,
) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    file.write_bytes(file.read_bytes() + b'{"type": "nothing"}\n{broken\n')
    found = tried(file, "--to", "2026-02-04")
    assert len(found["open"]) == 1
    assert [(one["error"], one["line"]) for one in found["set_aside"]] == [
        ("unknown_type", 3),
        ("unreadable_json", 4),
    ]


def test_the_field_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    wrong = encode(timed(paid("2026-02-01", ore=-1), "2026-02-01T08:00:00+01:00"))
    file = write(tmp_path / "a.jsonl", UNPAID)
    file.write_bytes(file.read_bytes() + wrong + b"\n")
    (one,) = tried(file)["set_aside"]
    assert (one["error"], one["field"], one["leases"]) == (
        "invalid_field",
        "data.amount_ore",
        [LEASE],
    )


def test_a_lease_asked_for_comes_with_its_page(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    page = tried(file, "--to", "2026-02-04", "--lease", LEASE)["lease"]
    assert page["why"].startswith("Det finns en uppgift")
    assert page["history"]


def test_people_are_shown_the_list_in_words(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", UNPAID)
    ran = RUNNER.invoke(APP, ["try", str(file), "--to", "2026-02-04"])
    assert "Skicka brev om att vi gärna kommer på besök" in " ".join(ran.stdout.split())
    ran = RUNNER.invoke(
        APP, ["try", str(file), "--to", "2026-02-04"], env={"BOKVAR_LANGUAGE": "en"}
    )
    assert "Send a letter that we would like to visit" in " ".join(ran.stdout.split())


@pytest.mark.timeout(300)
def test_a_town_tried_has_the_worklist_of_the_real_road(
    kafka: str, topic_prefix: str, sqlite_url: str, tmp_path: Path
) -> None:
    town = list(Simulation(400, date(2026, 1, 1), 240, seed=5).events())
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, 3)
    publish(world, town)
    pump(world, 2_000)
    with reading(world.engine) as connection:
        real = worklist.open_tasks(connection)
    found = tried(write(tmp_path / "town.jsonl", town))
    assert len(real) > 5
    assert [
        (task["task_id"], task["due_by"], task["band"], [r["code"] for r in task["reasons"]])
        for task in found["open"]
    ] == [
        (task.task_id, str(task.due_by), task.priority.band, [r.code for r in task.reasons])
        for task in real
    ]


def test_events_that_come_again_are_counted_and_said_so(tmp_path: Path) -> None:
    payment = timed(paid("2026-01-30", ore=100), "2026-01-30T08:00:00+01:00")
    again = msgspec.structs.replace(payment, id="another")
    file = write(tmp_path / "twice.jsonl", [*UNPAID, payment, payment, again])
    assert tried(file)["repeats"] == 2
    ran = RUNNER.invoke(APP, ["try", str(file)])
    assert "inte räknades igen: 2." in " ".join(ran.stdout.split())
