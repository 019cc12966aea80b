"""What version 1 stored, sentences and all, is read, folded on, sent and written; and from where
the rules of this release begin, `verify` is clean."""

import base64
import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from confluent_kafka import Producer
from sqlalchemy import MetaData, create_engine, insert, select, text, update

from alerts.contract.messages import VisitTask
from alerts.contract.topics import VISIT_TASKS
from alerts.store import outbox, schema, setup
from alerts.store.database import open_database, reading
from alerts.store.sql import read_watermarks
from alerts.views.lease import lease_known, lease_page
from alerts.views.lists import worklist
from models.contract import facts
from models.contract.events import BOKVAR
from models.lease.state import STATE_VERSION
from streams.kafka import log, topics
from streams.proof.verify import verify
from streams.relay import Relay
from streams.rules.upgrade import upgrade
from tests.builders import event
from tests.pump import World, make_world, publish, pump
from tests.spoken import SV

DATA = Path(__file__).parent.parent / "data" / "stored-v1"


class _Message(msgspec.Struct):
    data: VisitTask


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> Iterator[World]:
    """The log and the database of version 1, brought to this version's schema."""
    restored = make_world(kafka, topic_prefix, tmp_path, f"sqlite:///{tmp_path / 'no.db'}", 2)
    engine = open_database(database_url)
    _fill(database_url, tmp_path)
    client = Producer({"bootstrap.servers": kafka})
    for line in gzip.decompress((DATA / "log.jsonl.gz").read_bytes()).splitlines():
        number, _, key, value = json.loads(line)
        client.produce(restored.topic.name, base64.b64decode(value), key, number)
    assert client.flush(60) == 0
    with engine.begin() as connection:
        connection.execute(update(schema.topic).values(topic_id=restored.topic.topic_id))
    settings = msgspec.structs.replace(restored.settings, database=database_url)
    setup.migrate(engine)
    yield World(settings, engine, restored.topic)
    engine.dispose()


def _fill(url: str, folder: Path) -> None:
    """The rows of version 1 in its own schema."""
    (folder / "v1.db").write_bytes(gzip.decompress((DATA / "bokvar.db.gz").read_bytes()))
    config = Config()
    config.set_main_option("script_location", str(setup._MIGRATIONS))
    config.attributes["engine"] = engine = open_database(url)
    command.upgrade(config, "r0001")
    held = MetaData()
    source = create_engine(f"sqlite:///{folder / 'v1.db'}")
    held.reflect(source)
    with source.connect() as old, engine.begin() as new:
        for table in held.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            if rows and table.name != "alembic_version":
                new.execute(insert(table), rows)
    source.dispose()
    engine.dispose()


def test_every_lease_and_every_line_of_its_history_is_shown_as_it_was_written(world: World) -> None:
    with reading(world.engine) as connection:
        ids = connection.scalars(select(schema.leases.c.lease_id)).all()
        pages = [lease_known.load(connection, lease_id) for lease_id in ids]
        assert len(pages) == 164
        shown = [lease_page.page(known, SV) for known in pages if known is not None]
    assert len(shown) == 164
    lines = [line.text for page in shown for line in page.history]
    assert len(lines) == 302
    assert any(text.startswith("Skicka brev som förvarnar om hembesök: senast") for text in lines)


def test_messages_that_waited_are_sent_with_the_words_they_were_written_with(world: World) -> None:
    with reading(world.engine) as connection:
        waiting = outbox.unsent(connection).rows
    assert waiting == 144
    assert Relay(world.settings, world.engine).send_batch() == waiting
    name = topics.full_name(world.settings, VISIT_TASKS)
    sent = [
        msgspec.json.decode(message.value(), type=_Message).data
        for number in range(2)
        for found in log.messages(
            world.settings, name, number, *log.span(world.settings, name, number)
        )
        for message in found
    ]
    assert sent
    assert all(task.reason.text and task.landlord_tried.text and task.priority.why for task in sent)


def test_it_is_folded_on_and_from_the_upgrade_verify_is_clean(world: World) -> None:
    with reading(world.engine) as connection:
        before = read_watermarks(connection)
    pump(world)
    with reading(world.engine) as connection:
        assert sum(read_watermarks(connection).values()) > sum(before.values())
        versions = connection.scalars(select(schema.leases.c.state_version).distinct()).all()
        assert sorted(versions) == [1, STATE_VERSION]
    done = upgrade(world.settings, world.engine, wait=30)
    assert done.checkpoint is not None
    pump(world)
    publish(world, [event(facts.CalendarDay(day=date(2026, 7, 25)), "a day", BOKVAR)])
    pump(world)
    found = verify(world.settings, world.engine)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0), found.examples
    assert found.checkpoint == done.checkpoint
    with reading(world.engine) as connection:
        assert all(SV.say(task.priority.rule) for task in worklist.open_tasks(connection))
        assert connection.scalar(text("SELECT count(*) FROM dead_records")) == 38
