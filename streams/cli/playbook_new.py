"""`bokvar playbook new`: a playbook to begin with, for a town to make its own."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from streams.cli.refuse import refuse
from streams.cli.screen import say, say_page

_A_NAME, _A_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}"), re.compile(r"[0-9]{4}")

Name = Annotated[str, typer.Argument(help="The playbook's name: small letters, digits and _.")]
Municipality = Annotated[str | None, typer.Option(help="The town's code, SCB's four digits.")]
Out = Annotated[
    Path | None, typer.Option(help="The file to write; default NAME.toml, - for standard output.")
]


def new(name: Name, municipality: Municipality = None, out: Out = None) -> None:
    """Write a playbook with a comment at each part, which works as it is. Overwrites nothing."""
    if not _A_NAME.fullmatch(name):
        refuse(f"{name!r} is no name: 2 to 40 small letters a-z, digits and _, with a letter first")
    if municipality is not None and not _A_CODE.fullmatch(municipality):
        refuse(f"--municipality {municipality!r} is no code: write four digits, as 0181")
    text = _template(name, municipality)
    path = out or Path(f"{name}.toml")
    if str(path) == "-":
        say_page(text)
        return
    _write(path, text)
    say(
        f"{path}: a playbook that works as it is. Make it yours, then: bokvar playbook check {path}"
    )


def _template(name: str, municipality: str | None) -> str:
    text = (files("alerts.playbooks") / "template.toml").read_text("utf-8")
    codes = f'["{municipality}"]' if municipality else "[]"
    return text.replace('"NAME"', f'"{name}"').replace("NAME", name).replace("[CODES]", codes)


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as sink:
            sink.write(text)
    except FileExistsError:
        refuse(f"{path} is there already: name another with --out, or take it away", status=1)
    except OSError as error:
        refuse(f"cannot write {path}: {error.strerror}; choose another with --out", status=1)
