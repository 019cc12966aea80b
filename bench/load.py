"""The events that everyone reads: a simulated Södertälje, published once."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from alerts.settings import Settings
from models.contract.events import Event
from streams.kafka import publisher, topics
from streams.simulate import simulate

SEED = 1
START = date(2026, 1, 1)
DAYS = 365
EVENTS_A_LEASE = 28.0  # of a simulated year, a little less than there are


def events(count: int) -> Iterator[Event]:
    """The first `count` events of a year, of as many homes as that takes."""
    leases = max(1, round(count / EVENTS_A_LEASE))
    return islice(simulate(leases, START, DAYS, SEED), count)


def publish(settings: Settings, count: int) -> list[int]:
    """Fill the event topic; returns how many records each partition holds.

    An event without a lease goes to every partition, so there are more records than events.
    """
    topics.create(settings)
    topic = topics.check(settings)
    publisher.publish(events(count), settings, partitions=topic.partitions)
    return [span.end for span in topics.spans(settings, topic)]
