"""How the log stands, as Kafka tells: where each partition ends, and why one cannot go on."""

from collections.abc import Iterable, Sequence

from kafka.errors import KafkaError
from msgspec import Struct
from sqlalchemy import Engine

from alerts.fold.partition import Partition
from alerts.settings import Settings
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.topics import TopicError
from streams.proof.places import why_foreign
from streams.rules.gate import RulesGate
from streams.rules.known import rulebook


class LogStatus(Struct):
    """`away` says why Kafka tells nothing, `foreign` why the database is not this log's, `stopped`
    why partitions stand still for the sake of their rules."""

    spans: Sequence[topics.Span] = ()
    foreign: str | None = None
    stopped: dict[int, str] = {}
    away: str | None = None


def read_log(settings: Settings, engine: Engine, held: Iterable[Partition]) -> LogStatus:
    """How the log stands beside the partitions that the database holds."""
    try:
        topic = topics.event_topic(settings)
        spans = topics.spans(settings, topic)
        foreign = why_foreign(engine, topic)
        stopped = {} if foreign else _stopped_by_rules(settings, engine, topic, held, spans)
    except (KafkaUnreachable, TopicError) as error:
        return LogStatus(away=str(error))
    except KafkaError as error:
        return LogStatus(away=f"Kafka at {settings.kafka} does not answer ({type(error).__name__})")
    return LogStatus(spans, foreign, stopped)


def _stopped_by_rules(
    settings: Settings,
    engine: Engine,
    topic: topics.EventTopic,
    held: Iterable[Partition],
    spans: Sequence[topics.Span],
) -> dict[int, str]:
    """Why partitions stand still for the sake of their rules, as their next record tells."""
    gate = RulesGate(settings, engine, topic, rulebook(settings, engine))
    partitions = list(held)
    behind = [p.number for p in partitions if p.next_offset < spans[p.number].end]
    gate.standing.update(behind)  # the log is asked, for a database may not know of the change
    return gate.reasons([partition.number for partition in partitions], spans)
