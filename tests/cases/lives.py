"""Lives in files, lived day by day as `bokvar try` does, and read as caseworker and landlord do."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from alerts.views import lease_page
from alerts.views.lease_page_parts import Page
from models.contract.events import Event
from streams.cli.tried import Task, Tried, tried
from streams.embedded.event_files import in_order
from streams.embedded.event_lines import FileLine
from streams.embedded.trial import Trial
from tests.spoken import SV

DATA = Path(__file__).parent / "data"
_DAYS = ("corrected_on", "on", "served_on", "as_of", "ended_on", "booked_on", "sent_on")
_encode = msgspec.json.Encoder().encode


class Life:
    """What a file, or `lines` of it, with events of one's own beside it, has led to by the end of a
    day."""

    def __init__(
        self, to: str, *events: Event, file: str | None = None, lines: list[str] | None = None
    ) -> None:
        raw = (DATA / f"{file}.jsonl").read_bytes().splitlines() if file else []
        raw = [line.encode() for line in lines] if lines is not None else raw
        own = [_encode(event) for event in events]
        with_days = any(b"calendar.day" in line for line in raw)
        given = own if with_days or any(b'"time"' in line for line in raw) else raw + own
        files = [_lines(raw)] if given is own and raw else []
        files.append(_lines(_timed(line) for line in given))
        self.trial = Trial().take(in_order([held for held in files if held], _day(to)))

    @property
    def found(self) -> Tried:
        """As `bokvar try --json` prints it."""
        return tried(self.trial, None, SV)

    @property
    def open(self) -> dict[str, Task]:
        """The leases' open tasks by lease and step, or by step alone where there is one lease."""
        tasks = [task for task in self.found.open if task.lease_id is not None]
        one = len({task.lease_id for task in tasks}) <= 1
        return {t.step if one else f"{t.lease_id} {t.step}": t for t in tasks}

    def closed(self, step: str) -> list[str | None]:
        """Why the closed tasks of a step closed, the last first."""
        return [task.closed for task in self.found.closed if task.step == step]

    def page(self, lease_id: str | None = None) -> Page:
        """The page of a lease, or of the only one."""
        known = self.trial.known(lease_id or next(iter(self.trial.leases)))
        assert known is not None
        return lease_page.page(known, SV)

    def refused(self) -> list[tuple[str, str | None, str]]:
        """What was set aside: code, field, and how to mend it."""
        return [(one.error, one.field, one.mend) for one in self.found.set_aside]


def said(task: Task) -> str:
    """All that a task says of why it is there."""
    return " ".join([task.why, *(reason.text for reason in task.reasons)])


def _lines(raw: Iterable[bytes]) -> list[FileLine]:
    return [FileLine("life", number, line) for number, line in enumerate(raw, 1)]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _timed(line: bytes) -> bytes:
    """An event without a time is told on the day of which it speaks, a rent three weeks ahead."""
    event = json.loads(line)
    data = event["data"]
    told = next((data[name] for name in _DAYS if data.get(name)), None)
    if told is None and "period" in data:
        told = str(_day(data["due_on"]).replace(day=8))
    told = told or "2025-12-01"
    return json.dumps({"time": f"{told}T08:00:00+01:00"} | event).encode()
