"""`bokvar lease show`: what operators and caseworkers ask first."""

from pathlib import Path
from typing import Any

import pytest

from alerts.store.sql import read_watermarks
from streams.kafka import log
from streams.proof import take_checkpoint
from tests.builders import days, lease_id, paid
from tests.pump import World, publish, pump
from tests.streams.cli.commands import run


def test_an_unknown_lease_is_refused_in_a_sentence(world: World) -> None:
    for more in ([], ["--as-of", "2026-03-01"]):
        ran = run(world, "lease", "show", lease_id(99), *more)
        assert ran.status == 1
        assert f"lease {lease_id(99)} is not known" in ran.errors


def test_a_day_that_has_not_ended_in_the_log_is_refused(world: World) -> None:
    ran = run(world, "lease", "show", lease_id(1), "--as-of", "2026-03-21")
    assert ran.status == 2
    assert "does not have the end of 2026-03-21: it has 2026-03-20" in ran.errors


def test_a_lease_in_arrears_shows_what_is_left_since_when_and_why(both: World) -> None:
    page = run(both, "lease", "show", lease_id(1), "--json").json()
    assert page["account"]["left_ore"] == page["account"]["late_rent_ore"] == 800_000
    assert page["account"]["late_since"] == "2026-03-03"
    assert page["legal"]["forfeited_from"] == "2026-03-10"
    assert [act["section"] for act in page["legal"]["acts"]] == ["JB 12:43"]
    letter = "skicka brev om att vi gärna kommer på besök, som skulle ha gjorts 5 mars 2026: hyran"
    assert page["why"].startswith(f"Det finns en uppgift, {letter}")
    assert [task["step"] for task in page["tasks"]] == ["letter", "visit"]
    assert page["history"][0]["day"] == "2026-03-05"
    assert page["set_aside"] == [
        {"partition": 0, "offset": 19, "error": "invalid_field", "state": "open"}
    ]


def test_the_page_for_people_says_the_same_in_swedish(world: World) -> None:
    shown = run(world, "lease", "show", lease_id(1)).output
    assert "8\u00a0000\u00a0kr har förfallit och är obetalt" in shown
    assert "Uppgifterna är ofullständiga" in shown
    assert "Lagt åt sidan: partition 0, offset 19 (invalid_field, open)." in shown
    assert "Hushåll: grupp 3, vuxna utan barn." in shown


def test_a_lease_that_is_not_registered_says_that_its_facts_are_held(world: World) -> None:
    page = run(world, "lease", "show", lease_id(4), "--json").json()
    assert page["terms"] is None
    assert "inte registrerat avtalet" in page["why"]
    assert "sedan 2 mars 2026" in page["why"]
    assert page["account"]["surplus_ore"] == 800_000


def test_of_a_lease_without_an_invoice_it_is_not_known_what_is_unpaid(world: World) -> None:
    shown = run(world, "lease", "show", lease_id(4)).output
    assert "inte känt om någon hyra är obetald" in shown
    assert "8\u00a0000\u00a0kr till godo" in shown  # the payment that waits is known


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2026-02-25", "nästa hyra ska vara betald senast 2 mars 2026"),
        ("2026-03-03", "bankens bokföring får komma in till och med 4 mars 2026"),
        ("2026-03-04", "Det finns en uppgift, skicka brev"),
        ("2026-03-19", "Det finns en uppgift, skicka brev"),
    ],
)
def test_a_past_day_is_shown_as_it_was_then(world: World, as_of: str, why: str) -> None:
    publish(world, [paid("2026-03-20", lease_id(2)), *days("2026-03-21", "2026-03-23")])
    pump(world)
    page = run(world, "lease", "show", lease_id(2), "--as-of", as_of, "--json").json()
    assert why in page["why"]
    now = run(world, "lease", "show", lease_id(2), "--json").json()
    assert now["why"] == "Ingen uppgift: hyran är betald och inget ärende pågår."


def test_the_newest_day_from_the_log_is_what_the_database_has(both: World) -> None:
    for number in (1, 2, 3, 4):
        stored = run(both, "lease", "show", lease_id(number), "--json").json()
        replayed = run(
            both, "lease", "show", lease_id(number), "--as-of", "2026-03-20", "--json"
        ).json()
        if number == 1:  # its record lies in another partition or has another number there
            assert replayed["incomplete"]
        assert {**stored, "set_aside": []} == {**replayed, "set_aside": []}


def past(world: World, as_of: str, number: int = 2) -> Any:
    return run(world, "lease", "show", lease_id(number), "--as-of", as_of, "--json").json()


def test_a_past_day_is_read_from_the_nearest_checkpoint_and_looks_the_same(
    both: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(both, days("2026-03-21", "2026-03-23"))
    pump(both)
    pages = {
        (day, n): past(both, day, n) for day in ("2026-03-04", "2026-03-22") for n in (1, 2, 4)
    }
    with both.engine.connect() as connection:
        marks = read_watermarks(connection)
    assert take_checkpoint.save(both.settings, both.engine).sequence
    publish(both, [paid("2026-03-23", lease_id(2)), *days("2026-03-24", "2026-03-26")])
    pump(both)
    later = past(both, "2026-03-25")
    begun: list[tuple[int, int]] = []
    read = log.messages

    def noted(settings: Any, topic: str, number: int, first: int, *more: Any) -> Any:
        begun.append((number, first))
        return read(settings, topic, number, first, *more)

    monkeypatch.setattr(log, "messages", noted)
    assert past(both, "2026-03-25") == later
    assert later["why"] == "Ingen uppgift: hyran är betald och inget ärende pågår."
    assert len(later["history"]) > len(pages["2026-03-22", 2]["history"]) > 0
    assert all(first == marks[number] for number, first in begun)
    begun.clear()
    for (day, number), page in pages.items():
        assert past(both, day, number) == page
    assert all(first == 0 for _, first in begun)  # the checkpoint lies after these days


def test_a_past_day_is_read_from_the_logs_start_where_the_checkpoint_is_broken(
    world: World, tmp_path: Path
) -> None:
    sequence = take_checkpoint.save(world.settings, world.engine).sequence
    publish(world, days("2026-03-21", "2026-03-22"))
    pump(world)
    page = past(world, "2026-03-21")
    for part in (tmp_path / "checkpoints" / f"{sequence:08d}").glob("partition-*.gz"):
        part.write_bytes(b"broken")
    assert past(world, "2026-03-21") == page
