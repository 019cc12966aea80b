"""Every metric is declared in one file, is listed in docs/metrics.md, and tells the truth."""

import ast
import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from prometheus_client import CollectorRegistry, Counter, generate_latest
from sqlalchemy import Engine, insert

from alerts import metrics
from alerts.fold.partition import Partition
from alerts.learning import drift
from alerts.learning.drift import CHANCE, Drift, Look
from alerts.rules.rulebook import shipped_rulebook
from alerts.store import counted, model_rows, outbox, rule_changes, schema
from alerts.store.frames import Folded, Verdict
from alerts.store.heartbeats import PARTS, Heart
from alerts.store.model_rows import ModelRow
from models.risk.gate import GroupFigures, Interval
from tests.alerts.filling import migrated, put

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"Counter", "Gauge", "Histogram", "Summary", "Info", "Enum"}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def listed() -> set[str]:
    """The metrics of docs/metrics.md: name, type and labels."""
    rows = re.findall(
        r"^\| `(\w+)` \| (\w+) \| ([\w, ]*) ?\|", (ROOT / "docs/metrics.md").read_text(), re.M
    )
    return {
        " ".join([name, kind, *labels.replace(",", " ").split()]) for name, kind, labels in rows
    }


def declared(registry: CollectorRegistry) -> set[str]:
    """The same, of a registry."""
    found = set()
    collectors: dict[str, Any] = registry._names_to_collectors
    for metric in collectors.values():
        name = metric._name + ("_total" if metric._type == "counter" else "")
        found.add(" ".join([name, metric._type, *metric._labelnames]))
    return found


def value(name: str, **labels: str) -> float | None:
    return metrics.REGISTRY.get_sample_value(name, labels)


def test_a_metric_that_is_not_listed_is_seen() -> None:
    registry = CollectorRegistry()
    Counter("bokvar_unlisted", "Nobody knows.", ["why"], registry=registry)
    assert declared(registry) - listed() == {"bokvar_unlisted_total counter why"}


def test_the_list_for_people_has_every_metric_and_no_other() -> None:
    assert listed() == declared(metrics.REGISTRY)


def test_no_other_file_declares_a_metric() -> None:
    declaring = set()
    for room in ("models", "alerts", "streams"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)) if "prometheus_client" in text else ():
                match node:
                    case ast.ImportFrom(module=str(module), names=names):
                        imported = {alias.name for alias in names}
                        if module.startswith("prometheus_client") and imported & KINDS:
                            declaring.add(path.relative_to(ROOT).as_posix())
    assert declaring == {"alerts/metrics.py"}


def test_a_database_that_does_not_answer_is_a_metric_and_no_error(tmp_path: Path) -> None:
    with migrated(f"sqlite:///{tmp_path / 'bokvar.db'}") as engine:
        metrics.collect(engine, 1_000.0)
        assert value("bokvar_database_up") == 1
        with engine.begin() as connection:
            schema.leases.drop(connection)
        metrics.collect(engine, 1_000.0)
        assert value("bokvar_database_up") == 0


def test_a_folded_frame_is_counted_by_type_verdict_and_stage() -> None:
    before = value("bokvar_events_total", type="rent.paid.v1") or 0
    repeats = value("bokvar_repeats_total") or 0
    counts = {"se.bokvar.rent.paid.v1": 3, "repeats": 1}
    metrics.observe_fold(0, 3, Folded(Verdict.COMMITTED, 10, counts, {"load": 0.2, "decode": 0.1}))
    metrics.observe_fold(0, 3, Folded(Verdict.STALE, 10))
    assert value("bokvar_events_total", type="rent.paid.v1") == before + 3
    assert value("bokvar_repeats_total") == repeats + 1
    assert (value("bokvar_frames_total", verdict="stale") or 0) >= 1
    assert (value("bokvar_frame_seconds_count", stage="decode") or 0) >= 1


def test_the_watermarks_age_grows_only_while_records_wait_and_it_stands_still(
    engine: Engine,
) -> None:
    set_partition(engine, next_offset=5)

    def age(now: float, end: int | None) -> float | None:
        metrics.observe_log_ends({0: end})
        metrics.collect(engine, now)
        return value("bokvar_watermark_age_seconds", partition="0")

    assert age(100.0, end=5) == 0
    assert age(110.0, end=9) == 10
    assert age(150.0, end=9) == 50
    assert value("bokvar_lag_records", partition="0") == 4
    metrics.log_is_silent()
    assert age(170.0, end=None) == 70
    assert math.isnan(value("bokvar_lag_records", partition="0") or 0)
    set_partition(engine, next_offset=7)
    assert age(300.0, end=9) == 0
    metrics.observe_log_ends({})
    metrics.collect(engine, 310.0)
    assert value("bokvar_watermark_age_seconds", partition="0") is None


