"""`bokvar deadletters`: a decision is an event in the log, and its effect is the fold's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from streams.proof.verify import verify
from tests.builders import LEASE, ORGNR, lease_id, paid, registered
from tests.pump import World, publish, pump
from tests.streams.cli.commands import Ran, run
from tests.streams.cli.conftest import BAD
from tests.waiting import meanwhile

WHO = ("--by", "A. Handläggare", "--reason", "felskrivet belopp")
HERE = ("0", "19")


@contextmanager
def pumping(world: World) -> Iterator[None]:
    """A stand-in for the worker, while the block lasts."""
    with meanwhile(lambda: pump(world), 0.1):
        yield
    pump(world)


def page(world: World, lease: str = LEASE) -> dict[str, object]:
    found: dict[str, object] = run(world, "lease", "show", lease, "--json").json()
    return found


def state(world: World) -> str:
    return str(run(world, "deadletters", "show", *HERE, "--json").json()["state"])


def test_a_record_that_was_not_set_aside_is_refused(world: World) -> None:
    for command in ("release", "discard"):
        ran = run(world, "deadletters", command, "1", "777", *WHO)
        assert ran.status == 1
        assert "nothing was set aside at partition 1, offset 777" in ran.errors
    assert run(world, "deadletters", "show", "1", "777").status == 1


def refused(world: World, *more: str) -> str:
    ran: Ran = run(world, "deadletters", "release", *HERE, *WHO, *more)
    assert ran.status in (1, 2)
    assert state(world) == "open"
    return ran.errors


def test_a_mended_event_that_is_still_wrong_is_refused_before_anything_is_sent(
    world: World,
) -> None:
    assert "data.amount_ore cannot be read: expected is a whole number" in refused(world)
    assert "data.booked_on cannot be read: expected is a day" in refused(
        world, "--set", "data.amount_ore=5", "--set", "data.booked_on=2026-02-30"
    )
    assert "is not FIELD=VALUE" in refused(world, "--set", "amount")
    assert f"its source must stay urn:landlord:{ORGNR}" in refused(
        world, "--set", "source=urn:kronofogden"
    )


def test_a_file_that_cannot_be_an_event_is_refused(world: World, tmp_path: Path) -> None:
    file = tmp_path / "mended.json"
    assert "cannot read" in refused(world, "--file", str(file))
    file.write_text("[]")
    assert "does not hold one JSON object" in refused(world, "--file", str(file))


def test_without_a_reason_nothing_is_decided(world: World) -> None:
    ran = run(world, "deadletters", "discard", *HERE, "--by", "me", "--reason", " ")
    assert ran.status == 2
    assert "--by and --reason must say something" in ran.errors


def test_a_decision_that_no_worker_reads_says_so_and_stands(world: World) -> None:
    ran = run(world, "deadletters", "discard", *HERE, *WHO, "--wait", "0.2")
    assert ran.status == 1
    assert "is in the log, but has not taken effect yet" in ran.errors
    pump(world)
    assert state(world) == "discarded"
    again = run(world, "deadletters", "discard", *HERE, *WHO)
    assert again.status == 1
    assert "it is discarded already, by A. Handläggare: felskrivet belopp" in again.errors


def test_a_mended_record_counts_as_if_it_had_been_right(both: World) -> None:
    with pumping(both):
        ran = run(
            both, "deadletters", "release", *HERE, *WHO, "--set", "data.amount_ore=800000", "--json"
        )
    assert ran.status == 0
    assert ran.json() == {
        "partition": 0,
        "offset": 19,
        "decision": "released",
        "event_id": "mended-0-19",
        "folded": True,
    }
    found = page(both)
    assert found["incomplete"] is False
    assert found["account"]["balance_ore"] == 0  # type: ignore[index]
    assert found["account"]["payments"][0]["booked_on"] == "2026-03-20"  # type: ignore[index]
    result = verify(both.settings, both.engine)
    assert (result.lost, result.doubled, result.different) == (0, 0, 0)


def test_a_whole_mended_event_may_be_given_in_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "mended.json"
    file.write_bytes(BAD.replace(b"-5", b"500").replace(b'"id":"e1"', b'"id":"e1-mended"'))
    with pumping(world):
        ran = run(world, "deadletters", "release", *HERE, *WHO, "--file", str(file), "--json")
    assert ran.json()["event_id"] == "e1-mended"
    assert page(world)["account"]["balance_ore"] == 800_000 - 500  # type: ignore[index]


def test_a_discarded_record_leaves_its_lease_complete(both: World) -> None:
    with pumping(both):
        ran = run(both, "deadletters", "discard", *HERE, *WHO)
    assert ran.status == 0
    assert "discarded" in ran.output
    assert page(both)["incomplete"] is False
    assert run(both, "deadletters", "list", "--json").json()["dead_letters"][0]["error"] == (
        "lease_unknown"
    )
    assert len(run(both, "deadletters", "list", "--all", "--json").json()["dead_letters"]) == 2
    result = verify(both.settings, both.engine)
    assert (result.lost, result.doubled, result.different) == (0, 0, 0)


def test_what_is_held_for_an_unknown_lease_cannot_be_mended_and_goes_with_its_registration(
    world: World,
) -> None:
    letters = run(world, "deadletters", "list", "--json").json()["dead_letters"]
    (held,) = [letter for letter in letters if letter["error"] == "lease_unknown"]
    place = (str(held["partition"]), str(held["offset"]))
    ran = run(world, "deadletters", "release", *place, *WHO)
    assert "publish its registration" in ran.errors
    publish(world, [registered(lease_id(4))])
    pump(world)
    assert run(world, "deadletters", "show", *place, "--json").json()["state"] == "resolved"


def test_an_event_without_a_lease_is_not_released_into_one_partition(world: World) -> None:
    broken = {"specversion": "1.0", "type": "se.bokvar.feed.completed.v1", "id": "f", "data": {}}
    publish(world, [msgspec.json.encode({**broken, "source": f"urn:landlord:{ORGNR}"})])
    pump(world)
    letters = run(world, "deadletters", "list", "--json").json()["dead_letters"]
    letter = next(x for x in letters if x["event_id"] == "f")
    ran = run(
        world,
        *("deadletters", "release", str(letter["partition"]), str(letter["offset"]), *WHO),
        *("--set", f"data.landlord_id={ORGNR}", "--set", "data.through_on=2026-03-20"),
    )
    assert ran.status == 1
    assert "an event about no lease goes to every partition" in ran.errors


def test_the_bytes_of_a_record_are_shown_whole(world: World) -> None:
    shown = run(world, "deadletters", "show", *HERE, "--json").json()
    assert shown["value"].encode() == BAD
    assert shown["key"] == LEASE
    assert shown["error"] == "invalid_field"
    assert "urn:landlord" in run(world, "deadletters", "show", *HERE).output


def test_a_second_payment_of_the_same_content_later_is_not_mistaken(world: World) -> None:
    """The mended event has an id of its own: the sender may still send the right one."""
    with pumping(world):
        run(world, "deadletters", "release", *HERE, *WHO, "--set", "data.amount_ore=800000")
    publish(world, [paid("2026-03-20", payment_id="PX")])
    pump(world)
    assert page(world)["account"]["balance_ore"] == 0  # type: ignore[index]


@pytest.mark.parametrize("command", ["list", "show", "release", "discard"])
def test_each_command_explains_itself(world: World, command: str) -> None:
    assert run(world, "deadletters", command, "--help").status == 0
