"""What became of a batch: never more counts as arrived than what surely has."""

from typing import NamedTuple

from confluent_kafka import KafkaError

from streams.kafka.delivery import Batch, Message, Sent, Whose

REFUSED = KafkaError(KafkaError.MSG_SIZE_TOO_LARGE)
GIVEN_UP = KafkaError(KafkaError._PURGE_INFLIGHT)


class Report(NamedTuple):
    """As much of the client's report of a message as a batch reads."""

    message: Message

    def key(self) -> bytes | None:
        return self.message.key

    def value(self) -> bytes:
        return self.message.value


def batch(*values: bytes) -> Batch:
    return Batch([Message("a topic", b"key", value) for value in values])


def note(of: Batch, error: KafkaError, *values: bytes) -> None:
    """The client reports the messages with these values, in this order."""
    for value in values:
        of.note(error, Report(Message("a topic", b"key", value)))


def test_of_messages_alike_of_which_one_was_refused_none_counts() -> None:
    found = batch(b"1", b"same", b"2", b"same", b"3")
    note(found, REFUSED, b"same")
    assert found.sent().arrived == 1


def test_of_several_refusals_the_first_message_counts_whatever_was_reported_first() -> None:
    found = batch(b"1", b"22", b"3", b"44")
    note(found, GIVEN_UP, b"44", b"3")
    note(found, REFUSED, b"22")
    arrived, refusal, whose = found.sent()
    assert (arrived, whose) == (1, Whose.MESSAGE)
    assert refusal == (
        "Kafka did not take a message of 2 bytes for a topic (MSG_SIZE_TOO_LARGE): set the "
        "topic's max.message.bytes higher"
    )


def test_what_was_only_given_up_is_no_refusal() -> None:
    found = batch(b"1", b"2", b"3")
    note(found, GIVEN_UP, b"2", b"3")
    assert found.sent() == Sent(1)


def test_a_report_without_an_error_refuses_nothing() -> None:
    found = batch(b"1", b"2")
    found.note(None, Report(Message("a topic", b"key", b"2")))
    assert found.sent() == Sent(2)
