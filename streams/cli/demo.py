"""`bokvar demo`: the whole road on this machine, with a simulated year of Södertälje."""

import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from alerts.language.sentences import language
from alerts.settings import SettingError
from alerts.store.database import DatabaseError, reading
from alerts.views.lists import worklist
from models.phrase import phrase
from streams.cli.demo_summary import TOP, print_summary, summary_of
from streams.cli.demo_web import is_watched, serve_until_interrupted
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
from streams.cli.system import day
from streams.cli.task_table import table
from streams.embedded.broker import BrokerError
from streams.embedded.demo_site import NotTheDemo
from streams.embedded.pipeline import Pipeline, PipelineError
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.sender import NotTaken
from streams.kafka.topics import TopicError
from streams.simulate import Simulation, default_size, full_size

FIRST_DAY = date(2025, 12, 9)  # a year that ends when December's rent is late
PATIENCE = 1800.0  # seconds until everything must be folded


def demo(
    leases: Annotated[
        int | None, typer.Option(min=1, help="Rented homes; a tenth of Södertälje if not given.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="All rented homes of Södertälje.")] = False,
    days: Annotated[int, typer.Option(min=1, max=3660, help="Days to simulate.")] = 365,
    start: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="First day.")] = f"{FIRST_DAY}",
    seed: Annotated[int, typer.Option(help="The same seed gives the same year.")] = 1,
    data: Annotated[
        Path | None, typer.Option(help="Keep everything in this folder, to look around in after.")
    ] = None,
    no_web: Annotated[
        bool, typer.Option("--no-web", help="End without serving the pages of the worklist.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Stream a simulated year of Södertälje through Kafka, and show the visit tasks it leads to.

    In a terminal it then serves the worklist to this machine, until Ctrl-C.
    """
    begin = day(start, "--start") or FIRST_DAY
    size = leases or (full_size() if full else default_size())
    try:
        with ExitStack() as stack:
            folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory("-bokvar")))
            year = Simulation(size, begin, days, seed)
            _run(folder, year, size, data is not None, as_json, not no_web and is_watched())
    except (
        BrokerError,
        DatabaseError,
        KafkaUnreachable,
        NotTheDemo,
        PipelineError,
        NotTaken,
        SettingError,
        TopicError,
    ) as error:
        refuse(str(error), status=1)


def _run(folder: Path, year: Simulation, size: int, kept: bool, as_json: bool, web: bool) -> None:
    console = Screen(stderr=as_json)
    console.print(f"Starting Apache Kafka, a database, a worker and the relay in {folder} …")
    with Pipeline(folder) as pipeline:
        console.print(f"A year of {size:,} rented homes in Södertälje, simulated:")
        began = time.perf_counter()
        events = _stream(pipeline, year, console)
        seconds = time.perf_counter() - began
        console.print("Comparing the database with the log …")
        verified = pipeline.ask("verify")
        with reading(pipeline.engine) as connection:
            summary = summary_of(worklist.counts(connection), events, seconds, verified)
            today = worklist.today(connection)
            top = worklist.open_tasks(connection, limit=TOP)
        if as_json:
            show_json(summary)
            return
        words = language(pipeline.settings.language)
        console.print(table(top, today, words, phrase("worklist.first", count=TOP)))
        print_summary(console, summary, folder if kept else None)
        if web:
            serve_until_interrupted(pipeline, console)


def _stream(pipeline: Pipeline, year: Simulation, console: Screen) -> int:
    """Publish the year while the worker folds it; returns the number of events."""
    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        published = bars.add_task("published", total=None)
        folded = bars.add_task("folded", total=None)
        done = pipeline.publish(
            year.events(), lambda n: _tick(bars, pipeline, published, folded, n)
        )
        bars.update(published, total=done.messages, completed=done.messages)
        pipeline.wait_idle(
            PATIENCE, lambda p: bars.update(folded, total=p.logged, completed=p.folded)
        )
    return done.events


def _tick(bars: Progress, pipeline: Pipeline, published: TaskID, folded: TaskID, n: int) -> None:
    bars.update(published, completed=n)
    if n % 20_000 == 0:
        progress = pipeline.progress()
        bars.update(folded, total=progress.logged, completed=progress.folded)
