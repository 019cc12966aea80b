"""A checkpoint is saved only of what has no difference, and used only if it is whole and fits."""

import fcntl
import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, TopicPartition
from sqlalchemy import Engine, delete, func, insert, select, update

from alerts.proof.checkpoint import CheckpointError
from alerts.proof.checkpoint_writer import writing
from alerts.store import schema
from alerts.store.sql import read_partition
from streams.kafka import topics
from streams.proof import take_checkpoint
from streams.proof.places import folder
from streams.proof.verified import Verified
from streams.proof.verify import verify
from streams.simulate import Simulation
from tests.builders import day, days, invoiced, lease_id, registered
from tests.pump import World, make_world, publish, pump


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    """Thirty homes after two months."""
    world = make_world(kafka, topic_prefix, tmp_path, database_url, partitions=2)
    publish(world, Simulation(30, date(2026, 1, 1), 60, seed=4).events())
    pump(world)
    return world


@pytest.fixture
def twice(world: World) -> World:
    """The same with two checkpoints, and events after each."""
    for month in ("2026-03", "2026-04"):
        assert take_checkpoint.save(world.settings, world.engine).sequence
        go_on(world, month)
    return world


def go_on(world: World, month: str) -> None:
    """Another month passes for five more leases, whose rent is not paid."""
    leases = [lease_id(int(month[-1]) * 10 + number) for number in range(5)]
    publish(world, [*map(registered, leases), *(invoiced(month, lease) for lease in leases)])
    publish(world, days(f"{month}-01", f"{month}-20"))
    pump(world)


def differences(found: Verified) -> tuple[int, int, int]:
    return found.lost, found.doubled, found.different


def part(world: World, sequence: int) -> Path:
    return folder(world.settings) / f"{sequence:08d}" / "partition-00000.gz"


