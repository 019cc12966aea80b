"""Files of events that a command reads, and the days it is asked about."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from models.law.statute import FIRST_DAY, LAST_DAY
from streams.cli.refuse import refuse
from streams.cli.system import day
from streams.embedded.event_lines import FileLine, lines

Files = Annotated[
    list[Path], typer.Argument(help="Files of event JSON lines; - is standard input.")
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="YYYY-MM-DD", help="Only tasks opened from this day on."),
]
To = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="As of the end of this day; default the files' last."),
]


def read(files: list[Path]) -> list[list[FileLine]]:
    """The lines of each file."""
    return [list(lines(str(path), _opened(path))) for path in files]


def span(since: str | None, to: str | None) -> tuple[date | None, date | None]:
    """The days asked for, refused in words where they cannot be."""
    first, last = day(since, "--from"), day(to, "--to")
    for option, given in (("--from", first), ("--to", last)):
        if given is not None and not FIRST_DAY <= given <= LAST_DAY:
            refuse(f"{option} {given} is outside {FIRST_DAY} to {LAST_DAY}: check the year")
    if first is not None and last is not None and first > last:
        refuse(f"--from {first} is after --to {last}: give them in order")
    return first, last


def _opened(path: Path) -> BinaryIO:
    if str(path) == "-":
        return sys.stdin.buffer
    if not path.is_file():
        refuse(f"{path} is not a file: name a file of event JSON lines, or - for standard input")
    return path.open("rb")
