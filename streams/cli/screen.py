"""The one place through which commands write: what was sent to us is shown, never obeyed.

A string printed here is one line. No markup is read from it, and control characters, direction
marks and line separators are written out (`streams.quiet.printable`).
"""

from collections.abc import Iterable
from typing import Any

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress, ProgressColumn
from rich.text import Text

from streams.quiet.printable import printable, printable_json, printable_lines


class Screen(Console):
    """rich's console, for lines and tables: their strings are shown as they are."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False) -> None:
        super().__init__(
            stderr=stderr, soft_wrap=soft_wrap, markup=False, emoji=False, highlight=False
        )

    def render_str(self, text: str, **how: Any) -> Text:
        """A string as it is printed, in a table's cell too."""
        how |= {"markup": False, "emoji": False}
        return super().render_str(printable(text), **how)


def bars(*columns: ProgressColumn) -> Progress:
    """Progress bars on standard error, where a person may see them; rich's own columns if none are
    given."""
    console = Screen(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def bold(text: str, rest: str = "") -> Text:
    """A string that stands out, and the rest of its line."""
    return Text.assemble((printable(text), "bold"), printable(rest))


def lines(parts: Iterable[str | Text]) -> Text:
    """Several lines in one cell."""
    return Text("\n").join(Text(printable(p)) if isinstance(p, str) else p for p in parts)


def say(text: str, *, err: bool = False) -> None:
    """Print one line, to standard error if asked."""
    typer.echo(printable(text), err=err)


def say_page(text: str) -> None:
    """Print a text of several lines, which ends its last one itself."""
    typer.echo(printable_lines(text), nl=False)


def show_json(value: Any, *, err: bool = False) -> None:
    """Print a value as one line of JSON."""
    typer.echo(printable_json(msgspec.json.encode(value)).decode(), err=err)
