"""How each Kafka client is set up from the settings: one cluster, one partitioner, TLS and SASL."""

from collections.abc import Mapping
from typing import Any

from confluent_kafka import Consumer, Producer
from kafka import KafkaAdminClient, KafkaProducer
from kafka.errors import KafkaError

from alerts.settings import Settings
from streams.quiet.once_a_minute import LIBRDKAFKA


class KafkaUnreachable(Exception):
    """No broker answers; the text says where and how to mend it."""


def admin(settings: Settings) -> KafkaAdminClient:
    """An administrative client. `KafkaUnreachable` if no broker answers."""
    try:
        return KafkaAdminClient(
            bootstrap_servers=settings.kafka.split(","),
            **kafka_python(settings),
        )
    except (KafkaError, OSError, ValueError) as error:
        raise _no_broker(settings, error) from error


def plain_producer(settings: Settings, **options: Any) -> KafkaProducer:
    """kafka-python's idempotent producer, which any thread may use and whose own partitioner gives
    every lease its home. `KafkaUnreachable` if no broker answers."""
    try:
        return KafkaProducer(
            bootstrap_servers=settings.kafka.split(","),
            enable_idempotence=True,
            acks="all",
            linger_ms=5,
            compression_type="lz4",
            **kafka_python(settings),
            **options,
        )
    except (KafkaError, OSError, ValueError) as error:
        raise _no_broker(settings, error) from error


def end(client: KafkaProducer, seconds: float) -> None:
    """Close kafka-python's producer; what it has not sent within `seconds` is given up."""
    try:
        client.close(timeout=seconds)
    except KafkaError:  # something is unsent: `close` stops short, and its thread would go on
        client._sender.force_close()


def _no_broker(settings: Settings, error: Exception) -> KafkaUnreachable:
    return KafkaUnreachable(
        f"no Kafka broker answers at {settings.kafka} ({type(error).__name__}): start one with "
        "`bokvar broker`, or set BOKVAR_KAFKA"
    )


def kafka_python(settings: Settings) -> dict[str, Any]:
    """TLS, SASL and the patience with a silent broker as kafka-python's clients take them."""
    security = settings.security
    options = {
        "bootstrap_timeout_ms": 1_000 * settings.kafka_patience,
        "security_protocol": security["protocol"],
        "ssl_cafile": security.get("ca"),
        "sasl_mechanism": security.get("sasl"),
        "sasl_plain_username": security.get("user"),
        "sasl_plain_password": security.get("password"),
    }
    return {name: value for name, value in options.items() if value}


def producer(settings: Settings, **options: Any) -> Producer:
    """An idempotent producer whose partitioner gives every lease its home."""
    return Producer(
        {
            **_librdkafka(settings),
            "enable.idempotence": True,
            "acks": "all",
            "partitioner": "murmur2_random",
            "linger.ms": 5,
            "compression.type": "lz4",
            "message.max.bytes": 4 << 20,
            "queue.buffering.max.messages": 500_000,
            # A broker on its way down may say that a partition has no leader; librdkafka then may
            # not ask again before this time, by default five minutes.
            "topic.metadata.refresh.interval.ms": 5_000,
            **options,
        }
    )


def consumer(settings: Settings, **options: Any) -> Consumer:
    """A consumer of committed records that keeps no offsets: the log's reader for tools."""
    return Consumer(
        {
            **_librdkafka(settings),
            "group.id": f"{settings.group}-tools",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            **options,
        }
    )


def _librdkafka(settings: Settings) -> Mapping[str, Any]:
    security = settings.security
    options = {
        "bootstrap.servers": settings.kafka,
        "security.protocol": security["protocol"],
        "ssl.ca.location": security.get("ca"),
        "sasl.mechanism": security.get("sasl"),
        "sasl.username": security.get("user"),
        "sasl.password": security.get("password"),
        "log_level": 3,
        "logger": LIBRDKAFKA,
    }
    return {name: value for name, value in options.items() if value is not None}
