"""`bokvar worker`: fold the events of the partitions that Kafka assigns to this process."""

import logging
import os
from typing import Annotated, NoReturn

import faust
import typer

from alerts import settings as options
from alerts.store.database import open_database
from alerts.store.setup import require_current
from alerts.store.worker_lock import SingleWriter
from streams.cli.system import told
from streams.quiet.logs import begin
from streams.worker.app import build
from streams.worker.companions import Companions


def worker(
    all_: Annotated[
        bool,
        typer.Option("--all", help="Run relay and scheduler in this process too."),
    ] = False,
) -> None:
    """Fold the events of the partitions that Kafka assigns to this process."""
    _quiet_logs()
    with told():
        settings = options.read(os.environ)
        settings.data.mkdir(parents=True, exist_ok=True)  # Faust makes only the last folder
        engine = open_database(settings.database)
        with SingleWriter(settings.database):
            require_current(engine)
            app = build(settings, engine)
            with Companions(settings, engine, run=all_):
                _run(app)


def _run(app: faust.App) -> NoReturn:
    worker = faust.Worker(app, loglevel="WARNING", quiet=True, redirect_stdouts=False)
    worker.spinner = None  # it writes to the terminal with every line that is logged
    raise SystemExit(worker.execute_from_commandline())


def _quiet_logs() -> None:
    """Faust and aiokafka tell much that an operator cannot use; the worker's own words stay."""
    begin()
    logging.getLogger("bokvar").setLevel(logging.INFO)
    for name in ("faust", "aiokafka", "mode"):
        logging.getLogger(name).setLevel(logging.ERROR)
