"""Households in files, told day by day, and read as a caseworker does."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.contract.events import Event
from streams.cli.tried import Task
from tests.builders import say
from tests.cases.lives import Life, said
from tests.spoken import SV

DATA = Path(__file__).parent / "data"
LANDLORD, KRONOFOGDEN = "urn:landlord:556036-0793", "urn:kronofogden"


def lines_of(file: str, *without: str) -> list[str]:
    """The lines of a story, but for those of the types named."""
    raw = (DATA / f"{file}.jsonl").read_text().splitlines()
    return [line for line in raw if not any(f".{name}.v1" in line for name in without)]


def story(file: str, to: str, *events: Event, without: tuple[str, ...] = ()) -> Life:
    """A story by the end of a day, with events of one's own and without some of its kinds."""
    return Life(to, *events, lines=lines_of(file, *without))


def fact(kind: type, file: str, source: str = LANDLORD, **data: Any) -> Event:
    """An event about the story's first lease."""
    lease = next(json.loads(x)["data"]["lease_id"] for x in lines_of(file) if '"lease_id"' in x)
    return say(kind, source, lease_id=lease, **data)


def days(first: str, last: str) -> list[str]:
    """The days from the first through the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(days=n)) for n in range((end - start).days + 1)]


def words(life: Life) -> str:
    """All that the list and the page say."""
    page = life.page()
    tasks = [said(task) for task in life.found.open]
    history = [line.text for line in page.history]
    return " ".join([*tasks, page.why, *history, *page.legal.defects])


def reasons(task: Task) -> list[str]:
    """The sentences of a task."""
    return [reason.text for reason in task.reasons]


def closed_words(life: Life, step: str) -> list[str]:
    """Why the tasks of a step closed, in words, the last first."""
    tasks = [t for t in life.trial.tasks(None) if t.step == step and t.state == "closed"]
    tasks.sort(key=lambda t: (t.closed_on or date.min, t.round), reverse=True)
    return [SV.say(task.reason) for task in tasks]
