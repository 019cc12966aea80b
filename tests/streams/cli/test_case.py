"""`bokvar case`: an act is an event in the log, and what is shown is what the fold made of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from alerts.commands.map_case import NEEDS
from alerts.store import schema
from models.contract import facts
from models.contract.events import ENFORCEMENT
from models.lease.cases import task_id
from streams.kafka import topics
from streams.proof.verify import verify
from tests.builders import MUNICIPAL, days, event, lease_id
from tests.pump import World, make_world, publish, pump
from tests.streams.cli.commands import Ran, run
from tests.streams.cli.conftest import fill
from tests.streams.cli.test_deadletters import pumping

FAMILY = lease_id(2)
BY = ("--by", "Vera", "--on", "2026-03-20")
VISIT = task_id(FAMILY, 1, "visit", 1)
Told = Sequence[str]


def do(world: World, verb: str, *more: str, name: str = VISIT) -> Any:
    """An act that takes effect, and what its command says of the case then."""
    with pumping(world):
        ran = run(world, "case", verb, name, *more, *BY, "--json")
    assert ran.status == 0, ran.errors
    answer = ran.json()
    assert answer["folded"] is True
    return answer


def listed(world: World, *which: str) -> list[str]:
    """The tasks on a list."""
    return [task["task_id"] for task in run(world, "tasks", *which, "--json").json()["tasks"]]


def stored(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Leases, tasks and histories as they are kept."""
    tables = (schema.leases, schema.tasks, schema.history)
    with world.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.c))]
            for table in tables
        }


