"""`bokvar guarantee`: the register is events, and its list is what the fold made of them."""

from collections.abc import Sequence

import pytest

from streams.kafka import topics
from tests.builders import days, invoiced, lease_id, registered
from tests.pump import World, publish, pump
from tests.streams.cli.commands import run
from tests.streams.cli.test_deadletters import pumping

PAID, IN_KARLSTAD = lease_id(3), lease_id(5)
BY = ("--by", "Vera", "--on", "2026-03-20")
GIVE = ("--from", "2026-03-01", "--through", "2027-02-28", "--months", "3")
TERMS = ("--from", "2026-03-01", "--terms", "rent_guarantee")
Words = Sequence[str]


def do(world: World, *arguments: str) -> str:
    """A step that takes effect, and what its command says of the lease then."""
    with pumping(world):
        ran = run(world, "guarantee", *arguments, *BY)
    assert ran.status == 0, ran.errors
    return " ".join(ran.output.split())


def test_a_guarantee_is_given_drawn_and_ended_and_the_list_says_what_is_left(both: World) -> None:
    given = do(both, "give", PAID, *GIVE)
    assert "20 mars 2026: hyresgarantin 2026-03-01 given, från 1 mars 2026" in given
    do(both, "draw", PAID, "7999.50")
    (line,) = run(both, "guarantee", "list", "--json").json()["guarantees"]
    assert (line["limit_ore"], line["drawn_ore"], line["left_ore"]) == (
        2_400_000, 799_950, 1_600_050,
    )  # fmt: skip
    assert (line["months_left"], line["state"]) == (12, "running")
    shown = " ".join(run(both, "guarantee", "list").output.split())
    assert f"{PAID}. Hyresgaranti 2026-03-01: gäller, från 1 mars 2026" in shown
    assert "8 000 kr begärt, 16 001 kr kvar." in shown
    page = " ".join(run(both, "lease", "show", PAID).output.split())
    assert "8 000 kr begärt ur hyresgarantin 2026-03-01 (Vera)." in page
    do(both, "end", PAID)
    ended = run(both, "guarantee", "list", "--today", "2026-03-22", "--json").json()
    assert ended["guarantees"] == []
    (line,) = run(both, "guarantee", "list", "--today", "2026-03-22", "--all", "--json").json()[
        "guarantees"
    ]
    assert (line["last_day"], line["state"]) == ("2026-03-20", "over")


def test_a_step_is_undone_as_any_act_is(world: World) -> None:
    do(world, "give", PAID, *GIVE)
    with pumping(world):
        ran = run(world, "case", "undo", PAID, "newest", *BY)
    assert ran.status == 0, ran.errors
    assert "Inga hyresgarantier." in run(world, "guarantee", "list").output


def test_the_list_is_of_a_town_or_of_what_ends_soon(world: World) -> None:
    do(world, "give", PAID, *GIVE)

    def listed(*which: str) -> int:
        return len(run(world, "guarantee", "list", *which, "--json").json()["guarantees"])

    assert (listed("--municipality", "0181"), listed("--municipality", "0180")) == (1, 0)
    assert (listed("--soon"), listed("--soon", "--today", "2027-02-01")) == (0, 1)


def test_the_terms_of_the_playbook_set_the_rest_and_are_in_no_list(world: World) -> None:
    karlstad(world)
    do(world, "give", IN_KARLSTAD, *TERMS)
    (line,) = run(world, "guarantee", "list", "--json").json()["guarantees"]
    assert (line["last_day"], line["limit_ore"]) == ("2027-02-28", 2_400_000)
    assert "rent_guarantee" not in run(world, "guarantee", "list", "--json").output
    assert "Given enligt rent_guarantee." in run(world, "lease", "show", IN_KARLSTAD).output


def karlstad(world: World) -> None:
    """A lease in Karlstad whose rent of March is late."""
    known = registered(IN_KARLSTAD, municipality="1780")
    publish(world, [known, invoiced("2026-03", IN_KARLSTAD), *days("2026-03-21", "2026-03-21")])
    pump(world)


NOTHING: dict[str, tuple[Words, str]] = {
    "unknown lease": (("give", lease_id(99), *GIVE, *BY), "no task and no lease has the id"),
    "no such day": (("give", PAID, "--from", "soon", *BY), "'soon' is not a date"),
    "ends before it begins": (
        ("give", PAID, "--from", "2026-03-01", "--through", "2026-02-01", *BY),
        "--through 2026-02-01 has passed: give a day from 2026-03-01 on",
    ),
    "less than nothing": (
        ("give", PAID, "--from", "2026-03-01", "--limit", "-1", *BY),
        "give kronor, more than nothing",
    ),
    "parts of an öre": (("draw", PAID, "7.005", *BY), "give kronor, more than nothing"),
    "terms that nobody has": (
        ("give", PAID, "--from", "2026-03-01", "--terms", "mine", *BY),
        "--terms 'mine' is none that there is",
    ),
    "no guarantee": (("draw", PAID, "8000", *BY), "has no guarantee in the register"),
    "none to end": (("end", PAID, *BY), "has no guarantee in the register"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_published(
    world: World, name: str
) -> None:
    arguments, sentence = NOTHING[name]
    before = topics.spans(world.settings, world.topic)
    ran = run(world, "guarantee", *arguments)
    assert ran.status in (1, 2)
    assert sentence in ran.errors
    assert ran.errors.count("\n") == 1
    assert topics.spans(world.settings, world.topic) == before


def test_no_more_is_claimed_than_is_left_and_of_several_one_must_be_named(world: World) -> None:
    do(world, "give", PAID, *GIVE)
    over = run(world, "guarantee", "draw", PAID, "24000.01", *BY)
    assert "24,000.00 kr is left of the guarantee 2026-03-01" in over.errors
    do(world, "give", PAID, *GIVE, "--id", "G2")
    which = run(world, "guarantee", "draw", PAID, "8000", *BY)
    assert "has 2 guarantees, give one by --id: 2026-03-01, G2" in which.errors
    do(world, "end", PAID, "--id", "G2")
    again = run(world, "guarantee", "end", PAID, "--id", "G2", *BY)
    assert "the guarantee G2 is ended already, with 2026-03-20" in again.errors


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--through", "2027-03-01"), "allow no guarantee that long"),
        (("--months", "4"), "or of so many months of rent"),
        (("--other-debts", "2001"), "leave no room for 8000 kr of late rent and 2001 kr"),
        (("--terms", "municipal_guarantee"), "leave no room for 8000 kr of late rent and 0 kr"),
    ],
)
def test_terms_are_held_to(world: World, more: Words, sentence: str) -> None:
    karlstad(world)
    ran = run(world, "guarantee", "give", IN_KARLSTAD, *TERMS, *more, *BY)
    assert ran.status == 1
    assert sentence in ran.errors
