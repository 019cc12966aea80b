"""Every metric of Bokvar: name, type, sentence, labels. No personal data, no lease ids.

Counters and histograms are of this process; gauges are read from the database by `collect`, so
any worker tells the same. docs/metrics.md is the list for people; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from math import nan
from typing import Any, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import Connection, Engine, Select, select

from alerts.contract.messages import Band
from alerts.learning import drift
from alerts.store import counted, heartbeats, model_rows, outbox, refused, rule_changes, schema
from alerts.store.database import is_passing, reading
from alerts.store.frames import Folded
from alerts.store.sql import read_partitions
from alerts.store.task_rows import count_by_band
from models.contract.events import PREFIX

REGISTRY = CollectorRegistry()
_RECORDS = (1, 7, 50, 200, 1_000, 2_000, 5_000, 10_000, 20_000)
_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


def _counter(name: str, sentence: str, *labels: str) -> Counter:
    return Counter(name, sentence, labels, registry=REGISTRY)


def _gauge(name: str, sentence: str, *labels: str) -> Gauge:
    return Gauge(name, sentence, labels, registry=REGISTRY)


EVENTS = _counter("bokvar_events", "Events folded.", "type")
REPEATS = _counter("bokvar_repeats", "Events that had come before and had no effect.")
SENT_HOME = _counter("bokvar_sent_home", "Records found in another partition and sent on.")
SET_ASIDE = _counter("bokvar_set_aside", "Records set aside as dead letters.")
FRAMES = _counter("bokvar_frames", "Frames, by what the watermark said of them.", "verdict")
FRAME_RECORDS = Histogram(
    "bokvar_frame_records", "Records in a frame.", buckets=_RECORDS, registry=REGISTRY
)
FRAME_SECONDS = Histogram(
    "bokvar_frame_seconds",
    "Seconds of a frame in each stage: decode, load, fold, save, commit.",
    ["stage"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
LAG = _gauge(
    "bokvar_lag_records",
    "Records in the log that are not folded yet; NaN while Kafka does not tell.",
    "partition",
)
WATERMARK_AGE = _gauge(
    "bokvar_watermark_age_seconds",
    "Seconds that records have waited, or may have, while the watermark stood still.",
    "partition",
)
LAST_DAY = _gauge(
    "bokvar_last_day_timestamp_seconds",
    "The last day that has ended for the partition, as its midnight in UTC.",
    "partition",
)
DEAD_LETTERS = _gauge("bokvar_dead_letters", "Dead letters kept, open or not.", "error")
OPEN_DEAD_LETTERS = _gauge("bokvar_open_dead_letters", "Dead letters nobody has dealt with.")
INCOMPLETE_LEASES = _gauge("bokvar_incomplete_leases", "Leases of which a record was set aside.")
OPEN_TASKS = _gauge("bokvar_open_tasks", "Visit tasks to be done: not closed, not waiting.", "band")
OUTBOX_ROWS = _gauge("bokvar_outbox_rows", "Messages that wait to be sent.")
OUTBOX_AGE = _gauge("bokvar_outbox_age_seconds", "Seconds the oldest of them has waited.")
REFUSED = _gauge("bokvar_refused_messages", "Messages that Kafka does not take; they stand aside.")
RELAYED_ROWS = _gauge("bokvar_relayed_rows", "Messages sent since the beginning.", "partition")
WORKING = _gauge(
    "bokvar_working_parts", "Workers, relays and schedulers that live and can work.", "part"
)
MODEL_DRIFT = _gauge(
    "bokvar_model_drift",
    "Stability index of what the model in force sees, as `bokvar model drift` last found it.",
    "of",
)
MODEL_RATIO = _gauge(
    "bokvar_model_expected_over_observed",
    "Trouble that the model in force expected over what came, by look and by group, as last found.",
    "by",
    "of",
)
DATABASE_UP = _gauge("bokvar_database_up", "1 if the database answered the last look, else 0.")
KAFKA_UP = _gauge("bokvar_kafka_up", "1 if Kafka answered this worker's last look, else 0.")

_COUNTS = {"repeats": REPEATS, "sent_home": SENT_HOME, "set_aside": SET_ASIDE}
_log_ends: dict[int, int | None] = {}
_stood_since: dict[int, tuple[int, float]] = {}  # watermark and when it was first seen with a lag


def observe_fold(partition: int, records: int, folded: Folded) -> None:
    """Count a frame of `records` records and what became of it."""
    FRAMES.labels(folded.verdict.value).inc()
    FRAME_RECORDS.observe(records)
    for stage, seconds in folded.seconds.items():
        FRAME_SECONDS.labels(stage).observe(seconds)
    for name, count in folded.counts.items():
        if name in _COUNTS:
            _COUNTS[name].inc(count)
        else:
            EVENTS.labels(name.removeprefix(PREFIX)).inc(count)


def observe_log_ends(ends: Mapping[int, int | None]) -> None:
    """Note what Kafka told: where the log of each partition of this worker ends (the next offset
    to be written), None if there is no telling; partitions left out are no longer its own."""
    KAFKA_UP.set(1)
    _log_ends.clear()
    _log_ends.update(ends)


def log_is_silent() -> None:
    """Note that Kafka does not tell how far the log goes: what is not known is not a lag of 0."""
    KAFKA_UP.set(0)
    _log_ends.update(dict.fromkeys(_log_ends))


def collect(engine: Engine, now: float) -> None:
    """Read the gauges from the database in one transaction. `now` is in epoch seconds.

    When the database does not answer, `bokvar_database_up` is 0 and the others stay as they were.
    """
    try:
        with reading(engine) as connection:
            _collect_partitions(connection, now)
            _collect_dead_letters(connection)
            _collect_leases_and_tasks(connection)
            _collect_outbox(connection, now)
            _set(WORKING, _working(connection, now).items())
            _collect_model(connection)
    except Exception as error:
        if not is_passing(error):
            raise
        DATABASE_UP.set(0)
    else:
        DATABASE_UP.set(1)


def _collect_partitions(connection: Connection, now: float) -> None:
    found = {partition.number: partition for partition in read_partitions(connection)}
    _set(LAST_DAY, ((n, _midnight(p.last_day)) for n, p in found.items() if p.last_day))
    marks = {n: found[n].next_offset for n in list(_log_ends) if n in found}
    lags = {n: _lag(_log_ends.get(n), mark) for n, mark in marks.items()}
    _set(LAG, lags.items())
    for number, mark in marks.items():
        waits = lags[number] != 0  # what is not known is not nothing
        if not waits or _stood_since.get(number, (-1, now))[0] != mark:
            _stood_since[number] = (mark, now)
    _set(WATERMARK_AGE, ((number, now - _stood_since[number][1]) for number in marks))


def _lag(end: int | None, mark: int) -> float:
    """Records between a watermark and the log's end; NaN if nobody knows where that is."""
    return nan if end is None else max(0, end - mark)


