"""What the page for operations is told: soon, even while Kafka says nothing at all."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from alerts.fold.partition import Partition
from alerts.settings import Settings, read
from alerts.store import verified
from alerts.store.verified import LastVerified
from alerts.web.operations.on_call import faults
from alerts.web.system_state import SystemState
from streams.kafka.topics import Span
from streams.status.log_status import LogStatus
from streams.web.status import REMEMBERED, LiveStatus
from tests.alerts.filling import migrated
from tests.spoken import SV
from tests.waiting import wait_until
from tests.web.folded_log import FoldedLog

WELL = LogStatus(spans=[Span(0, 5)])


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with migrated(f"sqlite:///{tmp_path / 'bokvar.db'}") as engine:
        FoldedLog(engine)
        yield engine


class Kafka:
    """Answers with `found` once it is let go; counts how often it was asked."""

    def __init__(self, found: LogStatus = WELL) -> None:
        self.found, self.asked = found, 0
        self.goes = threading.Event()
        self.goes.set()

    def __call__(self, _s: Settings, _e: Engine, _held: Sequence[Partition]) -> LogStatus:
        self.asked += 1
        assert self.goes.wait(30)
        return self.found


def status(engine: Engine, kafka: Kafka, **more: Any) -> LiveStatus:
    return LiveStatus(read({}), engine, ask=kafka, **more)


def running() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def said(state: SystemState) -> list[str]:
    return [SV.say(fault.said) for fault in faults(state)]


def test_a_kafka_that_never_answers_holds_up_no_page_and_is_asked_once(engine: Engine) -> None:
    kafka = Kafka()
    kafka.goes.clear()
    now = [0.0]
    ask = status(engine, kafka, patience=0.1, clock=lambda: now[0])
    for _ in range(3):
        began = time.monotonic()
        state = ask()
        assert time.monotonic() - began < 5
        assert "Kafka har inte svarat på" in said(state)[0]
        assert (state.lag, len(state.partitions)) == (None, 1)
        now[0] += REMEMBERED
    assert kafka.asked == 1
    kafka.goes.set()


def test_an_answer_that_came_too_late_is_not_told_as_if_it_were_new(engine: Engine) -> None:
    kafka, now = Kafka(), [0.0]
    kafka.goes.clear()
    ask = status(engine, kafka, patience=0.05, clock=lambda: now[0])
    assert ask().lag is None
    kafka.goes.set()
    wait_until(lambda: "status" not in running(), 10, "Kafka has answered")
    kafka.found = LogStatus(spans=[Span(0, 9)])
    now[0] += REMEMBERED
    assert ask().lag == 9


def test_a_fault_of_asking_is_raised_and_the_next_page_asks_anew(engine: Engine) -> None:
    calls = []

    def ask(_s: Settings, _e: Engine, _held: Sequence[Partition]) -> LogStatus:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("broken")
        return WELL

    live = LiveStatus(read({}), engine, ask=ask)
    with pytest.raises(RuntimeError, match="broken"):
        live()
    assert live().lag == 5


def test_kafka_that_refuses_is_a_state_with_a_sentence_and_its_reason(engine: Engine) -> None:
    state = status(engine, Kafka(LogStatus(away="no Kafka broker answers at k:9092")))()
    assert said(state)[0].startswith("Kafka svarar inte. Inget nytt läses")
    assert state.faults[0].detail == "no Kafka broker answers at k:9092"


def test_partitions_that_stand_still_for_one_reason_are_one_fault(engine: Engine) -> None:
    state = status(engine, Kafka(LogStatus([Span(0, 5)], foreign="another topic")))()
    assert said(state)[0].startswith("Partition 0 står still.")
    assert state.faults[0].detail == "another topic"
    assert state.partitions[0].fault == "another topic"


def test_each_part_that_nobody_runs_is_a_fault_of_its_own(engine: Engine) -> None:
    told = said(status(engine, Kafka())())
    assert [one.partition(" arbetar.")[0] for one in told] == [
        "Ingen worker",
        "Ingen relay",
        "Ingen scheduler",
    ]


def test_an_answer_is_remembered_for_two_seconds_and_no_longer(engine: Engine) -> None:
    kafka, now = Kafka(), [0.0]
    ask = status(engine, kafka, clock=lambda: now[0])
    assert ask().lag == 5
    now[0] = REMEMBERED - 0.1
    assert ask().lag == 5
    assert kafka.asked == 1
    now[0] = REMEMBERED
    ask()
    assert kafka.asked == 2


def test_what_verify_found_is_told(engine: Engine) -> None:
    verified.note(engine, LastVerified(1.0, 2, 12, "0.1.0"))
    verified.note(engine, LastVerified(2.0, 0, 12, "0.1.0"))
    assert status(engine, Kafka())().verified == LastVerified(2.0, 0, 12, "0.1.0")
