"""A release and the next one over an upgrade, as real processes, while events go on coming."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from alerts.fold.partition import Partition
from alerts.proof import checkpoint, kept_checkpoints
from alerts.rules.rulebook import shipped_rulebook
from alerts.store import schema
from alerts.store.database import reading
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from alerts.store.sql import read_watermarks
from models.lease.state import Lease
from streams.kafka import log
from streams.kafka.partitioning import home
from streams.proof.places import folder
from streams.simulate import Simulation
from tests.chaos.town import Town, lines
from tests.pump import World, make_world, publish, pump
from tests.rules.releases import CONSTANT, FOLD, PLAYBOOK, SENTENCE, THIS, Release, changed
from tests.rules.systems import Commands, Run, clean, folded, is_idle, make_system
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def next_sources(tmp_path: Path) -> Release:
    return changed(tmp_path / "next", CONSTANT, PLAYBOOK, SENTENCE, FOLD)


def as_this_release_folds(world: World, number: int, end: int) -> checkpoint.Saved:
    """A partition up to offset `end`, folded from the log's start by this process's own code."""
    leases: dict[str, Lease] = {}
    where = lambda key: home(key, world.topic.partitions)  # noqa: E731 - as the fold asks for it
    store = MemoryStore.live(Partition(number), where, leases)
    for records in log.records(world.settings, world.topic.name, number, 0, end):
        start = store.partition.next_offset
        assert store.fold(Frame(number, start, records[-1].offset + 1, records)).stop is None
    store.partition.next_offset = end
    return checkpoint.pack(store.partition, leases, store.tasks, store.dead, b"")


def assert_all_before_is_this_releases(world: World, sequence: int) -> None:
    """What the upgrade saved is to the byte what this release makes of the log up to the change."""
    found, _ = kept_checkpoints.newest(folder(world.settings), world.topic.topic_id, marks(world))
    assert found is not None
    assert found.sequence == sequence
    for part in found.manifest.parts:
        saved = found.load(part.number)
        own = as_this_release_folds(world, part.number, part.next_offset)
        assert (saved.leases, saved.tasks) == (own.leases, own.tasks)
        assert saved.partition == own.partition
        assert saved.partition.rules == shipped_rulebook().digest
        assert part.rules != saved.partition.rules


def marks(world: World) -> dict[int, int]:
    with reading(world.engine) as connection:
        return read_watermarks(connection)


def test_two_releases_side_by_side_over_an_upgrade(
    kafka: str,
    topic_prefix: str,
    tmp_path: Path,
    postgres_url: str,
    bokvar: Run,
    next_sources: Release,
) -> None:
    """While a town goes on sending, each folds what its rules hold for, and nothing is lost."""
    world = make_system(kafka, topic_prefix, tmp_path, postgres_url)
    old, new = Commands(THIS, world, bokvar), Commands(next_sources, world, bokvar)
    old.ask("init")
    town = Town(world.settings, 3, lines(100, 2_000, 5), 150.0)
    old_worker, new_worker = old.start("worker"), new.start("worker")
    old.start("relay")
    town.start()
    new.wait_until_stopped("which this release does not know")
    wait_until(lambda: folded(world) > 1_000, 90, "much is folded")
    clean(old.ask("verify", "--json"))

    done = new.ask("upgrade", "--json").json()

    assert done["sequence"] == 2
    assert done["passed"] == []
    assert {text.partition(" ")[0] for text in done["changed"]} == {
        *("fold", "SECURE_AFTER", "sodertalje", "*"),
    }
    old.wait_until_stopped("rules")
    at = folded(world)
    wait_until(lambda: folded(world) > at + 500, 90, "the next release folds on")
    town.stop()
    wait_until(lambda: is_idle(world), 90, "all is folded and sent")
    assert old_worker.exit_code is None
    assert old_worker.end() == 0
    assert_all_before_is_this_releases(world, done["checkpoint"])
    found = clean(new.ask("verify", "--json", "--deliveries"))
    assert found["checkpoint"] == done["checkpoint"]
    assert found["events"] >= 500
    assert "rules" in old.ask("verify", status=1).errors
    assert new_worker.end() == 0


def test_on_sqlite_one_release_after_the_other_there_and_back(
    kafka: str,
    topic_prefix: str,
    tmp_path: Path,
    sqlite_url: str,
    bokvar: Run,
    next_sources: Release,
) -> None:
    world = make_system(kafka, topic_prefix, tmp_path, sqlite_url)
    old, new = Commands(THIS, world, bokvar), Commands(next_sources, world, bokvar)
    old.ask("init")
    worker = old.start("worker")
    old.start("relay")
    town = Town(world.settings, 3, lines(100, 2_000, 6), 100.0)
    town.start()
    wait_until(lambda: folded(world) > 500, 90, "much is folded")
    clean(old.ask("verify", "--json"))
    done = new.ask("upgrade", "--json").json()
    old.wait_until_stopped("which this release does not know")
    assert worker.end() == 0
    assert_all_before_is_this_releases(world, done["checkpoint"])

    worker = new.start("worker")
    at = folded(world)
    wait_until(lambda: folded(world) > at + 300, 90, "the next release folds on")
    assert clean(new.ask("verify", "--json"))["checkpoint"] == done["checkpoint"]

    back = old.ask("upgrade", "--json").json()
    assert back["sequence"] == 3
    assert worker.end() == 0
    worker = old.start("worker")
    wait_until(lambda: folded(world) > at + 600, 90, "this release folds on")
    town.stop()
    wait_until(lambda: is_idle(world), 90, "all is folded and sent")
    assert clean(old.ask("verify", "--json"))["checkpoint"] == back["checkpoint"]
    assert worker.end() == 0


def test_a_sentence_alone_changes_no_rules(
    kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str, bokvar: Run
) -> None:
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=1)
    reworded = Commands(changed(tmp_path / "reworded", SENTENCE), world, bokvar)
    this = Commands(THIS, world, bokvar)
    assert this.ask("init", "--json").json()["rules_in_force"] is True
    found = reworded.ask("init", "--json").json()
    assert found["rules"] == shipped_rulebook().digest
    assert found["rules_in_force"] is True
    assert reworded.ask("upgrade", "--json").json()["checkpoint"] is None


def test_a_sentence_alone_is_no_difference_for_verify(
    kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str, bokvar: Run
) -> None:
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)
    publish(world, Simulation(60, date(2026, 1, 1), 90, seed=4).events())
    pump(world)
    assert clean(Commands(THIS, world, bokvar).ask("verify", "--json"))["events"] > 1_000
    reworded = Commands(changed(tmp_path / "reworded", SENTENCE), world, bokvar)
    assert clean(reworded.ask("verify", "--json"))["events"] > 1_000
    with reading(world.engine) as connection:
        lease_id = connection.scalars(
            select(schema.history.c.lease_id).where(
                schema.history.c.said.contains("do.letter_rent")
            )
        ).first()
    assert lease_id is not None
    assert "Skicka ett brev om" in reworded.ask("lease", "show", lease_id).output
