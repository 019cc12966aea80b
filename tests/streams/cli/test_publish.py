"""`bokvar publish`: whole files or nothing, in order, each lease at its home."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from models.contract import facts
from models.contract.events import Event, day_ended
from streams.kafka import log, topics
from streams.kafka.partitioning import home
from tests.builders import day, event, invoiced, lease_id, paid, registered
from tests.pump import World, make_world, publish, pump
from tests.streams.cli.commands import run

encode = msgspec.json.Encoder().encode


@pytest.fixture
def empty(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=3)


def lines(*events: Event | bytes) -> bytes:
    return b"".join((e if isinstance(e, bytes) else encode(e)) + b"\n" for e in events)


def held(world: World) -> list[list[bytes]]:
    """What the event topic holds, by partition."""
    found = []
    for number, span in enumerate(topics.spans(world.settings, world.topic)):
        records = log.records(world.settings, world.topic.name, number, span.first, span.end)
        found.append([record.value for some in records for record in some])
    return found


BAD = {
    "unreadable": (b'{"specversion":', "Send it again as JSON in UTF-8"),
    "unknown type": (
        encode(registered()).replace(b"lease.registered", b"lease.forgiven"),
        "The event's type is not one of the contract's",
    ),
    "negative amount": (
        encode(paid("2026-03-01", ore=-1)),
        "The field data.amount_ore cannot be read",
    ),
    "a date that does not exist": (
        encode(paid("2026-03-01")).replace(b"2026-03-01", b"2026-02-30"),
        "The field data.booked_on cannot be read",
    ),
    "no subject": (
        encode(registered()).replace(b'"subject":"559990-0013:1",', b""),
        "it has no subject",
    ),
    "another landlord's lease": (
        encode(registered()).replace(b"urn:landlord:559990-0013", b"urn:landlord:559990-0021"),
        "The lease is not that of the landlord in source",
    ),
    "a decision of a person": (
        encode(event(facts.RecordDiscarded(offset=1, by="x", reason="y"), "d", "urn:bokvar")),
        "use `bokvar deadletters`",
    ),
    "a mark of Bokvar's own": (
        encode(
            event(
                facts.RecordSetAside(lease_id=lease_id(1), partition=0, offset=1, error="x"),
                "s",
                "urn:bokvar",
            )
        ),
        "Bokvar itself says this",
    ),
    "a mark taken off": (
        encode(
            event(
                facts.RecordCleared(lease_id=lease_id(1), partition=0, offset=1), "c", "urn:bokvar"
            )
        ),
        "Bokvar itself says this",
    ),
    "a mended record": (
        encode(
            event(facts.RecordReleased(offset=1, event="{}", by="x", reason="y"), "m", "urn:bokvar")
        ),
        "use `bokvar deadletters`",
    ),
    "a day": (encode(day("2026-03-01")), "with --replay"),
    "a change of rules": (
        encode(event(facts.RulesChanged(digest="a" * 32, what="code"), "r", "urn:bokvar")),
        "rules begin by `bokvar init` and `bokvar upgrade` alone",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_and_nothing_is_published(
    empty: World, tmp_path: Path, name: str
) -> None:
    line, words = BAD[name]
    file = tmp_path / "events.jsonl"
    file.write_bytes(lines(registered(lease_id(2)), line))
    ran = run(empty, "publish", str(file))
    assert ran.status == 1
    assert f"{file}, line 2: " in ran.errors
    assert words in ran.errors
    assert "nothing was published" in ran.errors
    assert held(empty) == [[], [], []]


def test_the_good_lines_are_published_when_asked_and_the_bad_ones_told(empty: World) -> None:
    given = lines(registered(), b"{", invoiced("2026-03"))
    ran = run(empty, "publish", "-", "--skip-bad", "--json", given=given)
    assert ran.status == 1
    answer = ran.json()
    assert (answer["events"], answer["bad"]) == (2, 1)
    assert answer["bad_lines"][0]["line"] == 2
    assert sorted(map(len, held(empty))) == [0, 0, 2]


def test_a_file_that_is_not_there_is_refused(empty: World, tmp_path: Path) -> None:
    ran = run(empty, "publish", str(tmp_path / "none.jsonl"))
    assert ran.status == 2
    assert "is not a file" in ran.errors


def test_no_broker_is_refused_in_a_sentence(empty: World) -> None:
    nobody = {"BOKVAR_KAFKA": "127.0.0.1:1", "BOKVAR_KAFKA_PATIENCE": "1"}
    environment = empty.environment | nobody
    ran = run(environment, "publish", "-", given=lines(registered()))
    assert ran.status == 1
    assert "no Kafka broker answers at 127.0.0.1:1" in ran.errors


def test_each_lease_is_published_at_its_home_in_order_and_a_day_everywhere(
    empty: World, tmp_path: Path
) -> None:
    leases = [lease_id(number) for number in range(9)]
    events = [*map(registered, leases), *(invoiced("2026-03", lease) for lease in leases)]
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_bytes(b"\xef\xbb\xbf" + lines(*events[:9]))
    second.write_bytes(lines(*events[9:], day("2026-03-01")))

    ran = run(empty, "publish", str(first), str(second), "--replay", "--json")

    assert ran.status == 0
    assert ran.json() == {"events": 19, "messages": 21, "bad": 0, "bad_lines": []}
    for number, values in enumerate(held(empty)):
        mine = [e for e in events if home(str(e.subject), 3) == number]
        assert values == [*map(encode, mine), encode(day("2026-03-01"))]


@pytest.mark.parametrize("folded", [True, False], ids=["folded", "not read yet"])
def test_a_log_that_a_scheduler_has_told_its_days_takes_no_others(
    empty: World, folded: bool
) -> None:
    publish(empty, [registered(), day_ended(date(2026, 2, 28), "scheduler")])
    if folded:
        pump(empty)
    before = held(empty)
    ran = run(empty, "publish", "-", "--replay", given=lines(day("2026-03-01")))
    assert ran.status == 1
    assert "a scheduler has told this log its days" in ran.errors
    assert held(empty) == before
    assert run(empty, "publish", "-", given=lines(invoiced("2026-03"))).status == 0


def test_a_replay_brings_its_days_but_none_told_by_a_scheduler(empty: World) -> None:
    own = encode(day_ended(date(2026, 3, 2), "scheduler"))
    ran = run(empty, "publish", "-", "--replay", given=lines(day("2026-03-01"), own))
    assert ran.status == 1
    assert "leave data.told_by out" in ran.errors
    assert held(empty) == [[], [], []]
    assert run(empty, "publish", "-", "--replay", given=lines(day("2026-03-01"))).status == 0
    assert held(empty) == [[encode(day("2026-03-01"))]] * 3
