"""The log as tools read it: whole, in order, in bounded pieces, and never silently short."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from confluent_kafka import Producer
from kafka import KafkaAdminClient, TopicPartition

from alerts.settings import Settings, read
from streams.kafka import log
from streams.kafka.clients import KafkaUnreachable
from tests.waiting import wait_until


@pytest.fixture
def settings(kafka: str, tmp_path: Path) -> Settings:
    return read({"BOKVAR_KAFKA": kafka, "BOKVAR_DATA": str(tmp_path)})


def fill(kafka: str, topic: str, count: int, **options: object) -> None:
    producer = Producer({"bootstrap.servers": kafka, **options})
    if options:
        producer.init_transactions(30)
        producer.begin_transaction()
    for number in range(count):
        producer.produce(topic, f"{number}".encode(), partition=0)
    if options:
        producer.commit_transaction(30)
    assert producer.flush(30) == 0


def values(settings: Settings, topic: str, first: int, end: int, chunk: int = 1_000) -> list[int]:
    found = log.records(settings, topic, 0, first, end, chunk)
    return [int(record.value) for records in found for record in records]


def test_a_log_whose_start_has_moved_past_the_wanted_offset_is_named(
    kafka: str, settings: Settings, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1)
    fill(kafka, topic, 10)
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    admin.delete_records({TopicPartition(topic, 0): 4})
    admin.close()

    with pytest.raises(log.LogExpiredError, match="begins at offset 4 now, but is needed from 3"):
        values(settings, topic, 3, 10)
    assert values(settings, topic, 4, 10) == [4, 5, 6, 7, 8, 9]


def test_a_log_that_ends_before_the_wanted_offset_is_named(
    kafka: str, settings: Settings, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1)
    fill(kafka, topic, 3)
    with pytest.raises(log.LogEndsEarlyError, match="ends at offset 3"):
        values(settings, topic, 0, 4)


def test_a_partition_that_does_not_exist_is_named(
    settings: Settings, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1)
    with pytest.raises((log.LogEndsEarlyError, KafkaUnreachable), match=topic):
        list(log.messages(settings, topic, 7, 0, 1))


def test_no_broker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PATIENCE", 1.0)
    settings = read({"BOKVAR_KAFKA": "127.0.0.1:1", "BOKVAR_DATA": str(tmp_path)})
    with pytest.raises(KafkaUnreachable, match="no Kafka broker answers"):
        values(settings, "events", 0, 1)


def test_an_empty_partition_gives_nothing(
    settings: Settings, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1)
    assert log.span(settings, topic, 0) == (0, 0)
    assert values(settings, topic, 0, 0) == []


def test_a_piece_of_the_log_comes_whole_and_in_order_in_bounded_lists(
    kafka: str, settings: Settings, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1)
    fill(kafka, topic, 100)
    lists = list(log.records(settings, topic, 0, 20, 90, chunk=30))
    assert [record.offset for records in lists for record in records] == list(range(20, 90))
    assert max(map(len, lists)) <= 30


def test_markers_of_transactions_are_passed_over_also_at_the_end(
    kafka: str, settings: Settings, fresh_topics: Callable[..., str], topic_prefix: str
) -> None:
    topic = fresh_topics("events", 1)
    for number in range(2):
        fill(kafka, topic, 5, **{"transactional.id": f"{topic_prefix}{number}"})
        end = (number + 1) * 6  # a broker marks a transaction some time after it is committed
        wait_until(partial(_spans, settings, topic, end), 30, "the transaction is marked")

    assert values(settings, topic, 0, 12) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    assert values(settings, topic, 0, 6) == [0, 1, 2, 3, 4]


def _spans(settings: Settings, topic: str, end: int) -> bool:
    return log.span(settings, topic, 0) == (0, end)


def test_an_aborted_transaction_is_not_read(
    kafka: str, settings: Settings, fresh_topics: Callable[..., str], topic_prefix: str
) -> None:
    topic = fresh_topics("events", 1)
    producer = Producer({"bootstrap.servers": kafka, "transactional.id": topic_prefix})
    producer.init_transactions(30)
    producer.begin_transaction()
    producer.produce(topic, b"13", partition=0)
    producer.flush(30)
    producer.abort_transaction(30)
    fill(kafka, topic, 1)
    wait_until(partial(_spans, settings, topic, 3), 30, "the transaction is marked")
    assert values(settings, topic, 0, 3) == [0]


def test_an_open_transaction_is_not_waited_for_for_ever(
    kafka: str,
    settings: Settings,
    fresh_topics: Callable[..., str],
    topic_prefix: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "PATIENCE", 2.0)
    topic = fresh_topics("events", 1)
    fill(kafka, topic, 2)
    producer = Producer({"bootstrap.servers": kafka, "transactional.id": topic_prefix})
    producer.init_transactions(30)
    producer.begin_transaction()
    producer.produce(topic, b"13", partition=0)
    assert producer.flush(30) == 0
    with pytest.raises(log.LogEndsEarlyError):
        values(settings, topic, 0, 3)
    producer.abort_transaction(30)
