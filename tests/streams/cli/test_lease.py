"""`bokvar lease show`: what operators and caseworkers ask first."""

import pytest

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
    assert page["why"].startswith("Det finns en uppgift, hembesök senast 12 mars 2026: hyran är")
    assert page["tasks"][0]["step"] == "visit"
    assert page["history"][0]["day"] == "2026-03-05"
    assert page["set_aside"] == [
        {"partition": 0, "offset": 19, "error": "invalid_field", "state": "open"}
    ]


def test_the_page_for_people_says_the_same_in_swedish(world: World) -> None:
    shown = run(world, "lease", "show", lease_id(1)).output
    assert "8\u00a0000\u00a0kr obetalt" in shown
    assert "Uppgifterna är ofullständiga" in shown
    assert "Lagt åt sidan: partition 0, offset 19 (invalid_field, open)." in shown
    assert "Hushåll: grupp 3, vuxna utan barn." in shown


def test_a_lease_that_is_not_registered_says_that_its_facts_are_held(world: World) -> None:
    page = run(world, "lease", "show", lease_id(4), "--json").json()
    assert page["terms"] is None
    assert "inte registrerat avtalet" in page["why"]
    assert "sedan 2 mars 2026" in page["why"]
    assert page["account"]["surplus_ore"] == 800_000


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2026-02-25", "nästa hyra ska vara betald senast 2 mars 2026"),
        ("2026-03-03", "bankens bokföring får komma in till och med 4 mars 2026"),
        ("2026-03-04", "Det finns en uppgift, skicka brev"),
        ("2026-03-19", "Det finns en uppgift, hembesök"),
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
