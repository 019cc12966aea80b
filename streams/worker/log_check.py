"""Holds the database to the log: is it the right topic, and does the log reach the watermarks?"""

from typing import NamedTuple

from faust.types import TP
from sqlalchemy import Engine

from alerts.settings import Settings
from alerts.store.database import reading
from alerts.store.sql import read_watermarks
from streams.kafka import topics
from streams.proof.places import why_foreign
from streams.rules.gate import RulesGate


class Look(NamedTuple):
    """Why partitions must not go on, and where the log of each ends as far as Kafka told."""

    reasons: dict[TP, str]
    ends: dict[int, int | None]


def look(
    settings: Settings,
    engine: Engine,
    rules: RulesGate,
    places: list[TP],
    begun: topics.EventTopic,
) -> Look:
    """Partitions must not go on with another topic or none, more partitions than when the worker
    began (`begun`), a watermark outside its log, or rules that this program does not know.

    Raises faults of the database and of Kafka as they come.
    """
    unknown = dict.fromkeys(tp.partition for tp in places)
    try:
        topic = topics.event_topic(settings)
    except topics.TopicMissing as error:
        return Look(dict.fromkeys(places, str(error)), unknown)
    foreign = why_foreign(engine, topic)
    if foreign is not None:
        return Look(dict.fromkeys(places, foreign), unknown)
    if topic.partitions != begun.partitions:
        return Look(dict.fromkeys(places, _begun_with_fewer(begun, topic)), unknown)
    # Others fold and delete meanwhile: the end must not have been seen before the watermark,
    # nor the start after it.
    before = all_watermarks(engine)
    spans = topics.spans(settings, topic)
    after = all_watermarks(engine)
    astray = {
        tp: f"the database has read up to offset {after[tp.partition]}, but the log holds "
        f"{span.first} to {span.end}: restore the pair that belongs together, or take "
        "the log on as it is with `bokvar init --adopt`"
        for tp in places
        if not (span := spans[tp.partition]).first <= after[tp.partition]
        or before[tp.partition] > span.end
    }
    sound = {tp.partition: tp for tp in places if tp not in astray}
    standing = {sound[n]: why for n, why in rules.reasons(sound, spans).items()}
    return Look(astray | standing, {tp.partition: spans[tp.partition].end for tp in places})


def _begun_with_fewer(begun: topics.EventTopic, now: topics.EventTopic) -> str:
    return (
        f"topic {now.name} has {now.partitions} partitions and had {begun.partitions} when this "
        "worker began: start it anew"
    )


def all_watermarks(engine: Engine) -> dict[int, int]:
    """The next offset to fold, by partition, of the whole topic."""
    with reading(engine) as connection:
        return read_watermarks(connection)
