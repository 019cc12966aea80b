"""One clear sentence to standard error, and a non-zero exit."""

from typing import NoReturn

import typer

from streams.cli.screen import say


def refuse(sentence: str, *, status: int = 2) -> NoReturn:
    """Ends the command: 2 for a call that cannot be understood, 1 for input that was refused."""
    say(f"bokvar: {sentence}", err=True)
    raise typer.Exit(status)
