"""One clear sentence to standard error, and a non-zero exit."""

from typing import NoReturn

import typer


def refuse(sentence: str, *, status: int = 2) -> NoReturn:
    """Ends the command: 2 for a call that cannot be understood, 1 for input that was refused."""
    typer.echo(f"bokvar: {sentence}", err=True)
    raise typer.Exit(status)
