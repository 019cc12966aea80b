"""`bokvar upgrade`: the rules of this release begin here."""

from typing import Annotated

import typer

from alerts.rules.rules import short
from streams.cli.screen import Screen, show_json
from streams.cli.system import bar, move, opened
from streams.rules.upgrade import Upgraded
from streams.rules.upgrade import upgrade as bring_about

Wait = Annotated[
    float,
    typer.Option(
        min=0, metavar="SECONDS", help="How long the partitions have to come to the change."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def upgrade(wait: Wait = 600.0, as_json: AsJson = False) -> None:
    """Bring the rules of this release in force, with a checkpoint where they begin.

    Leave the workers of the release before running meanwhile: they read up to the change and stop.
    Harmless to repeat; run by an older release, it goes back to that one's rules.
    """
    with opened(current=False) as system, bar("Partitions at the change") as progress:
        done = bring_about(
            system.settings,
            system.engine,
            wait=wait,
            told=lambda there, of: move(progress, there, of),
        )
    if as_json:
        show_json(done)
    else:
        _show(done)


def _show(done: Upgraded) -> None:
    console = Screen(soft_wrap=True)
    if done.checkpoint is None:
        console.print(f"Rules {short(done.digest)} are in force already: nothing is new.")
        return
    console.print(
        f"Rules {short(done.digest)} hold from here on; checkpoint {done.checkpoint} is saved "
        "where they begin. The workers of this release go on from there: start them if they do not "
        "run yet, and stop those of the release before."
    )
    for text in done.changed:
        console.print(f"  {text}")
    if done.passed:
        console.print(
            f"Partitions {', '.join(map(str, done.passed))} were read beyond the change by a "
            "worker of a release that does not look at rules: stop it. What it did there stays."
        )
