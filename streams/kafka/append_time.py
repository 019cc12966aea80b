"""When the broker itself took a record: the one time in the log that is no sender's word.

A topic with CreateTime stamps its records with what their senders say; `topics.check` refuses such
a topic, but it may have been one before, so each record is asked for its kind of time.
"""

from aiokafka import ConsumerRecord
from confluent_kafka import TIMESTAMP_LOG_APPEND_TIME, Message

_BROKERS = 1  # aiokafka's number for LogAppendTime


def of_message(message: Message) -> int | None:
    """Milliseconds since 1970 UTC, or None, of a message of confluent-kafka."""
    kind, milliseconds = message.timestamp()
    return milliseconds if kind == TIMESTAMP_LOG_APPEND_TIME else None


def of_fetched(record: "ConsumerRecord[bytes, bytes]") -> int | None:
    """The same of a record of aiokafka."""
    return record.timestamp if record.timestamp_type == _BROKERS else None
