"""`bokvar checkpoint`: verify, then save the folded state, so that the next verify is short."""

from typing import Annotated

import typer

from streams.cli.screen import Screen, show_json
from streams.cli.system import bar, move, opened
from streams.cli.verify import show
from streams.proof.take_checkpoint import save

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def checkpoint(as_json: AsJson = False) -> None:
    """Compare the database with the log, and save a checkpoint if nothing differs.

    The two newest are kept; sent messages that both cover are deleted from the outbox. Status 1,
    and nothing saved, if something differs.
    """
    with opened() as system, bar("Folding the log again") as progress:
        outcome = save(
            system.settings,
            system.engine,
            told=lambda done, total: move(progress, done, total),
        )
    if as_json:
        show_json(outcome)
    else:
        show(outcome.verified)
        console = Screen(soft_wrap=True)
        if outcome.sequence is None:
            console.print("No checkpoint was saved: first find why the database differs.")
        else:
            pruned = f"; {outcome.pruned:,} sent messages pruned" if outcome.pruned else ""
            console.print(f"Checkpoint {outcome.sequence} is in {outcome.folder}{pruned}.")
    if outcome.sequence is None:
        raise typer.Exit(1)
