"""What goes wrong around an upgrade: each ends in a sentence, and running it again mends it."""

import time
from pathlib import Path

import pytest

from alerts.proof import checkpoint, kept_checkpoints
from alerts.rules.reach import begins
from alerts.rules.rulebook import shipped_rulebook
from alerts.store import turns
from alerts.store.database import reading
from alerts.store.sql import read_partition
from streams.kafka import log, publisher, topics
from streams.kafka.sender import NotTaken
from streams.proof.balance_oracle import Money
from streams.proof.places import folder
from tests.builders import days, invoiced, lease_id, paid, registered
from tests.pump import World, make_world, publish, pump
from tests.rules.in_process import release
from tests.streams.cli.commands import Ran, run

NEXT = 77


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    """Ten leases of which five have paid, under the rules of this release."""
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)
    assert run(world, "init").status == 0
    leases = [lease_id(number) for number in range(10)]
    publish(world, [*map(registered, leases), *(invoiced("2026-03", lease) for lease in leases)])
    publish(world, [paid("2026-02-27", lease) for lease in leases[:5]])
    publish(world, days("2026-02-20", "2026-03-20"))
    pump(world)
    return world


def go_on(world: World, month: int) -> None:
    """A month passes."""
    publish(world, days(f"2026-{month:02}-01", f"2026-{month:02}-28"))
    pump(world)


def clean(ran: Ran) -> dict[str, int]:
    found: dict[str, int] = ran.json()
    assert (found["lost"], found["doubled"], found["different"]) == (0, 0, 0), found
    return found


def changes_in_log(world: World) -> int:
    """How many changes of rules the log's partitions hold."""
    spans = topics.spans(world.settings, world.topic)
    return sum(
        begins(record) is not None
        for number, span in enumerate(spans)
        for records in log.records(world.settings, world.topic.name, number, 0, span.end)
        for record in records
    )


def test_a_release_without_new_rules_has_nothing_to_upgrade(world: World) -> None:
    assert "nothing is new" in run(world, "upgrade").output
    assert run(world, "init", "--json").json()["rules_in_force"] is True
    assert changes_in_log(world) == 2


def test_init_of_a_release_with_other_rules_asks_for_an_upgrade_and_changes_nothing(
    world: World,
) -> None:
    with release(NEXT):
        assert "run `bokvar upgrade`" in run(world, "init").output
        assert run(world, "status").status == 1
        assert "rules" in run(world, "status").output
    assert changes_in_log(world) == 2
    assert "those of this release, are in force" in run(world, "status").output


def test_what_is_not_read_up_to_the_change_in_time_is_named_and_the_next_run_goes_on(
    world: World,
) -> None:
    publish(world, days("2026-03-21", "2026-03-25"))
    with release(NEXT):
        ran = run(world, "upgrade", "--wait", "0")
        assert ran.status == 1
        assert "partition 0 stands at offset" in ran.errors
        assert "Traceback" not in ran.errors
    with pytest.raises(AssertionError):  # this release stops at the change
        pump(world)
    with release(NEXT):
        assert run(world, "upgrade", "--json").json()["sequence"] == 2
        go_on(world, 4)
        assert clean(run(world, "verify", "--json"))["checkpoint"] == 1
    assert changes_in_log(world) == 4


def test_an_upgrade_broken_off_while_it_publishes_is_brought_to_its_end_by_the_next_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_all = publisher.publish

    def half(*arguments: object, **options: object) -> None:
        publish_all([*arguments[0]], world.settings, partitions=1)  # type: ignore[misc]
        raise NotTaken("Kafka did not take a message")

    with release(NEXT):
        monkeypatch.setattr(publisher, "publish", half)
        assert run(world, "upgrade").status == 1
        monkeypatch.undo()
    with release(NEXT):
        assert run(world, "upgrade", "--json").json()["sequence"] == 2
        go_on(world, 4)
        clean(run(world, "verify", "--json"))