def _collect_dead_letters(connection: Connection) -> None:
    by_error: dict[str, int] = {}
    for kept in counted.read(connection).values():
        for error, count in kept.dead.items():
            by_error[error] = by_error.get(error, 0) + count
    _set(DEAD_LETTERS, by_error.items())
    OPEN_DEAD_LETTERS.set(counted.rows(connection, schema.dead_records, schema.OPEN_RECORDS))


def _collect_leases_and_tasks(connection: Connection) -> None:
    INCOMPLETE_LEASES.set(counted.rows(connection, schema.leases, schema.INCOMPLETE))
    bands = count_by_band(connection, schema.OPEN_TASKS)
    _set(OPEN_TASKS, {**dict.fromkeys(get_args(Band), 0), **bands}.items())


def _collect_outbox(connection: Connection, now: float) -> None:
    waiting = outbox.unsent(connection)
    OUTBOX_ROWS.set(waiting.rows)
    REFUSED.set(refused.count_open(connection))
    OUTBOX_AGE.set(0 if waiting.oldest is None else max(0.0, now - waiting.oldest))
    sent = select(schema.relayed.c.partition, schema.relayed.c.seq)
    _set(RELAYED_ROWS, _pairs(connection, sent))


def _collect_model(connection: Connection) -> None:
    """What was last found of the model that ranks the list; nothing while the scorecard does."""
    version = rule_changes.model_in_force(connection)
    found = drift.parsed(model_rows.read_drift(connection, version)) if version else None
    MODEL_DRIFT.clear()
    MODEL_RATIO.clear()
    if found is None:
        return
    _set(MODEL_DRIFT, found.indices.items())
    for look in found.looks:
        MODEL_RATIO.labels("look", str(look.day)).set(look.ratio.value)
    for kind, groups in found.groups.items():
        for group, figures in groups.items():
            MODEL_RATIO.labels(kind, group).set(figures.ratio.value)


def _working(connection: Connection, now: float) -> dict[str, int]:
    found = [beat for beat in heartbeats.heard_of(connection) if beat.lives(now)]
    working = [beat.part for beat in found if not beat.trouble]
    return {part: working.count(part) for part in heartbeats.PARTS}


def _pairs(connection: Connection, query: Select[Any]) -> list[tuple[Any, float]]:
    return [(label, value) for label, value in connection.execute(query)]


def _set(gauge: Gauge, values: Iterable[tuple[Any, float]]) -> None:
    """Set a gauge for every value of its label, and forget those that are gone."""
    gauge.clear()
    for label, value in values:
        gauge.labels(label).set(value)


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()
