"""Waits until every partition has come to where the rules change."""

import time
from collections.abc import Callable, Mapping

from sqlalchemy import Engine

from alerts.settings import Settings
from alerts.store.database import reading
from alerts.store.rule_changes import Change
from alerts.store.sql import read_watermarks
from alerts.store.turns import Turn
from streams.kafka import log
from streams.kafka.topics import EventTopic
from streams.rules.announce import UpgradeError

POLL = 0.5  # seconds between looks at how far the partitions are
Told = Callable[[int, int], object]


def wait_for_change(
    settings: Settings,
    engine: Engine,
    topic: EventTopic,
    change: Change,
    turn: Turn,
    seconds: float,
    told: Told | None,
) -> None:
    """Until nothing is left to fold before the change in any partition."""
    deadline = time.monotonic() + seconds
    before: dict[int, int] = {}
    while True:
        with reading(engine) as connection:
            marks = read_watermarks(connection)
        still = {number for number, mark in marks.items() if mark == before.get(number)}
        behind = [
            number
            for number, mark in sorted(marks.items())
            if not _is_there(settings, topic, number, mark, change, number in still)
        ]
        if told is not None:
            told(len(marks) - len(behind), len(marks))
        if not behind:
            return
        if time.monotonic() > deadline:
            raise UpgradeError(_too_slow(behind[0], len(behind), marks, change))
        if not turn.held():
            raise UpgradeError("another `bokvar upgrade` has taken over: wait until it is done")
        before = marks
        time.sleep(POLL)


def _is_there(
    settings: Settings, topic: EventTopic, number: int, mark: int, change: Change, stands: bool
) -> bool:
    """Is there no record left before the change? Markers of transactions may lie there, so that a
    partition that stands still is looked at more closely."""
    offset = change.places[number].offset
    assert offset is not None, "published to every partition"
    if mark >= offset or not stands:
        return mark >= offset
    return not any(log.messages(settings, topic.name, number, mark, offset, 1))


def _too_slow(number: int, count: int, marks: Mapping[int, int], change: Change) -> str:
    return (
        f"{count} partitions have not come to where the rules change: partition {number} stands at "
        f"offset {marks[number]}, the change is at {change.places[number].offset}. Let a worker of "
        "the release before read up to there (it stops by itself), and run `bokvar upgrade` again; "
        "until then nothing is folded beyond the change"
    )