def test_an_upgrade_broken_off_before_its_checkpoint_holds_everyone_until_it_is_run_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise checkpoint.CheckpointError("no checkpoint could be saved: make room")

    with release(NEXT):
        monkeypatch.setattr("streams.rules.upgrade.at_change", full)
        assert "make room" in run(world, "upgrade").errors
        monkeypatch.undo()
    with release(NEXT):
        with pytest.raises(AssertionError):
            pump(world)
        assert "checkpoint" in run(world, "status").output
        assert run(world, "upgrade").status == 0
        go_on(world, 4)
        clean(run(world, "verify", "--json"))


def test_while_an_upgrade_is_under_way_another_and_one_of_another_release_are_refused(
    world: World,
) -> None:
    assert turns.claim(world.engine, "upgrade", "another", time.time(), 120)
    with release(NEXT):
        assert "another `bokvar upgrade` is under way" in run(world, "upgrade").errors
    turns.release(world.engine, "upgrade", "another")
    publish(world, days("2026-03-21", "2026-03-25"))
    with release(NEXT):
        run(world, "upgrade", "--wait", "0")
    refused = run(world, "upgrade")
    assert refused.status == 1
    assert "of that release come to its end first" in refused.errors


def test_going_back_to_older_rules_is_a_change_of_its_own(world: World) -> None:
    with release(NEXT):
        assert run(world, "upgrade", "--json").json()["sequence"] == 2
        go_on(world, 4)
    back = run(world, "upgrade", "--json").json()
    assert back["sequence"] == 3
    go_on(world, 5)
    assert clean(run(world, "verify", "--json"))["checkpoint"] == back["checkpoint"]
    with release(NEXT):
        ran = run(world, "verify")
        assert ran.status == 1
        assert "Traceback" not in ran.errors


def test_a_lost_checkpoint_at_the_change_leaves_verify_with_one_sentence(world: World) -> None:
    with release(NEXT):
        run(world, "upgrade")
        go_on(world, 4)
        next(folder(world.settings).glob("*/partition-00000.gz")).write_bytes(b"")
        ran = run(world, "verify")
    assert ran.status == 1
    assert ran.errors.count("\n") == 1
    assert "cannot be folded again by this release" in ran.errors
    assert "checkpoint 1 is not used" in ran.errors


def test_a_day_before_the_change_is_another_releases_to_show(world: World) -> None:
    with release(NEXT):
        run(world, "upgrade")
        go_on(world, 4)
        ran = run(world, "lease", "show", lease_id(1), "--as-of", "2026-03-10")
        assert ran.status == 1
        assert "cannot be shown as of that day by this release" in ran.errors
        assert run(world, "lease", "show", lease_id(1)).status == 0


def test_a_system_from_before_rules_were_in_the_log_is_upgraded_in_the_same_way(
    kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str
) -> None:
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)
    publish(world, [registered(lease_id(1)), *days("2026-03-01", "2026-03-10")])
    pump(world)
    assert run(world, "init", "--json").json()["rules_in_force"] is False
    assert run(world, "upgrade", "--json").json()["sequence"] == 1
    go_on(world, 4)
    assert clean(run(world, "verify", "--json"))["checkpoint"] == 1
    with reading(world.engine) as connection:
        assert {read_partition(connection, n).rules for n in (0, 1)} == {shipped_rulebook().digest}


def test_the_money_is_counted_on_over_the_change_from_the_log_itself(world: World) -> None:
    """A balance that was wrong in the ledger before is still seen after."""
    with release(NEXT):
        run(world, "upgrade")
        go_on(world, 4)
        found, _ = kept_checkpoints.newest(
            folder(world.settings), world.topic.topic_id, {0: 999, 1: 999}
        )
        assert found is not None
        assert found.load(0).money == counted(world, found.manifest.parts[0].next_offset)


def counted(world: World, end: int) -> bytes:
    """The oracle's own count of partition 0, from the log's start."""
    money = Money(0, world.topic.partitions)
    for records in log.records(world.settings, world.topic.name, 0, 0, end):
        money.take(records, ())
    return money.save()
