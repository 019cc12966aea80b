"""Records that come twice, late, broken or in the wrong place."""

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import func, select

from alerts.store import schema
from models.lease import state as stored
from streams.kafka.clients import producer
from streams.kafka.partitioning import home
from tests import builders
from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole
from tests.chaos.running import Running
from tests.chaos.system import Servers

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
FAULTS = (
    "producer repeats and reorders",
    "poison among good records",
    "odd input of every kind",
    "record in the wrong partition",
)
encode = msgspec.json.encode


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_after_bad_records_all_flows_and_nothing_is_lost_or_doubled(
    fault: str, run: Callable[[str], Running]
) -> None:
    run("postgresql").endure(fault)


def test_a_record_in_the_wrong_partition_is_sent_home_and_folded_once(
    servers: Servers, start: Start
) -> None:
    system, town = start(servers)
    partitions = system.topic.partitions
    wrong = (home(builders.LEASE, partitions) + 1) % partitions
    events = [builders.registered(), builders.invoiced("2026-03"), builders.paid("2026-02-20")]
    key = builders.LEASE.encode()
    town.send_and_wait([(key, encode(event), wrong) for event in events])
    town.publish([encode(event) for event in builders.days("2026-02-19", "2026-03-31")])
    found = assert_whole(system, town)
    named = partitions  # the rules, first of all
    assert found.events == named + 3 + 3 + 41 * partitions, "each twice: astray and at home"
    with system.engine.connect() as connection:
        (row,) = connection.execute(select(schema.leases)).all()
    lease = stored.decode(row.state, row.state_version)
    assert row.partition == home(builders.LEASE, partitions)
    assert lease.account.balance_ore == 0, "one invoice and one payment, each once"


def test_records_of_transactions_are_folded_and_their_markers_are_no_gaps(
    on_sqlite: Servers, start: Start
) -> None:
    """Each ends with a marker, the log's last offsets too; what was aborted is not folded."""
    system, town = start(on_sqlite)
    client = producer(system.settings, **{"transactional.id": "landlord"})
    client.init_transactions(30)
    for number in range(40):
        client.begin_transaction()
        lease = builders.lease_id(number)
        client.produce(system.topic.name, encode(builders.registered(lease)), lease.encode())
        client.flush(30)
        if number % 4 == 3:
            client.abort_transaction(30)
        else:
            client.commit_transaction(30)
    assert_whole(system, town, least=30)
    with system.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.leases)) == 30


def test_every_poison_record_is_set_aside_and_every_good_one_is_folded(
    on_sqlite: Servers, start: Start
) -> None:
    system, town = start(on_sqlite)
    leases = [builders.lease_id(number) for number in range(50)]
    for number, lease in enumerate(leases):
        good, bad = encode(builders.registered(lease)), b'{"broken": ' + str(number).encode()
        town.send_and_wait([(lease.encode(), good, None), (lease.encode(), bad, None)])
    assert_whole(system, town, least=100)
    with system.engine.connect() as connection:
        registered = select(func.count()).where(schema.leases.c.registered == 1)
        errors = connection.execute(select(schema.dead_records.c.error)).scalars().all()
        assert connection.scalar(registered) == 50
    assert errors == ["unreadable_json"] * 50
