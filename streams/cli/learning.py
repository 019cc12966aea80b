"""What `bokvar train` and `bokvar backtest` share: options, a run and its progress."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from alerts import settings as options
from alerts.learning.backtest import TooLittle
from alerts.learning.export_files import ExportError
from alerts.learning.manifest import ModelRefused
from alerts.learning.run import Asked, Run, Steps, run
from alerts.learning.validation import Report
from models.risk.rolling import BLOCKS
from models.risk.table import Examples
from streams.cli.learning_print import report_lines
from streams.cli.refuse import refuse
from streams.cli.screen import bars
from streams.cli.system import told

HistoryFolder = Annotated[
    Path | None,
    typer.Option("--history", help="A folder with leases.csv, invoices.csv and payments.csv."),
]
Events = Annotated[
    Path | None,
    typer.Option("--events", help="Or a file of events, as `bokvar simulate` writes it."),
]
Visits = Annotated[
    int | None, typer.Option(min=1, help="Visits at each look; by default one lease in twenty.")
]
Horizon = Annotated[int, typer.Option(min=28, max=365, help="Days ahead that are foreseen.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same model.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def asked(
    history: Path | None, events: Path | None, visits: int | None, horizon: int, seed: int
) -> Asked:
    """The run that the options ask for."""
    source = history or events
    if source is None or (history and events):
        refuse("give either --history FOLDER (an export) or --events FILE, and not both")
    return Asked(source, events is not None, visits, timedelta(days=horizon), seed)


def ran(what: Asked) -> tuple[Run, Examples]:
    """Run it, the validation report first, with progress on standard error."""
    with bars() as progress:
        console = progress.console
        reading = progress.add_task("Reading", total=None)
        living = progress.add_task("Living through", total=None)
        training = progress.add_task("Training", total=BLOCKS)

        def reported(report: Report) -> None:
            progress.update(reading, total=1, completed=1)
            progress.update(living, total=report.leases - report.without_bills)
            for line in report_lines(report):
                console.print(line)

        return run(
            what,
            Steps(
                read=rows_read(progress, reading),
                reported=reported,
                lived=lambda: progress.advance(living),
                trained=lambda: progress.advance(training),
            ),
        )


def rows_read(progress: Progress, bar: TaskID) -> Callable[[str, int], None]:
    """Tells at a bar how many rows were read of a file."""
    return lambda name, rows: progress.update(bar, description=f"Reading {name}, {rows:,} rows")


@contextmanager
def known_faults() -> Iterator[None]:
    """Every known fault ends the command with its own sentence and status 1."""
    with told():
        try:
            yield
        except (ExportError, TooLittle, ModelRefused) as error:
            refuse(str(error), status=1)


def models_folder() -> Path:
    """Where models are kept."""
    return options.read(os.environ).models
