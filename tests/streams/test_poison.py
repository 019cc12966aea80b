"""A worker whose program fails on a record, on a real Kafka and on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from alerts.fold.faults import FOLD_FAILED, MOST_IN_A_ROW
from alerts.store import schema
from alerts.store.sql import read_watermarks
from models.contract.events import Event
from streams.embedded.broker.config import free_ports
from streams.kafka import topics
from streams.kafka.partitioning import home
from streams.proof.verify import verify
from tests.builders import days, invoiced, lease_id, paid, registered
from tests.chaos.parts import Part, looked_after
from tests.poison import SECRET, install, poisoned, poisoned_lease
from tests.pump import World, make_world, publish
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(240)
HOST = "127.0.0.1"


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    """Two partitions of an empty town."""
    return make_world(kafka, topic_prefix, tmp_path, database_url, partitions=2)


@pytest.fixture
def worker(world: World, tmp_path: Path) -> Iterator[Part]:
    """A worker whose program has errors."""
    own = {"BOKVAR_WEB_HOST": HOST, "BOKVAR_WEB_PORT": str(free_ports(1)[0])}
    part = Part("worker", ["worker"], tmp_path, {**world.environment, **own}, "tests.poison")
    with looked_after(part):
        yield part


def at_home(number: int, world: World) -> str:
    """A sound lease of a partition."""
    found = (lease_id(n) for n in range(1, 100))
    return next(name for name in found if home(name, world.topic.partitions) == number)


def reasons(worker: Part) -> tuple[int, list[str]]:
    """What /ready answers: its status, and why the worker does not work."""
    port = worker.environment["BOKVAR_WEB_PORT"]
    try:
        answer = requests.get(f"http://{HOST}:{port}/ready", timeout=5)
    except requests.RequestException:
        return 0, []
    return answer.status_code, answer.json()["reasons"]


def wait_stopped(worker: Part) -> str:
    """Wait until /ready fails because of partition 0; the reason."""

    def stopped() -> str:
        status, why = reasons(worker)
        found = [reason for reason in why if reason.startswith("partition 0: ")]
        return found[0] if status == 503 and found else ""

    return wait_until(stopped, 90, "partition 0 stops")


def ends(world: World) -> dict[int, int]:
    return {n: span.end for n, span in enumerate(topics.spans(world.settings, world.topic))}


def watermarks(world: World) -> dict[int, int]:
    with world.engine.connect() as connection:
        return read_watermarks(connection)


def dead(world: World) -> list[Any]:
    with world.engine.connect() as connection:
        return list(connection.execute(select(schema.dead_records)))


def wait_folded(world: World, number: int) -> None:
    """Wait until a partition is folded to its end."""
    wait_until(
        lambda: watermarks(world)[number] == ends(world)[number],
        90,
        f"partition {number} is folded",
    )


def month(*leases: str) -> list[Event]:
    """Leases that owe February's rent, until it is late."""
    known = [e for lease in leases for e in (registered(lease), invoiced("2026-02", lease))]
    return [*known, *days("2026-02-01", "2026-02-04")]


def test_a_record_whose_fold_raises_is_set_aside_and_the_rest_flows_and_ten_in_a_row_stop_it(
    world: World, worker: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, other = at_home(0, world), at_home(1, world)
    publish(
        world,
        [poisoned(1, sound), *month(sound, other, poisoned_lease(1)), paid("2026-02-05", sound)],
    )
    worker.start()
    for number in (0, 1):
        wait_folded(world, number)
    assert wait_until(lambda: reasons(worker)[0], 30, "it answers") == 200
    assert {row.error for row in dead(world)} == {FOLD_FAILED}
    assert len(dead(world)) == 2
    before = watermarks(world)[0]

    publish(world, [poisoned(n, sound) for n in range(10, 10 + MOST_IN_A_ROW)])
    publish(world, [paid("2026-02-06", other)])
    why = wait_stopped(worker)
    assert "10 records in a row cannot be folded" in why
    assert "start a version of Bokvar that can fold it" in why
    assert SECRET not in worker.log.read_text()
    wait_folded(world, 1)
    assert before <= watermarks(world)[0] < ends(world)[0]
    assert worker.running

    install(monkeypatch)
    verified = verify(world.settings, world.engine)
    assert verified.differences == 0, verified.examples


def test_a_partition_that_stopped_goes_on_with_a_program_that_can_fold_it(
    world: World, worker: Part
) -> None:
    sound = at_home(0, world)
    publish(world, [registered(sound), *(poisoned(n, sound) for n in range(MOST_IN_A_ROW))])
    worker.start()
    wait_stopped(worker)
    worker.end()
    mended = Part("mended", ["worker"], worker.log.parent, worker.environment)
    with looked_after(mended):
        mended.start()
        wait_folded(world, 0)
    assert not dead(world)
