"""`bokvar deadletters`: list, show, release and discard what was set aside.

A decision is an event in the log like any other: the fold carries it out, the audit is the log.
"""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from msgspec import Struct
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from alerts import mending, views
from alerts.database import reading
from alerts.frame import DeadLetter
from alerts.mending import MendError
from alerts.views import StoredLetter
from models.events import BOKVAR, make_event
from models.facts import RecordDiscarded, RecordReleased
from streams import publisher
from streams.cli.publish import fault
from streams.cli.refuse import refuse
from streams.cli.system import System, opened
from streams.verify import own_topic

_POLL = 0.1  # seconds
app = typer.Typer(help="List, show, release and discard records that were set aside.")

Partition = Annotated[int, typer.Argument(min=0, help="Partition of the record.")]
Offset = Annotated[int, typer.Argument(min=0, help="Offset of the record.")]
By = Annotated[str, typer.Option("--by", help="Who decides this.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the log.")]
Wait = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait until it has taken effect.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


Decision = RecordReleased | RecordDiscarded


class Decided(Struct):
    """What `release` and `discard` print with `--json`."""

    partition: int
    offset: int
    decision: str
    event_id: str
    folded: bool


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Also what has been decided.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 shows all.")] = 50,
    as_json: AsJson = False,
) -> None:
    """What was set aside and waits for a decision."""
    with opened() as system, reading(system.engine) as connection:
        found = views.dead_letters(connection, None if every else "open")
    shown = found[: limit or None]
    if as_json:
        rows = [_row(stored) for stored in shown]
        typer.echo(json.dumps({"dead_letters": rows, "left_out": len(found) - len(shown)}))
        return
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("partition", "offset", "error", "since", "state", "source", "leases"):
        table.add_column(heading, overflow="fold")
    for stored in shown:
        table.add_row(*(str(value) for value in _cells(stored)))
    console = Console()
    console.print(table if found else "Nothing is set aside.")
    if len(found) > len(shown):
        console.print(f"{len(found) - len(shown):,} more (--limit 0 shows all).")


@app.command()
def show(partition: Partition, offset: Offset, as_json: AsJson = False) -> None:
    """One record with its bytes, which may hold personal data."""
    with opened() as system:
        letter = _letter(system, partition, offset)
    if letter is None:
        refuse(f"nothing was set aside at partition {partition}, offset {offset}", status=1)
    row = _row(StoredLetter(partition, letter)) | {
        "key": None if letter.key is None else letter.key.decode("utf-8", "replace"),
        "value": letter.value.decode("utf-8", "replace"),
    }
    if as_json:
        typer.echo(json.dumps(row))
        return
    console = Console(soft_wrap=True)
    for name, value in row.items():
        if value not in (None, "", []):
            console.print(f"{name}: {value}", highlight=False, markup=False)


@app.command()
def release(
    partition: Partition,
    offset: Offset,
    by: By,
    reason: Reason,
    file: Annotated[Path | None, typer.Option(help="The whole mended event, as JSON.")] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Mend a field, as data.amount_ore=1."),
    ] = None,
    wait: Wait = 30.0,
    as_json: AsJson = False,
) -> None:
    """Let a record go on, mended: it is published as a new event of its own sender."""
    given = _read(file)
    pairs = dict(_pair(text) for text in changes or ())
    with opened() as system:
        letter = _open(system, partition, offset)
        try:
            event = mending.mend(letter, partition, given, pairs, fault)
        except MendError as error:
            refuse(str(error), status=1)
        fact = RecordReleased(offset=offset, event=event, by=by, reason=reason)
        folded = _decide(system, partition, fact, f"released:{partition}:{offset}", wait)
    event_id = msgspec.json.decode(event)["id"]
    _tell(Decided(partition, offset, "released", event_id, folded), as_json)


@app.command()
def discard(
    partition: Partition,
    offset: Offset,
    by: By,
    reason: Reason,
    wait: Wait = 30.0,
    as_json: AsJson = False,
) -> None:
    """Decide that a record is not needed; its lease is complete again."""
    with opened() as system:
        letter = _open(system, partition, offset)
        fact = RecordDiscarded(offset=offset, by=by, reason=reason)
        folded = _decide(system, partition, fact, f"discarded:{partition}:{offset}", wait)
    _tell(Decided(partition, offset, "discarded", letter.event_id, folded), as_json)


def _open(system: System, partition: int, offset: int) -> DeadLetter:
    try:
        return mending.check_open(_letter(system, partition, offset), partition, offset)
    except MendError as error:
        refuse(str(error), status=1)


def _letter(system: System, partition: int, offset: int) -> DeadLetter | None:
    with reading(system.engine) as connection:
        return views.dead_letter(connection, partition, offset)


def _decide(system: System, partition: int, fact: Decision, event_id: str, wait: float) -> bool:
    """Publish the decision to the record's own partition; has it taken effect in `wait` s?"""
    if not all(text.strip() and len(text) <= 200 for text in (fact.by, fact.reason)):
        refuse("--by and --reason must say something, in at most 200 characters each")
    own_topic(system.settings, system.engine)
    event = make_event(fact, source=BOKVAR, event_id=event_id)
    with publisher.plain(system.settings) as send:
        send(None, msgspec.json.encode(event), partition)
    deadline = time.monotonic() + wait
    while True:
        letter = _letter(system, partition, fact.offset)
        if letter is None or letter.state != "open":
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL)


def _tell(decided: Decided, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode(decided).decode())
    elif decided.folded:
        typer.echo(f"Partition {decided.partition}, offset {decided.offset}: {decided.decision}.")
    if not decided.folded:
        refuse(
            "the decision is in the log, but has not taken effect yet: it will when a worker has "
            "read it (see `bokvar status`)",
            status=1,
        )


def _read(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(f"cannot read {file}: {error.strerror}")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        refuse(f"--set {text!r} is not FIELD=VALUE; write it as data.amount_ore=725000")
    return name, value


def _row(stored: StoredLetter) -> dict[str, Any]:
    letter = stored.letter
    return {
        "partition": stored.partition,
        "offset": letter.offset,
        "error": letter.error,
        "since": letter.since.isoformat(),
        "state": letter.state,
        "source": letter.source,
        "event_id": letter.event_id,
        "leases": letter.leases,
        "by": letter.by,
        "reason": letter.reason,
    }


def _cells(stored: StoredLetter) -> tuple[object, ...]:
    letter = stored.letter
    leases = ", ".join(letter.leases)
    return (
        stored.partition,
        letter.offset,
        letter.error,
        letter.since,
        letter.state,
        letter.source,
        leases,
    )
