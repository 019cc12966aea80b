"""`bokvar status`: is everything read, sent and complete, and does somebody work?"""

from typing import Annotated

import typer

from alerts.store.database import reading
from streams.cli.screen import show_json
from streams.cli.status_print import print_status
from streams.cli.system import opened
from streams.status.system_status import read_status

Silent = Annotated[
    int,
    typer.Option(
        min=0, max=1_000, help="Working days without a report before a landlord is silent."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def status(silent_after: Silent = 2, as_json: AsJson = False) -> None:
    """Lag, watermark and newest day by partition, who works, what waits, who is silent.

    Status 1 if a partition cannot go on, Kafka does not answer, or no worker, no relay or no
    scheduler works.
    """
    with opened() as system, reading(system.engine) as connection:
        found = read_status(*system, connection, silent_after)
    if as_json:
        show_json(found)
    else:
        print_status(found)
    if found.faults:
        raise typer.Exit(1)