def test_a_lag_that_kafka_does_not_tell_is_no_number_and_kafka_is_down_until_it_does(
    engine: Engine,
) -> None:
    set_partition(engine, next_offset=5)
    metrics.observe_log_ends({0: 5})
    metrics.log_is_silent()
    metrics.collect(engine, 100.0)
    assert value("bokvar_kafka_up") == 0
    assert math.isnan(value("bokvar_lag_records", partition="0") or 0)
    metrics.observe_log_ends({0: 5})
    metrics.collect(engine, 101.0)
    assert (value("bokvar_kafka_up"), value("bokvar_lag_records", partition="0")) == (1, 0)


def test_only_parts_that_live_and_can_work_count(engine: Engine) -> None:
    Heart(engine, "worker", lambda: 1_000.0, "a").beat()
    Heart(engine, "worker", lambda: 900.0, "b").beat()
    Heart(engine, "relay", lambda: 1_000.0, "a").beat("Kafka is away")
    metrics.collect(engine, 1_005.0)
    working = {part: value("bokvar_working_parts", part=part) for part in PARTS}
    assert working == {"worker": 1, "relay": 0, "scheduler": 0}


def test_the_gauges_tell_what_the_database_has(engine: Engine) -> None:
    set_partition(engine, next_offset=5, last_day=date(2026, 3, 31))
    put(engine, 0, range(1, 6), created_at=940.0)
    with engine.begin() as connection:
        outbox.advance(connection, 0, 0, 3)
        for number, (error, state) in enumerate([("invalid", "open"), ("invalid", "released")]):
            letter = {"partition": 0, "offset": number, "error": error, "state": state, "body": b""}
            connection.execute(insert(schema.dead_records), letter)
        for name, incomplete in (("a", 1), ("b", 0)):
            connection.execute(insert(schema.leases), lease(name, incomplete))
        for name, state, band in (("1", "open", "A"), ("2", "changed", "A"), ("3", "closed", "B")):
            connection.execute(insert(schema.tasks), task(name, state, band))
        counted.recount(connection)
    metrics.collect(engine, 1_000.0)
    assert value("bokvar_outbox_rows") == 2
    assert value("bokvar_outbox_age_seconds") == 60
    assert value("bokvar_relayed_rows", partition="0") == 3
    assert value("bokvar_dead_letters", error="invalid") == 2
    assert value("bokvar_open_dead_letters") == 1
    assert value("bokvar_incomplete_leases") == 1
    assert value("bokvar_open_tasks", band="A") == 2
    assert value("bokvar_open_tasks", band="B") == 0
    midnight = datetime(2026, 3, 31, tzinfo=UTC).timestamp()
    assert value("bokvar_last_day_timestamp_seconds", partition="0") == midnight
    assert b"bokvar_outbox_rows 2.0" in generate_latest(metrics.REGISTRY)


def test_what_was_last_found_of_the_model_in_force_is_told_and_nothing_of_one_put_off(
    engine: Engine,
) -> None:
    version = "a" * 64
    one = Interval(1.4, 1.1, 1.8)
    group = GroupFigures(90, 9, one, one, one)
    looked = Look(date(2026, 3, 1), 90, 9, Interval(0.7, 0.5, 0.9))
    found = Drift(date(2026, 6, 1), 90, {CHANCE: 0.3}, [looked], {"children": {"yes": group}})
    book = shipped_rulebook()
    with engine.begin() as connection:
        model_rows.keep(connection, ModelRow(version, b"{}", b"", drift.encoded(found)))
        rule_changes.begin(connection, book.ranked_by(version), 1, saved=True)
    metrics.collect(engine, 1_000.0)
    ratio = "bokvar_model_expected_over_observed"
    assert value("bokvar_model_drift", of=CHANCE) == 0.3
    assert value(ratio, by="look", of="2026-03-01") == 0.7
    assert value(ratio, by="children", of="yes") == 1.4
    with engine.begin() as connection:
        rule_changes.begin(connection, book.ranked_by(""), 1, saved=True)
    metrics.collect(engine, 1_000.0)
    assert value("bokvar_model_drift", of=CHANCE) is None


def set_partition(engine: Engine, next_offset: int, last_day: date | None = None) -> None:
    state = msgspec.msgpack.encode(Partition(0, next_offset, last_day))
    row = {"number": 0, "next_offset": next_offset, "state": state}
    with engine.begin() as connection:
        connection.execute(schema.partitions.delete())
        connection.execute(insert(schema.partitions), row)


def lease(name: str, incomplete: int) -> dict[str, object]:
    state = {"state": b"", "state_version": 1, "registered": 1, "incomplete": incomplete}
    return {"lease_id": name, "partition": 0, **state}


def task(name: str, state: str, band: str) -> dict[str, object]:
    where = {"partition": 0, "lease_id": "a", "municipality": "0181", "revision": 1, "body": b""}
    return {"task_id": name, "state": state, "band": band, **where}
