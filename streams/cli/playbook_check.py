"""`bokvar playbook check`: can these files be used, and what is to be mended?"""

from pathlib import Path
from typing import Annotated

import typer

from alerts.playbooks.own import checked
from streams.cli.screen import say

Files = Annotated[list[Path], typer.Argument(help="Playbooks, as TOML files.")]


def check(files: Files) -> None:
    """Tell all that is wrong, each with file, key and how to mend it; ends with 1 if anything is.

    Files that are checked together must be told apart: no two for the same leases of a town.
    """
    found, faults = checked(files)
    for fault in faults:
        say(fault)
    for file, playbook in found:
        own = [fault for fault in faults if fault.startswith(f"{file}: ")]
        if not own:
            count = len(playbook.steps)
            say(f"{file}: fine, {count} {'step' if count == 1 else 'steps'}")
    if faults:
        raise typer.Exit(1)
