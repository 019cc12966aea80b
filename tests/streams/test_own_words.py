"""Whatever the log holds of Bokvar's own words, it is folded or set aside, and proved."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from models.contract.events import day_ended
from models.stockholm import last_ended
from streams.proof.verify import verify
from streams.scheduler import utc_now
from tests.builders import lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.streams.cli.commands import run

CASES = Path(__file__).resolve().parents[1] / "cases" / "data"
DAY = timedelta(days=1)


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)


def lines_of(name: str) -> list[bytes]:
    return (CASES / f"{name}.jsonl").read_bytes().splitlines()


def own(name: str, **data: Any) -> bytes:
    event: dict[str, Any] = {
        "specversion": "1.0",
        "type": f"se.bokvar.{name}.v1",
        "source": "urn:bokvar",
        "id": f"own {name} {data}"[:200],
        "data": data,
    }
    if "lease_id" in data:
        event["subject"] = data["lease_id"]
    return msgspec.json.encode(event)


def proved(world: World) -> None:
    found = verify(world.settings, world.engine)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert run(world, "checkpoint").status == 0


def newest_day(world: World) -> str:
    return str(run(world, "status", "--json").json()["newest_day"])


def test_an_offset_beyond_64_bits_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    publish(world, lines_of("08-offset-beyond-64-bits-start"))
    publish(world, lines_of("08-offset-beyond-64-bits-poison"))
    publish(
        world,
        [own("record.released", offset=2**64, event="{}", by="x", reason="y"),
         own("record.discarded", offset=2**64, by="x", reason="y"),
         own("record.cleared", lease_id=lease_id(1), partition=0, offset=2**64)],
    )  # fmt: skip
    pump(world)
    found = run(world, "deadletters", "list", "--json").json()["dead_letters"]
    assert {record["error"] for record in found} == {"invalid_field"}
    proved(world)
    poison = (CASES / "08-offset-beyond-64-bits-poison.jsonl").read_bytes()
    assert run(world, "publish", "-", given=poison).status == 1


def test_an_early_day_swallows_no_later_one_and_ends_none(world: World) -> None:
    """The case of the clock a year ahead, with the words of an early scheduler in the log."""
    publish(world, lines_of("14-clock-a-year-ahead-start"))
    yesterday = last_ended(utc_now())
    publish(world, [day_ended(yesterday, "scheduler")])
    pump(world)
    early = [day_ended(yesterday + n * DAY, "scheduler") for n in (1, 2, 366)]
    publish(world, [*early, day_ended(yesterday + 2 * DAY), own("calendar.day", day="2099-12-31")])
    pump(world)
    assert newest_day(world) == str(yesterday)
    found = run(world, "deadletters", "list", "--json").json()["dead_letters"]
    assert [record["error"] for record in found] == ["day_not_ended"] * 10
    proved(world)


def test_a_simulated_year_runs_past_the_clock_and_a_jump_does_not(world: World) -> None:
    yesterday = last_ended(utc_now())
    publish(world, [registered(), *(day_ended(yesterday + n * DAY) for n in range(-5, 30))])
    publish(world, [day_ended(yesterday + 400 * DAY), day_ended(yesterday + 30 * DAY)])
    pump(world)
    assert newest_day(world) == str(yesterday + 30 * DAY)
    proved(world)


@pytest.mark.parametrize(
    "odd",
    [
        own("calendar.day", day="2099-12-31"),
        own("calendar.day", day="9999-12-31"),
        own("calendar.day", day="0001-01-01"),
        own("calendar.day", day="2026-02-02", told_by="nobody"),
        own("record.released", offset=0, event="", by="x", reason="y"),
        own("record.released", offset=0, event="[" * 20_000, by="x", reason="y"),
        own("record.released", offset=1, event='{"subject": "\\ud800"}', by="x", reason="y"),
        own("record.released", offset=1, event=own("calendar.day", day="2099-12-31").decode(),
            by="x", reason="y"),
        own("record.discarded", offset=2**63 - 1, by="x", reason="y"),
        own("record.set_aside", lease_id=lease_id(1), partition=2**31 - 1, offset=2**63 - 1,
            error="x"),
        own("record.cleared", lease_id=lease_id(99), partition=7, offset=3),
        own("feed.completed", landlord_id="559990-0013", through_on="2099-12-31"),
        b"\x00\x01\x02\x03", b"", b"\x1f\x8b\x08", b"null", b"[]",
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_word_ends_in_findings_and_never_in_a_traceback(world: World, odd: bytes) -> None:
    publish(world, [b"no event", registered(lease_id(1)), *map(day_ended, _week())])
    publish(world, [odd])
    publish(world, [day_ended(_week()[-1] + DAY)])
    pump(world)
    assert newest_day(world) == str(_week()[-1] + DAY)
    proved(world)
    assert run(world, "deadletters", "list").status == 0


def _week() -> list[Any]:
    first = last_ended(utc_now()) - 30 * DAY
    return [first + n * DAY for n in range(7)]
