"""What `bokvar train` and `bokvar backtest` share: options, progress, the report of an export."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from alerts import settings as options
from alerts.learning.backtest import TooLittle
from alerts.learning.export_files import ExportError
from alerts.learning.manifest import ModelRefused
from alerts.learning.run import Asked, Run, Steps, run
from alerts.learning.validation import Report
from models.risk.evidence import PRIORITY
from models.risk.rolling import BLOCKS
from models.risk.table import Examples
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, say
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
    console = Screen(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
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
                read=lambda name, rows: progress.update(
                    reading, description=f"Reading {name}, {rows:,} rows"
                ),
                reported=reported,
                lived=lambda: progress.advance(living),
                trained=lambda: progress.advance(training),
            ),
        )


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


def report_lines(report: Report) -> Iterator[str]:
    """The validation report, a fact a line."""
    for name, found in report.files.items():
        wrong = [f"{count:,} {fault.replace('_', ' ')}" for fault, count in found.items()]
        left_out = [part for part in wrong[1:] if not part.startswith("0 ")]
        rest = f"; left out: {', '.join(left_out)}" if left_out else ""
        yield f"{name}: {found['rows']:,} rows{rest}"
    yield (
        f"{report.leases:,} leases, bills due {report.first_due_on} to {report.last_due_on}, "
        f"payments known whole through {report.through}"
    )
    yield f"{report.matched_share:.1%} of the payments belong to a lease that has bills"
    yield f"{report.paid_share:.1%} of what was asked for came in"
    for count, text in (
        (report.paid_beyond, "payments dated after that day, not used"),
        (report.credits - report.unmatched_credits, "negative bills, which are credits"),
        (report.unmatched_credits, "negative bills that fit no bill, not used"),
        (report.returns - report.unmatched_returns, "negative payments, which went back"),
        (report.unmatched_returns, "negative payments that fit no payment, not used"),
        (report.scarce_months, "months before it with hardly a payment: is a file missing?"),
        (report.without_bills, "leases without a bill, not used"),
        (report.without_payments, "leases with bills and no payment: are their ids the same?"),
        (report.without_rent, "leases whose rent in leases.csv is 0 or below"),
        (report.billed_unknown, "leases with bills that leases.csv does not have, not used"),
        (report.with_gaps, "leases with more than two months between two bills"),
        (report.trifling_bills, "bills below 100 kr, which count as trifles"),
    ):
        if count:
            yield f"{count:,} {text}"


def print_run(done: Run) -> None:
    """The figures of a run, for people."""
    found = done.backtest
    say(
        f"{found.rows:,} looks at {found.leases:,} leases on {len(found.looks)} days were judged; "
        f"{found.base_rate:.1%} came into trouble within {found.horizon_days} days"
    )
    for name, one in found.methods.items():
        chosen = " (chosen)" if name == found.chosen else ""
        say(
            f"{name:<14} AUC {one.auc.value:.3f}  precision in the mean "
            f"{one.average_precision.value:.3f}, at {found.capacity} visits "
            f"{one.precision_at_k.value:.3f}, recall {one.recall_at_k.value:.3f}, "
            f"{one.lead_days:.0f} days ahead{chosen}"
        )
    for name, one in found.nothing_owed.items():
        say(f"{name:<14} AUC {one.auc.value:.3f} where nothing is owed today")
    for test in found.gate:
        if not test.passed:
            say(f"failed: {test.name} is {test.measured:.4f}; asked is {test.asked}")
    untried = [name for name in PRIORITY if name not in found.evidence.groups]
    if untried:
        say(f"not tried, for too little is known of them: the recall of {', '.join(untried)}")
    say(
        "The model may take the scorecard's place."
        if found.promotable
        else "The scorecard keeps its place."
    )