REFUSED: dict[str, tuple[Told, str]] = {
    "unknown id": (
        ("report", lease_id(99), "reached", *BY),
        "no task and no lease has the id 559990-0013:99",
    ),
    "unknown outcome": (("report", FAMILY, "reachd", *BY), "(did you mean reached?)"),
    "follow-up in the past": (
        ("report", VISIT, "reached", "--follow-up", "2026-03-01", *BY),
        "--follow-up 2026-03-01 has passed: give a day from 2026-03-21 on",
    ),
    "no date": (("plan", FAMILY, "--day", "soon", "--who", "Ali", *BY), "'soon' is not a date"),
    "unknown reason": (
        ("wait", FAMILY, "--until", "2026-04-01", "--reason", "away", *BY),
        "--reason 'away' is none that there is",
    ),
    "no confirmation": (("report", VISIT, "confirmed", *BY), "report another outcome"),
    "not registered": (("raise", lease_id(4), *BY), "is not registered"),
    "several tasks": (("plan", FAMILY, "--day", "2026-04-01", "--who", "Ali", *BY), "open tasks"),
    "no act": (("undo", FAMILY, "newest", *BY), "nothing has been done"),
    "nothing mapped": (("map", FAMILY, *BY), "say what came out: at least one --cause"),
    "too much mapped": (
        ("map", FAMILY, *(word for code in NEEDS[:6] for word in ("--need", code)), *BY),
        "give at most 5 of --cause, --effort and --need each",
    ),
    "unknown need": (
        ("map", FAMILY, "--cause", "forgotten", "--need", "direct debit", "--need", "gold", *BY),
        "--need 'direct debit' is none that there is (did you mean direct_debit?)",
    ),
    "unsigned undo": (("undo", FAMILY, "newest"), "say who undoes it: --by NAME"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_published(
    world: World, name: str
) -> None:
    arguments, sentence = REFUSED[name]
    before = topics.spans(world.settings, world.topic)
    ran: Ran = run(world, "case", *arguments)
    assert ran.status in (1, 2)
    assert sentence in ran.errors
    assert ran.errors.count("\n") == 1
    assert topics.spans(world.settings, world.topic) == before


def test_a_report_that_no_worker_reads_says_so_and_takes_effect_later(world: World) -> None:
    ran = run(world, "case", "report", VISIT, "reached", *BY, "--wait", "0.2")
    assert ran.status == 1
    assert "is in the log, but has not taken effect yet" in ran.errors
    assert VISIT in listed(world)
    pump(world)
    assert VISIT not in listed(world)


def test_a_report_given_in_the_program_leads_to_what_the_same_on_the_queue_does(
    both: World, kafka: str, topic_prefix: str, tmp_path: Path
) -> None:
    queue = make_world(
        kafka, f"{topic_prefix}q", tmp_path, f"sqlite:///{tmp_path / 'queue.db'}", partitions=2
    )
    fill(queue)
    answer = do(both, "report", "reached", "--follow-up", "2026-04-02")
    report = facts.VisitReported(
        lease_id=FAMILY,
        task_id=VISIT,
        on=date(2026, 3, 20),
        outcome="reached",
        by="Vera",
        follow_up_on=date(2026, 4, 2),
    )
    assert answer["tasks"][0]["task_id"] == VISIT
    publish(queue, [event(report, answer["event_id"], MUNICIPAL)])
    pump(queue)
    assert stored(both) == stored(queue)
    for world in (both, queue):
        publish(world, days("2026-03-21", "2026-04-03"))
        pump(world)
        assert task_id(FAMILY, 1, "visit", 2) in listed(world)
    assert stored(both) == stored(queue)
    result = verify(both.settings, both.engine)
    assert (result.lost, result.doubled, result.different) == (0, 0, 0)
    queue.engine.dispose()


def test_undoing_a_report_brings_its_task_back(world: World) -> None:
    done = do(world, "report", "reached")
    assert done["tasks"][0]["state"] == "closed"
    assert VISIT not in listed(world)
    assert VISIT in listed(world, "--recent")
    acts = run(world, "case", "undo", FAMILY)
    assert f"{done['event_id']}  20 mars 2026: Hembesök" in acts.output
    undone = do(world, "undo", done["event_id"])
    assert undone["case_acts"] == []
    assert VISIT in listed(world)
    assert "kan ångras" in run(world, "case", "undo", FAMILY).output


def test_a_task_that_waits_leaves_the_worklist_and_a_legal_day_brings_it_back(
    both: World,
) -> None:
    before = run(both, "tasks", "--json").json()
    waits = do(both, "wait", "--until", "2026-05-04", "--reason", "payment_promised")
    assert waits["tasks"][0]["waits_until"] == "2026-05-04"
    family = [t["task_id"] for t in before["tasks"] if t["lease_id"] == FAMILY]
    assert set(listed(both)).isdisjoint(family)
    assert sorted(listed(both, "--waiting")) == sorted(family)
    shown = " ".join(run(both, "tasks", "--waiting").output.split())
    assert "Väntar till 4 maj 2026: hyresgästen har lovat att betala." in shown
    assert "inte är med här: 2 (--waiting visar dem)" in " ".join(run(both, "tasks").output.split())
    assert run(both, "tasks", "--limit", "2", "--json").json()["left_out"] == {}
    counts = run(both, "status", "--json").json()["tasks_by_band"]
    assert sum(counts.values()) == len(before["tasks"]) - 2
    told: dict[str, Any] = {"lease_id": FAMILY, "on": date(2026, 3, 20)}
    publish(
        both,
        [
            event(facts.EvictionApplied(**told), "applied", ENFORCEMENT),
            event(
                facts.EvictionScheduled(**told, scheduled_on=date(2026, 3, 26)), "set", ENFORCEMENT
            ),
        ],
    )
    pump(both)
    assert listed(both, "--waiting") == []
    first = run(both, "tasks", "--json").json()["tasks"][0]
    assert (first["lease_id"], first["priority"]["band"]) == (FAMILY, "A")


def test_a_wait_that_a_legal_day_breaks_at_once_says_so(world: World) -> None:
    told: dict[str, Any] = {"lease_id": FAMILY, "on": date(2026, 3, 20)}
    scheduled = facts.EvictionScheduled(**told, scheduled_on=date(2026, 3, 26))
    publish(world, [event(scheduled, "set", ENFORCEMENT)])
    pump(world)
    with pumping(world):
        ran = run(world, "case", "wait", FAMILY, "--until", "2026-05-04", "--reason", "muted", *BY)
    assert ran.status == 0
    assert "Uppgiften väntar inte" in ran.output


def test_what_was_done_stands_on_the_lists_rows_and_all_of_it_on_the_leases_page(
    world: World,
) -> None:
    do(world, "plan", "--day", "2026-03-24", "--who", "Ali och Bo")
    do(world, "assign", "--to", "Cecilia")
    do(world, "raise")
    do(world, "ask-child-question")
    rows = " ".join(run(world, "tasks").output.split())
    assert "Planerad 24 mars 2026: Ali och Bo. Tilldelad Cecilia." in rows
    assert "rhandsbedömning" not in rows
    page = " ".join(run(world, "lease", "show", FAMILY).output.split())
    assert "planerad till 24 mars 2026 för Ali och Bo (Vera)." in page
    assert "20 mars 2026: ärendet lyft till dem som går först i sitt band (Vera)." in page
    assert "Förhandsbedömning: frågan ställdes 20 mars 2026 av Vera." in page
    do(world, "lower")
    do(world, "report", "reached", "--follow-up", "2026-04-01")
    page = " ".join(run(world, "lease", "show", FAMILY).output.split())
    assert "ärendet åter på sin vanliga plats (Vera)." in page
    assert "Ärendet är tillbaka på listan 1 april 2026" in page


def test_what_was_mapped_is_on_the_leases_page_and_on_no_list(both: World) -> None:
    codes = ("--cause", "forgotten", "--effort", "called_landlord", "--need", "direct_debit")
    with pumping(both):
        ran = run(both, "case", "map", FAMILY, *codes, *BY)
    assert ran.status == 0, ran.errors
    said = "kartlagt (Vera). Orsak: hyran glömdes. Egna insatser: har ringt hyresvärden."
    assert said in " ".join(ran.output.split())
    assert said in " ".join(run(both, "lease", "show", FAMILY).output.split())
    for which in ((), ("--waiting",), ("--recent",), ("--json",)):
        assert "glömdes" not in run(both, "tasks", *which).output


def test_a_family_about_whom_nobody_has_asked_is_told_of_on_its_page_alone(world: World) -> None:
    asked = run(world, "lease", "show", FAMILY).output
    assert "barn bor här, och frågan är inte ställd" in asked
    assert "Förhandsbedömning" not in run(world, "lease", "show", lease_id(1)).output


def test_two_lists_cannot_be_asked_for_at_once(world: World) -> None:
    ran = run(world, "tasks", "--waiting", "--recent")
    assert ran.status == 2
    assert "ask for one at a time" in ran.errors


def test_a_list_of_what_was_closed_says_why_and_its_id(world: World) -> None:
    do(world, "report", "support_applied")
    shown = " ".join(run(world, "tasks", "--recent").output.split())
    assert "avslutad 20 mars 2026" in shown
    assert VISIT in shown
    assert "Återrapporterad, se ärendet." in shown  # support is no column of a list
    assert "Inga uppgifter väntar." in run(world, "tasks", "--waiting").output


@pytest.mark.parametrize(
    "verb",
    ["report", "plan", "assign", "wait", "raise", "lower", "ask-child-question", "map", "undo"],
)
def test_each_verb_explains_itself(world: World, verb: str) -> None:
    assert run(world, "case", verb, "--help").status == 0