def cut_short(world: World) -> None:
    content = part(world, 2).read_bytes()
    part(world, 2).write_bytes(content[: len(content) // 2])


def flip_a_byte_that_gzip_does_not_mind(world: World) -> None:
    payload = bytearray(gzip.decompress(part(world, 2).read_bytes()))
    payload[len(payload) // 2] ^= 1
    part(world, 2).write_bytes(gzip.compress(payload))


def lose_a_file(world: World) -> None:
    part(world, 2).unlink()


def spoil_the_manifest(world: World) -> None:
    part(world, 2).with_name("manifest.json").write_text('{"sequence": ')


def belong_to_another_topic(world: World) -> None:
    place = part(world, 2).with_name("manifest.json")
    place.write_text(json.dumps(json.loads(place.read_text()) | {"topic_id": "another"}))


SPOILT: dict[str, tuple[Callable[[World], None], str]] = {
    "cut short": (cut_short, "cannot be read"),
    "one bit flipped": (flip_a_byte_that_gzip_does_not_mind, "does not have its digest"),
    "a file lost": (lose_a_file, "cannot be read"),
    "no manifest": (spoil_the_manifest, "manifest.json cannot be read"),
    "of another topic": (belong_to_another_topic, "of another topic"),
}


def test_a_spoilt_checkpoint_is_passed_over_in_words_for_the_older_one(twice: World) -> None:
    good = {place: place.read_bytes() for place in part(twice, 2).parent.iterdir()}
    for name, (spoil, words) in SPOILT.items():
        spoil(twice)
        found = verify(twice.settings, twice.engine)
        assert differences(found) == (0, 0, 0), name
        assert found.checkpoint == 1, name
        (sentence,) = found.passed_over
        assert sentence.startswith("checkpoint 2 is not used"), name
        assert words in sentence, name
        for place, content in good.items():
            place.write_bytes(content)
    assert verify(twice.settings, twice.engine).checkpoint == 2


def test_with_both_checkpoints_spoilt_the_whole_log_is_folded(twice: World) -> None:
    for sequence in (1, 2):
        part(twice, sequence).write_bytes(b"")
    found = verify(twice.settings, twice.engine)
    assert differences(found) == (0, 0, 0)
    assert found.checkpoint is None
    assert len(found.passed_over) == 2
    assert found.events == sum(s.end for s in topics.spans(twice.settings, twice.topic))


def test_a_database_restored_from_before_a_checkpoint_begins_from_an_older_one(
    twice: World,
) -> None:
    older = json.loads((part(twice, 1).parent / "manifest.json").read_text())
    with twice.engine.begin() as connection:
        for held in older["parts"]:
            connection.execute(
                update(schema.partitions)
                .where(schema.partitions.c.number == held["number"])
                .values(next_offset=held["next_offset"])
            )
    found = verify(twice.settings, twice.engine)
    assert found.checkpoint == 1
    assert "ahead of the database" in found.passed_over[0]


def test_a_database_with_a_difference_gets_no_checkpoint(world: World) -> None:
    with world.engine.begin() as connection:
        row = select(schema.leases.c.lease_id).limit(1).scalar_subquery()
        connection.execute(delete(schema.leases).where(schema.leases.c.lease_id == row))
    outcome = take_checkpoint.save(world.settings, world.engine)
    assert outcome.sequence is None
    assert outcome.verified.lost == 1
    assert [p.name for p in folder(world.settings).iterdir()] == ["lock"]


def test_damage_from_before_the_checkpoint_is_seen_too(twice: World) -> None:
    """Leases and tasks that nothing has touched since are compared as well."""
    with twice.engine.begin() as connection:
        for table in (schema.leases, schema.tasks):
            (key,) = table.primary_key.columns
            row = select(key).order_by(key).limit(1).scalar_subquery()
            connection.execute(delete(table).where(key == row))
    found = verify(twice.settings, twice.engine)
    assert found.checkpoint == 2
    assert found.by_what == {"lease": 1, "task": 1}


def test_only_the_log_since_the_checkpoint_is_read(twice: World) -> None:
    found = verify(twice.settings, twice.engine)
    assert differences(found) == (0, 0, 0)
    assert found.checkpoint == 2
    assert 0 < found.events < 100
    assert found.leases == 40


def test_the_log_may_expire_behind_the_two_newest_checkpoints(twice: World) -> None:
    older = json.loads((part(twice, 1).parent / "manifest.json").read_text())
    admin = KafkaAdminClient(bootstrap_servers=twice.settings.kafka)
    admin.delete_records(
        {
            TopicPartition(twice.topic.name, held["number"]): held["next_offset"]
            for held in older["parts"]
        }
    )
    admin.close()
    assert differences(verify(twice.settings, twice.engine)) == (0, 0, 0)
    cut_short(twice)
    assert differences(verify(twice.settings, twice.engine)) == (0, 0, 0)


def test_two_checkpoints_are_kept(twice: World) -> None:
    assert take_checkpoint.save(twice.settings, twice.engine).sequence == 3
    kept = sorted(p.name for p in folder(twice.settings).iterdir())
    assert kept == ["00000002", "00000003", "lock"]


def test_the_same_watermark_gives_the_same_digests_with_or_without_a_checkpoint(
    world: World,
) -> None:
    first = take_checkpoint.save(world.settings, world.engine)
    second = take_checkpoint.save(world.settings, world.engine)
    assert first.verified.checkpoint is None
    assert second.verified.checkpoint == 1
    manifests = [
        json.loads((Path(str(outcome.folder)) / "manifest.json").read_text())
        for outcome in (first, second)
    ]
    assert manifests[0]["parts"] == manifests[1]["parts"]


def test_a_second_checkpoint_at_the_same_time_is_refused(world: World) -> None:
    folder(world.settings).mkdir(parents=True)
    with (folder(world.settings) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CheckpointError, match="another checkpoint is being saved"):
            take_checkpoint.save(world.settings, world.engine)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "checkpoints").write_text("a file in the way")
    with pytest.raises(CheckpointError, match="BOKVAR_DATA"), writing(tmp_path / "checkpoints"):
        raise AssertionError("nothing may be written here")


def test_what_an_ended_process_left_unfinished_is_no_checkpoint_and_goes_away(
    world: World,
) -> None:
    left = folder(world.settings) / "unfinished"
    left.mkdir(parents=True)
    (left / "partition-00000.gz").write_bytes(b"half")
    assert verify(world.settings, world.engine).checkpoint is None
    assert take_checkpoint.save(world.settings, world.engine).sequence == 1
    assert not left.exists()


class TestPruning:
    """Sent outbox rows go once two checkpoints cover them; no others do."""

    def rows(self, engine: Engine, number: int) -> list[int]:
        table = schema.outbox
        with engine.connect() as connection:
            query = select(table.c.seq).where(table.c.partition == number).order_by(table.c.seq)
            return list(connection.execute(query).scalars())

    def mark_sent(self, world: World, number: int, seq: int) -> None:
        with world.engine.begin() as connection:
            connection.execute(insert(schema.relayed), {"partition": number, "seq": seq})

    def test_nothing_goes_while_one_checkpoint_alone_covers_it(self, world: World) -> None:
        go_on(world, "2026-03")
        self.mark_sent(world, 0, self.rows(world.engine, 0)[-1])
        assert take_checkpoint.save(world.settings, world.engine).pruned == 0

    def test_what_is_not_sent_stays(self, twice: World) -> None:
        assert take_checkpoint.save(twice.settings, twice.engine).pruned == 0

    def test_what_is_sent_and_covered_by_both_goes_and_verify_knows(self, twice: World) -> None:
        with twice.engine.connect() as connection:
            last = read_partition(connection, 0).seq
        self.mark_sent(twice, 0, last)
        before = self.rows(twice.engine, 0)

        outcome = take_checkpoint.save(twice.settings, twice.engine)

        after = self.rows(twice.engine, 0)
        assert outcome.pruned == len(before) - len(after) > 0
        assert after == before[-len(after) :]
        assert differences(verify(twice.settings, twice.engine)) == (0, 0, 0)
        for sequence in (3, 2):
            part(twice, sequence).write_bytes(b"")
            assert differences(verify(twice.settings, twice.engine)) == (0, 0, 0)

    def test_an_unsent_row_behind_the_checkpoint_that_is_gone_is_lost(self, twice: World) -> None:
        with twice.engine.begin() as connection:
            table = schema.outbox
            first = select(func.min(table.c.seq)).where(table.c.partition == 0).scalar_subquery()
            connection.execute(delete(table).where(table.c.partition == 0, table.c.seq == first))
        found = verify(twice.settings, twice.engine)
        assert found.checkpoint == 2
        assert found.by_what == {"outbox row": 1}
        assert found.lost == 1


def test_a_day_that_came_twice_makes_no_difference(world: World) -> None:
    publish(world, [day("2026-03-01"), day("2026-03-01")])
    pump(world)
    assert differences(verify(world.settings, world.engine)) == (0, 0, 0)
