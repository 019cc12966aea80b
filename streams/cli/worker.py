"""`bokvar worker`: fold the events of the partitions that Kafka assigns to this process."""

import os
from typing import Annotated

import typer

from alerts import settings as options
from alerts.store.database import open_database, unless_away
from alerts.store.setup import require_current
from alerts.store.worker_lock import SingleWriter
from streams.cli.screen import say
from streams.cli.system import told
from streams.quiet.logs import begin
from streams.worker.app import build
from streams.worker.companions import Companions, companions
from streams.worker.running import Running
from streams.worker.web_port import page, with_free_port


def worker(
    all_: Annotated[
        bool,
        typer.Option("--all", help="Run relay and scheduler in this process too."),
    ] = False,
) -> None:
    """Fold the events of the partitions that Kafka assigns to this process."""
    with told():
        settings = options.read(os.environ)
        settings = with_free_port(settings, fixed=bool(os.environ.get("BOKVAR_WEB_PORT")))
        settings.data.mkdir(parents=True, exist_ok=True)  # Faust makes only the last folder
        engine = open_database(settings.database)
        with SingleWriter(settings.database):
            require_current(engine)
            app = build(settings, engine)
            beside = companions(settings, engine, app.worker.troubles) if all_ else Companions()
            begin()
            with beside:
                parts = "worker, relay and scheduler run" if all_ else "worker runs"
                say(f"The {parts}; ask {page(settings)}/ready, end with Ctrl-C.")
                try:
                    Running(app, beside.stop).execute_from_commandline()
                finally:
                    unless_away(app.heart.end)
