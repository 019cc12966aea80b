"""Where a proof is taken from: the checkpoints' folder and the database's own topic."""

from pathlib import Path

from sqlalchemy import Engine

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from alerts.store.setup import SetupError, mismatch, tied_topic
from streams.kafka import topics


def folder(settings: Settings) -> Path:
    """Where the checkpoints are."""
    return settings.data / "checkpoints"


def own_topic(settings: Settings, engine: Engine) -> topics.EventTopic:
    """The event topic that the database belongs to. `SetupError` if it is another one."""
    topic = topics.event_topic(settings)
    foreign = why_foreign(engine, topic)
    if foreign is not None:
        raise SetupError(foreign)
    return topic


def why_foreign(engine: Engine, topic: topics.EventTopic) -> str | None:
    """Why the database does not belong to the event topic; None if it does."""
    tied = tied_topic(engine, EVENTS)
    if tied is None:
        return "the database belongs to no topic yet: run `bokvar init` first"
    if tied != (topic.topic_id, topic.partitions):
        return mismatch(topic.name, *tied, topic.topic_id, topic.partitions)
    return None
