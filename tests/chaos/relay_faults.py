"""Relays that die, freeze and run in twos, and clocks that jump."""

from collections.abc import Callable, Iterator

from confluent_kafka import TopicPartition as Place
from sqlalchemy import select

from alerts.contract.topics import LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from alerts.store import schema
from alerts.store.database import reading
from streams.kafka import topics
from streams.kafka.clients import consumer
from tests.chaos.databases import locked
from tests.chaos.faults import Scene, Target, fault
from tests.chaos.parts import Part
from tests.chaos.system import System
from tests.waiting import wait_until

LOSES_LEASE = (11.0, 13.0)  # seconds; another relay may take over after ten
_HOUR = 3_600.0
_CLOCK = "no rule reads it, and a lease claimed in another time keeps nobody waiting"
_SENT_AGAIN = "the same messages may come again with the same ids; none is missing"


@fault("relay killed", Target.RELAY, _SENT_AGAIN)
def relay_killed(scene: Scene) -> Iterator[None]:
    """SIGKILL at any moment."""
    one_relay(scene).kill()
    yield


@fault("relay killed between send and mark", Target.RELAY, _SENT_AGAIN)
def killed_before_mark(scene: Scene) -> Iterator[None]:
    """SIGKILL when Kafka has the messages and the cursor has not moved."""
    relays = [part for part in scene.system.relays if part.running]
    scene.wait(
        lambda: _send_without_mark(scene, relays), "the relay sends and cannot mark", times=2
    )
    yield


@fault(
    "relay frozen until its lease is over",
    Target.RELAY,
    "another takes over; when it wakes it cannot move the cursor, and sends at worst a repeat",
    seconds=LOSES_LEASE,
)
def relay_frozen(scene: Scene) -> Iterator[None]:
    """SIGSTOP, and SIGCONT when another relay is at work."""
    relay = one_relay(scene)
    relay.pause()
    try:
        yield
    finally:
        relay.resume()


@fault("two relays at once", Target.RELAY, _SENT_AGAIN, seconds=(2.0, 6.0))
def two_relays(scene: Scene) -> Iterator[None]:
    """A second relay joins while the first one works, and is killed."""
    second = scene.system.part("relay")
    second.start()
    try:
        yield
    finally:
        second.crash()
        scene.system.supervisor.parts.remove(second)


@fault("clock put forward", Target.CLOCK, _CLOCK, seconds=(2.0, 6.0))
def clock_forward(scene: Scene) -> Iterator[None]:
    """The wall clock of every process is an hour ahead, and then right again."""
    yield from _clock_moved(scene, _HOUR)


@fault("clock put back", Target.CLOCK, _CLOCK, seconds=(2.0, 6.0))
def clock_back(scene: Scene) -> Iterator[None]:
    """The wall clock of every process is an hour late, and then right again."""
    yield from _clock_moved(scene, -_HOUR)


def _clock_moved(scene: Scene, seconds: float) -> Iterator[None]:
    levers = scene.system.levers
    levers.set(clock=seconds)
    try:
        yield
    finally:
        levers.set(clock=0.0)


def one_relay(scene: Scene) -> Part:
    """Any relay that runs."""
    return scene.one_of(scene.system.relays)


def _send_without_mark(scene: Scene, relays: list[Part]) -> bool:
    """Let the relay send into a database that takes no mark, and kill it there.

    False if the moment was not right, for the relay may have to ask for its turn first, wait for
    work, or be frozen with SQLite's lock in its hand.
    """
    system = scene.system
    if system.sqlite:  # there the lock that is to be held keeps a turn from being renewed too
        ends = turn_ends(system)
        if not _comes(lambda: turn_ends(system) != ends, 5):
            return False
    for relay in relays:
        relay.pause()
    try:
        if not _comes(system.unsent, 2):
            return False
        with locked(system, "relayed", patience=1):
            before = _sent(system)
            for relay in relays:
                relay.resume()
            if not _comes(lambda: _sent(system) > before, 4):
                return False
            for relay in relays:
                relay.kill()
            return True
    finally:
        for relay in relays:
            relay.resume()


def _comes(condition: Callable[[], object], seconds: float) -> bool:
    """Does it come true in that time?"""
    try:
        wait_until(condition, seconds, "it comes")
    except AssertionError:
        return False
    return True


def turn_ends(system: System) -> float:
    """When the active relay's turn ends, epoch seconds by its clock; it moves when renewed."""
    with reading(system.engine) as connection:
        ends = select(schema.holders.c.until).where(schema.holders.c.name == "relay")
        return connection.scalar(ends) or 0.0


def _sent(system: System) -> int:
    """How many messages the output topics hold."""
    client = consumer(system.settings)
    try:
        return sum(
            client.get_watermark_offsets(
                Place(topics.full_name(system.settings, topic), number), timeout=5
            )[1]
            for topic in (VISIT_TASKS, LEASE_RISK, LANDLORD_FEEDBACK)
            for number in range(system.topic.partitions)
        )
    finally:
        client.close()
