"""A lease that comes in many spellings is one lease on a real log, counted once, and proved so."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from kafka import KafkaProducer
from sqlalchemy import select

from alerts.store import schema
from models.contract import facts
from models.contract.events import Event
from models.lease import state as stored
from models.lease.state import Lease
from streams.kafka import topics
from streams.kafka.partitioning import home
from streams.proof.replay import replay
from streams.proof.verify import verify
from tests.builders import (
    LEASE,
    MUNICIPAL,
    ORGNR,
    days,
    invoiced,
    lease_id,
    paid,
    registered,
    say,
)  # fmt: skip
from tests.pump import World, make_world, publish, pump

BARE = LEASE.replace("-", "")
COMPOSED, APART = f"{ORGNR}:\xc57", f"{ORGNR}:A\N{COMBINING RING ABOVE}7"


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, database_url, partitions=3)


def spelled(event: Event, lease: str, source: str | None = None) -> tuple[bytes, bytes]:
    """Key and value of an event as a sender spells it."""
    data = msgspec.structs.replace(event.data, lease_id=lease)
    said = msgspec.structs.replace(event, subject=lease, data=data, source=source or event.source)
    return lease.encode(), msgspec.json.encode(said)


def send(world: World, *messages: tuple[bytes, bytes]) -> None:
    """By kafka-python, whose partitioner goes by the key's bytes."""
    client = KafkaProducer(bootstrap_servers=world.settings.kafka)
    for key, value in messages:
        client.send(world.topic.name, value, key).get(30)
    client.close()


def leases(world: World) -> dict[str, tuple[int, Lease]]:
    with world.engine.connect() as connection:
        rows = connection.execute(select(schema.leases)).all()
    return {
        row.lease_id: (row.partition, stored.decode(row.state, row.state_version)) for row in rows
    }


def test_two_spellings_of_one_lease_end_in_its_home_and_verify_is_clean(world: World) -> None:
    partitions = world.topic.partitions
    assert {home(BARE, partitions), home(APART, partitions)} != {home(LEASE, partitions)}
    bare_source = f"urn:landlord:{ORGNR}".replace("-", "")
    publish(world, [registered(), registered(COMPOSED), *days("2026-02-01", "2026-02-27")])
    send(
        world,
        spelled(invoiced("2026-03"), BARE),
        spelled(invoiced("2026-03", COMPOSED), APART, bare_source),
        spelled(paid("2026-02-26"), LEASE, bare_source),
        spelled(paid("2026-02-26"), BARE),  # the same event, in another spelling
        spelled(paid("2026-02-26", COMPOSED), APART),
        ("559990-0013:\xc57".encode("latin-1"), b"not json"),
    )
    publish(world, days("2026-02-28", "2026-03-31"))
    pump(world)
    found = leases(world)
    assert set(found) == {LEASE, COMPOSED}
    for name, (partition, lease) in found.items():
        assert partition == home(name, partitions)
        assert lease.account.balance_ore == 0
        assert list(lease.account.invoices) or lease.account.archive
        assert not lease.incomplete
    result = verify(world.settings, world.engine)
    assert (result.lost, result.doubled, result.different) == (0, 0, 0)
    end = topics.spans(world.settings, world.topic)[home(LEASE, partitions)].end
    known = replay(world.settings, world.engine, world.topic, LEASE, date(2026, 3, 30), end).known
    assert known is not None
    assert known.lease.account.balance_ore == 0


def test_what_waits_for_a_registration_is_counted_or_set_aside_and_verify_is_clean(
    world: World,
) -> None:
    told = [
        say(facts.HouseholdUpdated, source, lease_id=lease_id(number), known="yes")
        for source in ("urn:municipality:0180", MUNICIPAL)
        for number in range(6)
    ]
    publish(world, [*days("2026-02-01", "2026-02-02"), *told])
    pump(world)
    publish(world, [registered(lease_id(number)) for number in range(6)])
    publish(world, days("2026-02-03", "2026-02-20"))
    pump(world)
    assert [lease.household.known for _, lease in leases(world).values()] == ["yes"] * 6
    with world.engine.connect() as connection:
        dead = connection.execute(select(schema.dead_records)).all()
    assert [row.error for row in dead] == ["lease_of_another_municipality"] * 6
    result = verify(world.settings, world.engine)
    assert (result.lost, result.doubled, result.different) == (0, 0, 0)
