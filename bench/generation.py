"""How often a consumer group was rebalanced, from what Kafka itself noted of it."""

import struct

from confluent_kafka import Consumer, KafkaError, TopicPartition

from alerts.settings import Settings
from streams.kafka.clients import consumer

_TOPIC = "__consumer_offsets"
_GROUP = 2  # the version of a key that speaks of a group, not of an offset
_PATIENCE = 30.0  # seconds


def generation(settings: Settings, group: str) -> int:
    """The group's newest generation; it grows by one with each rebalance. 0 if there was none."""
    reader = consumer(settings, **{"auto.offset.reset": "earliest"})
    try:
        numbers = reader.list_topics(_TOPIC, timeout=_PATIENCE).topics[_TOPIC].partitions
        reader.assign([TopicPartition(_TOPIC, number, 0) for number in numbers])
        return _newest(reader, group.encode(), len(numbers))
    finally:
        reader.close()


def _newest(reader: Consumer, group: bytes, partitions: int) -> int:
    found, ended = 0, 0
    while ended < partitions:
        message = reader.poll(_PATIENCE)
        if message is None:
            raise TimeoutError(f"Kafka does not give the end of {_TOPIC}")
        if message.error():
            ended += message.error().code() == KafkaError._PARTITION_EOF
        elif message.value() and _names(message.key(), group):
            found = max(found, _of(message.value()))
    return found


def _names(key: bytes, group: bytes) -> bool:
    """Does the key (int16 version, int16 length, text) name the group?"""
    version, length = struct.unpack_from(">hh", key)
    return bool(version == _GROUP and key[4 : 4 + length] == group)


def _of(value: bytes) -> int:
    """The generation: int32 behind an int16 version and the text of the protocol's type."""
    (length,) = struct.unpack_from(">h", value, 2)
    return int(struct.unpack_from(">i", value, 4 + length)[0])
