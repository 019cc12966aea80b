"""The options that every letter has."""

from pathlib import Path
from typing import Annotated

import typer

Caseworker = Annotated[str, typer.Option(help="Name of the caseworker responsible.")]
Phone = Annotated[str, typer.Option(help="The caseworker's phone.")]
Municipality = Annotated[
    str | None, typer.Option(help="The municipality's name; a blank without it.")
]
In = Annotated[
    str, typer.Option("--language", help="The letter's language: sv, en or a town's own.")
]
Own = Annotated[
    Path | None,
    typer.Option("--templates", help="Folder of a town's own templates (BOKVAR_LETTER_TEMPLATES)."),
]
Out = Annotated[
    list[Path] | None,
    typer.Option(
        help="Write it to this file: .pdf, .docx to edit in Word, or .txt. May be repeated."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD", help="The letter's day; default the day after the newest that ended."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
