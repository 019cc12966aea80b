"""`bokvar deadletters release` and `discard`: a decision about a record that was set aside.

It is published to the record's own partition as an event like any other: the fold carries it out,
and the log keeps who decided and why.
"""

import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec import Struct

from alerts.commands import mend_record
from alerts.commands.mend_record import MendError
from alerts.fold.record import DeadRecord
from alerts.store.database import reading
from alerts.views import worklist
from models.contract.events import BOKVAR, make_event
from models.contract.facts import RecordDiscarded, RecordReleased
from streams.cli.publish import fault
from streams.cli.refuse import refuse
from streams.cli.system import System, opened
from streams.kafka import publisher
from streams.proof.verify import own_topic

_POLL = 0.1  # seconds
LONGEST = 200  # characters of who and why, as the contract has it

Partition = Annotated[int, typer.Argument(min=0, help="Partition of the record.")]
Offset = Annotated[int, typer.Argument(min=0, help="Offset of the record.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
By = Annotated[str, typer.Option("--by", help="Who decides this.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the log.")]
Wait = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait until it has taken effect.")
]
Decision = RecordReleased | RecordDiscarded


class Decided(Struct):
    """What `release` and `discard` print with `--json`."""

    partition: int
    offset: int
    decision: str
    event_id: str
    folded: bool


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
            event = mend_record.mend(letter, partition, given, pairs, fault)
        except MendError as error:
            refuse(str(error), status=1)
        fact = RecordReleased(offset=offset, event=event, by=by, reason=reason)
        folded = _decide(system, partition, fact, f"released:{partition}:{offset}", wait)
    event_id = msgspec.json.decode(event)["id"]
    _tell(Decided(partition, offset, "released", event_id, folded), as_json)


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


def _open(system: System, partition: int, offset: int) -> DeadRecord:
    try:
        return mend_record.check_open(stored_letter(system, partition, offset), partition, offset)
    except MendError as error:
        refuse(str(error), status=1)


def stored_letter(system: System, partition: int, offset: int) -> DeadRecord | None:
    """The record set aside there, as the database has it."""
    with reading(system.engine) as connection:
        return worklist.dead_letter(connection, partition, offset)


def _decide(system: System, partition: int, fact: Decision, event_id: str, wait: float) -> bool:
    """Publish the decision to the record's own partition; has it taken effect in `wait` s?"""
    if not all(text.strip() and len(text) <= LONGEST for text in (fact.by, fact.reason)):
        refuse(f"--by and --reason must say something, in at most {LONGEST} characters each")
    own_topic(system.settings, system.engine)
    event = make_event(fact, source=BOKVAR, event_id=event_id)
    with publisher.plain(system.settings) as send:
        send(None, msgspec.json.encode(event), partition)
    deadline = time.monotonic() + wait
    while True:
        letter = stored_letter(system, partition, fact.offset)
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
