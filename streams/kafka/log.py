"""Reads a partition of a topic from one offset up to another, in bulk: the log as tools see it.

Only committed records are seen. Markers of transactions leave gaps in the offsets, which mean
nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from confluent_kafka import Consumer, KafkaError, KafkaException, Message
from confluent_kafka import TopicPartition as Place

from alerts.fold.record import Record
from alerts.settings import Settings
from streams.kafka.append_time import of_message
from streams.kafka.clients import KafkaUnreachable, consumer
from streams.kafka.decode import decode

CHUNK = 20_000  # records at once
PATIENCE = 30.0  # seconds without a record before the log counts as silent
_POLL = 0.25  # seconds; waited out where markers hide the last offsets, or a leader changes
_CHANGING = (KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE)
_GONE = (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE)


class LogExpiredError(Exception):
    """The log no longer holds the offset that was asked for; the text says how to go on."""


class LogEndsEarlyError(Exception):
    """The log ends before the offset that was asked for; the text says how to go on."""


def records(
    settings: Settings, topic: str, partition: int, first: int, end: int, chunk: int = CHUNK
) -> Iterator[list[Record]]:
    """The decoded records at the offsets from `first` up to, not including, `end`.

    `topic` is the full name. Raises `LogExpiredError`, `LogEndsEarlyError` or `KafkaUnreachable`.
    """
    for found in messages(settings, topic, partition, first, end, chunk):
        yield [decoded(message) for message in found]


def messages(
    settings: Settings, topic: str, partition: int, first: int, end: int, chunk: int = CHUNK
) -> Iterator[list[Message]]:
    """The same, as they come from Kafka, at most `chunk` at a time and never an empty list."""
    if first >= end:
        return
    with _opened(settings) as client:
        _check(client, settings, Place(topic, partition), first, end)
        client.assign([Place(topic, partition, first)])
        yield from _fetch(client, first, end, chunk)


def span(settings: Settings, topic: str, partition: int) -> tuple[int, int]:
    """The offsets that a partition holds: from the first up to, not including, the second."""
    with _opened(settings) as client:
        return _span(client, settings, Place(topic, partition))


@contextmanager
def _opened(settings: Settings) -> Iterator[Consumer]:
    client = consumer(settings)
    try:
        yield client
    finally:
        client.close()


def _span(client: Consumer, settings: Settings, place: Place) -> tuple[int, int]:
    try:
        found = _watermarks(client, place)
    except KafkaException as error:
        if error.args[0].code() == KafkaError._UNKNOWN_PARTITION:
            raise LogEndsEarlyError(
                f"topic {place.topic} has no partition {place.partition}: run `bokvar init` first"
            ) from None
        found = None
    if found is None:
        raise KafkaUnreachable(
            f"no Kafka broker answers for {place.topic} at {settings.kafka}: start it, or set "
            "BOKVAR_KAFKA"
        )
    return found


def _watermarks(client: Consumer, place: Place) -> tuple[int, int] | None:
    """The offsets as Kafka tells them; a partition whose leader changes is asked again."""
    until = monotonic() + PATIENCE
    while True:
        try:
            found: tuple[int, int] | None = client.get_watermark_offsets(place, timeout=PATIENCE)
            return found
        except KafkaException as error:
            if error.args[0].code() not in _CHANGING or monotonic() > until:
                raise
            sleep(_POLL)


def _check(client: Consumer, settings: Settings, place: Place, first: int, end: int) -> None:
    held_first, held_end = _span(client, settings, place)
    where = f"partition {place.partition} of {place.topic}"
    if first < held_first:
        raise LogExpiredError(_expired(where, first, held_first))
    if end > held_end:
        raise LogEndsEarlyError(
            f"{where} ends at offset {held_end}, but it was read up to {end} before: restore the "
            "log that belongs to the database, or take the new one on with `bokvar init --adopt`"
        )


def _expired(where: str, first: int, held: int | None) -> str:
    begins = "begins later now" if held is None else f"begins at offset {held} now"
    return (
        f"{where} {begins}, but is needed from {first}: records have expired; restore the topic, "
        "or start from a checkpoint that was saved after them"
    )


def _fetch(client: Consumer, first: int, end: int, chunk: int) -> Iterator[list[Message]]:
    position, heard = first, monotonic()
    while position < end:
        batch: list[Message] = []
        for message in client.consume(min(chunk, end - position), timeout=_POLL):
            if message.error() is not None:
                position = max(position, _seen_end(message, first))
            elif message.offset() < end:
                batch.append(message)
                position = message.offset() + 1
            else:
                position = end
        if batch:
            yield batch
            heard = monotonic()
        elif position < end and monotonic() - heard > PATIENCE:
            raise LogEndsEarlyError(
                f"nothing came from offset {position} on for {PATIENCE:g} seconds, up to {end}: a "
                "producer's transaction is still open, or the broker does not answer; try again"
            )


def _seen_end(message: Message, first: int) -> int:
    """The offset up to which there is nothing more, from a message that is no record."""
    error = message.error()
    if error.code() == KafkaError._PARTITION_EOF:
        return int(message.offset())
    if error.code() in _GONE:
        where = f"partition {message.partition()} of {message.topic()}"
        raise LogExpiredError(_expired(where, first, None))
    if error.fatal() or not error.retriable():
        raise KafkaUnreachable(f"Kafka could not be read ({error.name()}): try again")
    return 0


def decoded(message: Message) -> Record:
    """A message of the event topic, decoded."""
    return decode(
        message.offset(), message.key(), message.value(), headers(message), of_message(message)
    )


def headers(message: Message) -> list[tuple[str, bytes]]:
    """A message's headers as `decode` takes them."""
    return [(name, value or b"") for name, value in message.headers() or ()]
