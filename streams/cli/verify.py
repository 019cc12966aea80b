"""`bokvar verify`: the log and the database compared."""

import time
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from alerts.proof.release import release
from alerts.store.verified import LastVerified, note
from streams.cli.screen import Screen, say, show_json
from streams.cli.system import bar, move, opened
from streams.proof.verified import Verified
from streams.proof.verify import verify as compare

Examples = Annotated[int, typer.Option(min=0, help="How many differences to name.")]
Delivered = Annotated[
    bool,
    typer.Option("--deliveries", help="Read visit.tasks.v1 too: was each message received?"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def verify(examples: Examples = 20, deliveries: Delivered = False, as_json: AsJson = False) -> None:
    """Fold the log again in memory and compare the database with it; status 1 if they differ.

    Begins from the newest usable checkpoint. Work may go on meanwhile. When it ran and what it
    found is kept for `bokvar status`.
    """
    with opened() as system, bar("Folding the log again") as progress:
        found = compare(
            system.settings,
            system.engine,
            examples=examples,
            deliveries=deliveries,
            told=lambda done, total: move(progress, done, total),
        )
        _note(system.engine, found)
    if as_json:
        show_json(found)
    else:
        show(found)
    if found.differences:
        raise typer.Exit(1)


def _note(engine: Engine, found: Verified) -> None:
    """Leave the result for `bokvar status` and the page for operations. Who may only read the
    database is told, and has the result all the same."""
    try:
        note(engine, LastVerified(time.time(), found.differences, found.partitions, release()))
    except DBAPIError as error:
        kind = type(error.orig).__name__
        say(f"bokvar: the result could not be noted in the database ({kind})", err=True)


def show(found: Verified) -> None:
    """The result for people."""
    console = Screen(soft_wrap=True)
    for sentence in found.passed_over:
        console.print(sentence)
    since = f"since checkpoint {found.checkpoint}" if found.checkpoint else "from the log's start"
    console.print(
        f"{found.events:,} records {since}, {found.leases:,} leases and {found.tasks:,} tasks in "
        f"{found.seconds:.1f} s: lost {found.lost}, doubled {found.doubled}, "
        f"different {found.different}."
    )
    if not found.examples:
        return
    table = Table("kind", "what", "partition", "name")
    for example in found.examples:
        table.add_row(example.kind, example.what, str(example.partition), example.name)
    console.print(table)
    left = found.differences - len(found.examples)
    if left:
        console.print(f"{left:,} more differ; name more with --examples.")
