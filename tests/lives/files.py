"""Households in files, lived with events of one's own beside them."""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from models.contract.events import LANDLORD, Event
from tests.builders import say
from tests.lives.life import Life, lived

CASES, STORIES = (Path(__file__).parents[1] / name / "data" for name in ("cases", "stories"))
_DAYS = ("corrected_on", "on", "served_on", "as_of", "ended_on", "booked_on", "sent_on")
_TASK = re.compile("<the open ([a-z_ ]+)>")
_encode = msgspec.json.Encoder().encode


def story(file: str, to: str, *events: Event, without: Iterable[str] = ()) -> Life:
    """A file's life by the end of a day, with events of one's own and without some of its kinds."""
    return life_of(to, *events, lines=_named(lines_of(file, *without)))


def life_of(to: str, *events: Event, lines: Iterable[str] = ()) -> Life:
    """The life of events, beside lines, by the end of a day."""
    raw, own = [line.encode() for line in lines], [_encode(event) for event in events]
    if any(b"calendar.day" in line or b'"time"' in line for line in raw):
        files = [raw, list(map(_timed, own))]
    else:
        files = [list(map(_timed, raw + own))]
    return lived(tuple(map(tuple, files)), date.fromisoformat(to))


def lines_of(file: str, *without: str) -> list[str]:
    """The lines of a file, but for those of the types named."""
    places = (folder / f"{file}.jsonl" for folder in (CASES, STORIES))
    (path,) = (place for place in places if place.is_file())
    lines = [line.decode() for line in path.read_bytes().splitlines()]
    return [line for line in lines if not any(f".{name}.v1" in line for name in without)]


def _named(lines: list[str]) -> list[str]:
    """The lines, with the id of the task that each names in angle brackets: the open one of a step,
    or the first of all, once what stands before it has been told."""
    found: list[str] = []
    for line in lines:
        named = _TASK.search(line)
        if named is not None:
            tasks = life_of(json.loads(line)["data"]["on"], lines=found).found.open
            wanted = (task for task in tasks if named[1] in (task.step, "task first in the list"))
            line = line.replace(named[0], next(wanted).task_id)
        found.append(line)
    return found


def lease_of(file: str) -> str:
    """The first lease of a file."""
    events = map(json.loads, lines_of(file))
    return next(str(e["data"]["lease_id"]) for e in events if "lease_id" in e["data"])


def fact(kind: type, file: str, source: str | None = None, **data: Any) -> Event:
    """An event about a file's first lease, from its landlord unless another source is given."""
    lease = lease_of(file)
    return say(kind, source or LANDLORD + lease.partition(":")[0], lease_id=lease, **data)


def days(first: str, last: str) -> list[str]:
    """The days from the first through the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(days=n)) for n in range((end - start).days + 1)]


def _timed(line: bytes) -> bytes:
    """An event without a time is told on the day of which it speaks, a rent three weeks ahead."""
    event = json.loads(line)
    data = event["data"]
    on = next((data[name] for name in _DAYS if data.get(name)), None)
    if on is None and "period" in data:
        on = str(date.fromisoformat(data["due_on"]).replace(day=8))
    return json.dumps({"time": f"{on or '2025-12-01'}T08:00:00+01:00"} | event).encode()
