"""Commands write through one place, and what a sender wrote is shown there as it is."""

import ast
import io
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from rich.table import Table

from streams.cli.screen import Screen, bold, lines
from tests.builders import days, invoiced, registered
from tests.quiet.test_printable import EVIL, obeyed
from tests.streams.cli.commands import run

CLI = Path(__file__).resolve().parents[2] / "streams" / "cli"
# What writes to a terminal, and where rich makes a string that the screen does not see.
ELSEWHERE = {"print", "echo", "secho", "get_text_stream", "Console", "Text"}


def written_by(file: Path) -> set[str]:
    """The names by which a module writes, other than the screen's."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if name in ELSEWHERE and owner not in ("console", "Screen"):
                found.add(name)
    return found


def test_a_command_that_writes_by_itself_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "loud.py"
    file.write_text("print(x)\ntyper.echo(x)\nconsole.print(x)\n")
    assert written_by(file) == {"print", "echo"}


def test_no_command_writes_but_through_the_screen() -> None:
    allowed = {"screen.py": {"echo", "Text"}, "riksnorm.py": {"print"}}
    for file in CLI.glob("*.py"):
        assert written_by(file) <= allowed.get(file.name, set()), file.name


def shown(thing: object) -> str:
    """What a screen of a terminal with colours gets."""
    screen, sink = Screen(), io.StringIO()
    screen.file = sink
    screen.width = 400
    screen.print(thing)
    return sink.getvalue()


def test_markup_escapes_and_line_ends_in_a_string_are_shown_as_they_are() -> None:
    text = f"[bold red]{EVIL}[/] :smile:"
    for thing in (text, bold(text), lines([text])):
        out = shown(thing)
        assert "[bold red]" in out
        assert ":smile:" in out
        assert "\\x1b[31m" in out
        assert not obeyed(out.removesuffix("\n"))


def test_the_cells_headings_and_title_of_a_table_are_too() -> None:
    table = Table(EVIL, title=EVIL, box=None)
    table.add_row(EVIL)
    out = shown(table)
    assert out.count("\n") == 3
    assert not obeyed(out.replace("\n", ""))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A file of a lease whose district is not meant well, and of a broken line."""
    events = [
        registered(district=f"{EVIL}[bold]x[/]\nforged: line"),
        invoiced("2026-03"),
        *days("2026-02-20", "2026-03-20"),
    ]
    file = tmp_path / "town.jsonl"
    broken = {"id": EVIL, "type": EVIL, "source": EVIL, "subject": EVIL}
    text = b"\n".join([*map(msgspec.json.encode, events), json.dumps(broken).encode()])
    file.write_bytes(text)
    return file


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "machines"])
def test_a_file_tried_cannot_steer_the_terminal(town: Path, more: list[str]) -> None:
    ran = run({}, "try", str(town), *more)
    out = ran.output + ran.errors
    assert "x1b" in out.lower() or "001b" in out
    assert not obeyed(out.replace("\n", ""))
    assert not any(line.startswith("forged") for line in out.splitlines())


def test_json_lines_give_an_id_back_with_its_value_but_escaped() -> None:
    raw = json.dumps({"id": EVIL, "due_on": str(date(2026, 3, 2))}, ensure_ascii=False).encode()
    for command in ("deadlines", "riksnorm"):
        ran = run({}, command, "--jsonl", "-", given=raw + b"\n")
        assert not obeyed(ran.output.replace("\n", ""))
        assert json.loads(ran.output)["id"] == EVIL


def test_a_bad_line_of_a_file_is_refused_without_steering_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / f"a{EVIL.replace('/', '')}.jsonl"
    file.write_text(json.dumps({"type": EVIL}))
    for command in (["publish", str(file)], ["try", str(file) + "none"]):
        ran = run({}, *command)
        assert ran.status in (1, 2)
        assert not obeyed((ran.errors + ran.output).replace("\n", ""))
