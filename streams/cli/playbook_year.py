"""`bokvar playbook year`: a simulated year of Södertälje by every playbook, as one table."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from alerts.playbooks.workload import Workload
from streams.cli.playbook_named import known
from streams.cli.refuse import refuse
from streams.cli.screen import say_page, show_json
from streams.cli.system import bar, day, move
from streams.embedded.years import Year, workloads

LEASES = 1_000  # half a minute of one processor for each playbook
START, DAYS = date(2025, 12, 9), 365
BEGINS, ENDS = "<!-- year -->\n", "<!-- end of year -->\n"
_HEADINGS = (
    *("playbook", "tasks", "done", "staff hours", "households with a task", "contacted"),
    *("with notice or claim", "contacted before it", "left at the end"),
)
_CHANNELS = (
    *("letter", "call", "contact", "visit", "joint_visit", "referral", "plan", "review"),
    *("feedback", "confirmation"),
)

Leases = Annotated[int, typer.Option(min=1, max=20_000, help="How many rented homes.")]
Days = Annotated[int, typer.Option(min=1, max=3_660, help="How many days.")]
Start = Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The first day.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same year.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Playbooks at once; default processors.")]
Into = Annotated[
    Path | None, typer.Option(help="Put the tables into this file, between its two marks.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Answer(Struct):
    """What `--json` prints."""

    year: Year
    playbooks: list[Workload]


def year(
    leases: Leases = LEASES,
    days: Days = DAYS,
    start: Start = f"{START}",
    seed: Seed = 1,
    workers: Workers = None,
    into: Into = None,
    as_json: AsJson = False,
) -> None:
    """The same simulated homes and payments by each playbook, with a caseworker who does every task
    on its day and reaches everybody. It compares workloads, and is no evidence of effect."""
    lived = Year(leases, day(start, "--start") or START, days, seed)
    before = None if into is None else _around(into)
    names = sorted(known().ways)
    loads = []
    with bar("Playbooks") as progress:
        for load in workloads(lived, names, workers or os.cpu_count() or 1):
            loads.append(load)
            move(progress, len(loads), len(names))
    if as_json:
        show_json(Answer(lived, loads))
    elif into is not None and before is not None:
        into.write_text(before[0] + _tables(lived, loads) + before[1], "utf-8")
    else:
        say_page(_tables(lived, loads))


def _around(path: Path) -> tuple[str, str]:
    """What stands before and after the place for the tables, its marks included."""
    if not path.is_file():
        refuse(f"{path} is not a file: name one with the lines {BEGINS.strip()}, {ENDS.strip()}")
    before, begins, rest = path.read_text("utf-8").partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not begins or not ends:
        refuse(f"{path} has no place for the tables: put {BEGINS.strip()} and {ENDS.strip()} there")
    return before + begins, ends + after


def _tables(lived: Year, loads: list[Workload]) -> str:
    first = [_row(_HEADINGS), _row(["---", *["--:"] * (len(_HEADINGS) - 1)])]
    first += [_row(_figures(load)) for load in loads]
    used = [c for c in _CHANNELS if any(s.channel == c for load in loads for s in load.steps)]
    second = [_row(["done, by channel", *(c.replace("_", " ") for c in used)])]
    second.append(_row(["---", *["--:"] * len(used)]))
    second += [_row([load.name, *(f"{_done(load, c):,}" for c in used)]) for load in loads]
    said = (
        f"{lived.leases:,} rented homes of a simulated Södertälje, {lived.days} days from "
        f"{lived.start}, seed {lived.seed}."
    )
    return "\n".join([said, "", *first, "", *second, ""])


def _figures(load: Workload) -> list[str]:
    counts = (load.opened, load.done, load.hours, load.households, load.contacted)
    law = (load.papers, load.contacted_before, load.left)
    return [load.name, *(f"{count:,}" for count in (*counts, *law))]


def _done(load: Workload, channel: str) -> int:
    return sum(step.done for step in load.steps if step.channel == channel)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
