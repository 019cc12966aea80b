"""`bokvar deadletters release` and `discard`: a decision about a record that was set aside."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from msgspec import Struct

from alerts.commands.dead_record import LONGEST, Decision, Refusal, Refused
from alerts.commands.discard_record import discard_record
from alerts.commands.event_log import EventLog, Position
from alerts.commands.mend_record import Mending
from alerts.commands.release_record import release_record
from alerts.views.stored_records import StoredRecords
from streams.cli.event_fault import fault
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.system import opened
from streams.kafka.event_log import KafkaEventLog
from streams.proof.places import own_topic

Partition = Annotated[int, typer.Argument(min=0, help="Partition of the record.")]
Offset = Annotated[int, typer.Argument(min=0, help="Offset of the record.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
By = Annotated[str, typer.Option("--by", help="Who decides this.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the log.")]
Wait = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait until it has taken effect.")
]


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
    mending = Mending(fault, _read(file), dict(_pair(text) for text in changes or ()))
    decision = Decision(Position(partition, offset), by, reason)
    with _ready() as (log, records):
        answer = release_record(log, records, decision, mending, seconds=wait)
    if isinstance(answer, Refused):
        _refuse(answer)
    _tell(Decided(partition, offset, "released", answer.event_id, answer.folded), as_json)


def discard(
    partition: Partition,
    offset: Offset,
    by: By,
    reason: Reason,
    wait: Wait = 30.0,
    as_json: AsJson = False,
) -> None:
    """Decide that a record is not needed; its lease is complete again."""
    decision = Decision(Position(partition, offset), by, reason)
    with _ready() as (log, records):
        answer = discard_record(log, records, decision, seconds=wait)
    if isinstance(answer, Refused):
        _refuse(answer)
    _tell(Decided(partition, offset, "discarded", answer.event_id, answer.folded), as_json)


@contextmanager
def _ready() -> Iterator[tuple[EventLog, StoredRecords]]:
    with opened() as system:
        settings, engine = system
        log = KafkaEventLog(settings, engine, lambda: own_topic(settings, engine))
        with closing(log):
            yield log, StoredRecords(system.engine)


def _refuse(answer: Refused) -> NoReturn:
    if answer.refusal is Refusal.UNSIGNED:
        refuse(f"--by and --reason must say something, in at most {LONGEST} characters each")
    refuse(answer.sentence, status=1)


def _tell(decided: Decided, as_json: bool) -> None:
    if as_json:
        show_json(decided)
    elif decided.folded:
        say(f"Partition {decided.partition}, offset {decided.offset}: {decided.decision}.")
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
