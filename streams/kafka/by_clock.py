"""Does a log go by the clock? It does once a scheduler has told it a day."""

from confluent_kafka import Message
from sqlalchemy import Engine

from alerts.settings import Settings
from alerts.store.database import reading
from alerts.store.sql import read_partitions
from models.contract.facts import CalendarDay
from streams.kafka import log
from streams.kafka.topics import EventTopic, spans

_MARK = b"told_by"  # in the bytes of every day of the scheduler's


def goes_by_clock(settings: Settings, engine: Engine, topic: EventTopic) -> bool:
    """As the database knows it, or a record that nobody has folded yet.

    Raises those of the log, and faults of the database.
    """
    with reading(engine) as connection:
        held = read_partitions(connection)
    if any(partition.by_clock for partition in held):
        return True
    ends = spans(settings, topic)
    return any(
        _says_so(message)
        for partition in held
        for found in log.messages(
            settings,
            topic.name,
            partition.number,
            max(partition.next_offset, ends[partition.number].first),
            ends[partition.number].end,
        )
        for message in found
        if _MARK in (message.value() or b"")
    )


def _says_so(message: Message) -> bool:
    event = log.decoded(message).event
    return event is not None and type(event.data) is CalendarDay and event.data.told_by is not None
