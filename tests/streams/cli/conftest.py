"""A world for the commands: two leases in arrears, one held, one record set aside."""

from datetime import date
from pathlib import Path

import pytest

from models.contract import facts
from tests.builders import days, event, invoiced, lease_id, paid, registered
from tests.pump import World, make_world, publish, pump

BAD = b'{"specversion":"1.0","type":"se.bokvar.rent.paid.v1","id":"e1",'
BAD += b'"source":"urn:landlord:559990-0013","subject":"559990-0013:1","data":{"lease_id":'
BAD += b'"559990-0013:1","payment_id":"PX","amount_ore":-5,"booked_on":"2026-03-20"}}'


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    """Lease 1 has not paid March, lease 2 has children and has not paid either, lease 3 has paid,
    lease 4 has paid and is not registered; all through 20 March 2026."""
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)
    fill(world)
    return world


@pytest.fixture
def both(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    """The same, once on SQLite and once on PostgreSQL."""
    world = make_world(kafka, topic_prefix, tmp_path, database_url, partitions=2)
    fill(world)
    return world


def fill(world: World) -> None:
    children = event(
        facts.HouseholdUpdated(lease_id=lease_id(2), known="yes", children=[facts.Child(2018)]),
        "household 2",
        "urn:municipality:0181",
    )
    household = event(
        facts.HouseholdUpdated(lease_id=lease_id(1), known="yes"),
        "household 1",
        "urn:municipality:0181",
    )
    feed = event(
        facts.FeedCompleted(landlord_id="559990-0013", through_on=date(2026, 3, 10)),
        "feed",
    )
    publish(
        world,
        [
            *(registered(lease_id(n), district="Ronna" if n == 1 else "Hovsjö") for n in (1, 2, 3)),
            household,
            children,
            *(invoiced("2026-03", lease_id(n)) for n in (1, 2, 3)),
            paid("2026-02-27", lease_id(3)),
            *days("2026-02-20", "2026-03-01"),
            paid("2026-03-02", lease_id(4)),
            BAD,
            *days("2026-03-02", "2026-03-10"),
            feed,
            *days("2026-03-11", "2026-03-20"),
        ],
    )
    pump(world)
