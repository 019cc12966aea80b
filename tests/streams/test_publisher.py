"""Publishing in bulk: what Kafka refuses or does not answer is told, and the order is kept."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from alerts.contract.topics import EVENTS
from models.contract.events import Event
from streams.embedded.broker import Broker
from streams.kafka import log, publisher, topics
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.delivery import Message
from streams.kafka.partitioning import home
from streams.kafka.publisher import Published
from streams.kafka.sender import NotTaken, Sender
from tests.builders import day, lease_id, paid
from tests.pump import World, make_world
from tests.streams.arrived import settings_for

encode = msgspec.json.Encoder().encode


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=3)


def held(world: World) -> list[list[bytes]]:
    """What the event topic holds, by partition."""
    spans = enumerate(topics.spans(world.settings, world.topic))
    return [
        [
            record.value
            for some in log.records(world.settings, world.topic.name, number, span.first, span.end)
            for record in some
        ]
        for number, span in spans
    ]


def payments(count: int) -> list[Event]:
    return [paid("2026-03-01", lease_id(n % 50), payment_id=f"P{n}") for n in range(count)]


def test_a_message_too_large_for_the_topic_is_refused_with_its_size_and_the_way_out(
    world: World,
) -> None:
    large = os.urandom(1_200_000)
    with pytest.raises(NotTaken) as refusal:
        publisher.publish([large], world.settings)
    assert str(refusal.value) == (
        f"Kafka did not take a message of 1200000 bytes for {world.topic.name} "
        "(MSG_SIZE_TOO_LARGE): set the topic's max.message.bytes higher, then publish again; "
        "what arrived twice has no effect"
    )


def test_a_refusal_ends_the_publishing_of_what_comes_after_it(world: World) -> None:
    drawn, most, event = 0, 2_000_000, paid("2026-03-01")

    def large_one_first() -> Iterator[Event | bytes]:
        nonlocal drawn
        yield os.urandom(1_200_000)
        while drawn < most:
            drawn += 1
            yield event

    with pytest.raises(NotTaken, match="MSG_SIZE_TOO_LARGE"):
        publisher.publish(large_one_first(), world.settings)
    assert drawn < most


@pytest.mark.kafka
def test_a_broker_that_does_not_answer_is_given_up_after_the_patience(tmp_path: Path) -> None:
    with Broker(tmp_path / "kafka") as broker:
        settings = settings_for(broker.bootstrap, "sqlite:///unused", "frozen.")
        topics.create(settings)
        publisher.publish(payments(10), settings, partitions=3)
        broker.pause()
        with pytest.raises(KafkaUnreachable, match="1 seconds passed without one"):
            publisher.publish(payments(10), settings, partitions=3, patience=1.0)
        broker.resume()
        assert publisher.publish(payments(10), settings, partitions=3).messages == 10


@pytest.mark.parametrize("publish", [publisher.publish, publisher.publish_plain])
def test_each_lease_comes_home_in_order_and_what_is_about_none_everywhere(
    world: World, publish: Callable[..., Published]
) -> None:
    events = [*payments(2_500), day("2026-03-01"), *payments(10)]
    told: list[int] = []

    done = publish(events, world.settings, told=told.append)

    assert (done.events, done.messages, told) == (2_511, 2_513, [1_000, 2_000])
    for number, values in enumerate(held(world)):
        mine = [e for e in events if e.subject is None or home(e.subject, 3) == number]
        assert values == [encode(event) for event in mine]


def test_bytes_that_are_no_event_go_to_partition_0_to_be_set_aside(world: World) -> None:
    publisher.publish([b"not json", b"\xff"], world.settings)
    assert held(world) == [[b"not json", b"\xff"], [], []]


@pytest.mark.kafka
@pytest.mark.timeout(180)
def test_a_client_that_says_nothing_for_long_is_given_up_for_a_new_one_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    with Broker(tmp_path / "kafka") as broker:
        settings = settings_for(broker.bootstrap, "sqlite:///unused", "silent.")
        topics.create(settings)
        name = topics.full_name(settings, EVENTS)
        sender = Sender(settings, lambda: True, silence=3.0)
        batch = [Message(name, b"k", b"%d" % n, None, 0) for n in range(5)]
        assert sender.send([batch])[0].arrived == 5
        broker.pause()
        silent = sender.send([batch])[0]
        assert (silent.arrived, silent.refusal) == (0, None)
        broker.resume()
        assert sender.send([batch])[0].arrived == 5
