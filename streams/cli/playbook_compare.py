"""`bokvar playbook compare`: the same history by two playbooks, as workloads side by side."""

from datetime import date
from typing import Annotated

import typer
from msgspec import Struct
from rich.table import Table

from alerts.language.sentences import Language
from alerts.playbooks.compiled import Way
from alerts.playbooks.effort import minutes_by_channel
from alerts.playbooks.towns import all_follow
from alerts.playbooks.workload import Workload, workload
from models.law.statute import FIRST_DAY
from models.phrase import Phrase, phrase
from streams.cli.event_sources import Files, From, To, read, span
from streams.cli.playbook_named import playbook, spoken
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
from streams.cli.system import told
from streams.embedded.event_files import in_order
from streams.embedded.event_lines import EventFilesError, FileLine
from streams.embedded.played import played
from streams.embedded.trial import Trial

One = Annotated[str, typer.Argument(metavar="A", help="A playbook's name, or a file.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The playbook to compare it with.")]
Unreported = Annotated[
    bool, typer.Option("--unreported", help="Nobody reports anything, and tasks stay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
FIGURES = (
    *("opened", "done", "hours", "households", "contacted", "papers"),
    *("contacted_before", "left"),
)


class Compared(Struct):
    """What `--json` prints; `minutes` are those of each channel, an assumption of ours."""

    events: int
    since: date | None
    as_of: date | None
    reported: bool
    minutes: dict[str, int]
    playbooks: list[Workload]
    note: str


def compare(
    one: One,
    other: Other,
    files: Files,
    since: From = None,
    to: To = None,
    unreported: Unreported = False,
    as_json: AsJson = False,
) -> None:
    """Run the same files of events by two playbooks in memory, and count what each asks for.

    A caseworker of the simplest kind does every task on its day and reaches everybody. It compares
    workloads, and is no evidence of effect: the payments stay those of the history.
    """
    first, last = span(since, to)
    ways, language = [playbook(one), playbook(other)], spoken()
    held = read(files)
    with told():
        found = [_run(way, held, first, last, not unreported) for way in ways]
    day = found[0][1]
    compared = Compared(
        events=sum(map(len, held)),
        since=first,
        as_of=day,
        reported=not unreported,
        minutes=minutes_by_channel(),
        playbooks=[load for load, _ in found],
        note=language.say("compared.no_evidence"),
    )
    if as_json:
        show_json(compared)
    else:
        _print(compared, language)


def _run(
    way: Way, held: list[list[FileLine]], since: date | None, to: date | None, reported: bool
) -> tuple[Workload, date | None]:
    """One playbook's workload, and the last day that ended."""
    trial = Trial(all_follow(way))
    try:
        items = in_order(held, to)
        trial = played(trial, items) if reported else trial.take(items)
    except EventFilesError as error:
        refuse(str(error), status=1)
    tasks = trial.store.tasks.values()
    load = workload(way.name, tasks, trial.leases, since or FIRST_DAY, reported=reported)
    return load, trial.as_of


def _print(compared: Compared, language: Language) -> None:
    console = Screen(soft_wrap=True)
    names = [load.name for load in compared.playbooks]
    figures = _table(language.say("compared.figure"), names)
    for name in FIGURES:
        code = {"contacted_before": "compared.before"}.get(name, f"compared.{name}")
        values = [f"{getattr(load, name):,}" for load in compared.playbooks]
        figures.add_row(language.say(code), *values)
    console.print(language.say(_title(compared)))
    console.print(figures)
    console.print(_steps(compared, language, names))
    how = "caseworker" if compared.reported else "unreported"
    for code in (f"compared.{how}", "compared.minutes"):
        console.print(language.say(code))
    console.print(compared.note)


def _title(compared: Compared) -> Phrase:
    events = f"{compared.events:,}"
    if compared.since is None:
        return phrase("compared.title_whole", events=events, last=compared.as_of)
    return phrase("compared.title", events=events, first=compared.since, last=compared.as_of)


def _steps(compared: Compared, language: Language, names: list[str]) -> Table:
    """Tasks by step and channel."""
    counts: dict[tuple[str, str], dict[int, int]] = {}
    for at, load in enumerate(compared.playbooks):
        for step in load.steps:
            counts.setdefault((step.step, step.channel), {})[at] = step.opened
    table = _table(language.say("compared.step"), names)
    for (step_name, channel), count in counts.items():
        called = f"{step_name}: {language.say(f'playbook_channel.{channel}')}"
        table.add_row(called, *(f"{count[at]:,}" if at in count else "" for at in range(2)))
    return table


def _table(heading: str, names: list[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(heading)
    for name in names:
        table.add_column(name, justify="right")
    return table
