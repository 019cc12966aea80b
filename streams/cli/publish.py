"""`bokvar publish`: event JSON lines from files or standard input to the event topic."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer
from msgspec import Struct

from alerts import settings as options
from models.contract import facts
from models.contract.events import AnyEvent, Event
from streams.cli.jsonl import explain
from streams.cli.refuse import refuse
from streams.cli.system import bar, move, told
from streams.kafka import decode, publisher, topics

NAMED = 20  # bad lines that are told one by one
_IN_MEMORY = 64 << 20  # bytes of standard input that are kept before a file takes over
_BY_COMMAND = (facts.RecordReleased, facts.RecordDiscarded)
_HOW_TO_MEND = {
    decode.UNKNOWN_TYPE: "its type is not one of the contract's: see docs/contract",
    decode.SUBJECT_MISMATCH: "subject and data.lease_id differ: give both the lease's id",
    decode.LEASE_ID: "the lease id is not <organisation number>:<the landlord's own number>",
    decode.DATE_OUT_OF_RANGE: "a date lies outside the calendar: check the year",
    decode.KEY_MISSING: "it has no subject: give it the lease's id",
    "source_unknown": "its source is not urn:landlord:..., urn:municipality:..., urn:kronofogden "
    "or urn:bokvar",
    "type_not_allowed_for_source": "its source may not report this type: see docs/contract",
    "lease_of_another_landlord": "its source is another landlord than the lease id's",
}

Files = Annotated[
    list[Path], typer.Argument(help="Files of event JSON lines; - is standard input.")
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Publish the good lines although others are bad.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class BadLine(Struct, frozen=True):
    """A line that is no event of the contract, and why, in one sentence."""

    file: str
    line: int
    error: str


class Answer(Struct):
    """What `--json` prints; an event without a lease is one message for each partition."""

    events: int
    messages: int
    bad: int
    bad_lines: list[BadLine]


def publish(files: Files, skip_bad: SkipBad = False, as_json: AsJson = False) -> None:
    """Publish events, one JSON object a line, in their order.

    All lines are checked first: with a bad one nothing is published, unless --skip-bad. Status 1
    if a line was bad. What is published twice has no effect.
    """
    with told(), ExitStack() as stack:
        settings = options.read(os.environ)
        sources = [(str(path), _opened(path, stack)) for path in files]
        good, bad = _check(sources)
        if bad and not skip_bad:
            _tell(bad, Answer(0, 0, len(bad), bad[:NAMED]), as_json)
            refuse("nothing was published: mend these lines, or add --skip-bad", status=1)
        with bar("Publishing") as progress, publisher.plain(settings) as send:
            partitions = topics.event_topic(settings).partitions
            done = publisher.send_all(
                _lines(sources, bad), send, partitions, lambda n: move(progress, n, good)
            )
    answer = Answer(done.events, done.messages, len(bad), bad[:NAMED])
    _tell(bad, answer, as_json)
    if not as_json:
        typer.echo(f"{done.events:,} events published, as {done.messages:,} messages.")
    if bad:
        refuse(f"{len(bad)} lines were bad and not published", status=1)


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    """The file, or a copy of standard input, which is read twice."""
    if str(path) == "-":
        copy = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the stack's
        while block := sys.stdin.buffer.read(1 << 20):
            copy.write(block)
        return copy  # type: ignore[return-value]
    if not path.is_file():
        refuse(f"{path} is not a file: name a file of event JSON lines, or - for standard input")
    return stack.enter_context(path.open("rb"))


def _numbered(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers, from the beginning."""
    source.seek(0)
    for number, line in enumerate(source, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # a byte order mark is no part of it
        if line := line.strip():
            yield number, line


def _check(sources: Iterable[tuple[str, BinaryIO]]) -> tuple[int, list[BadLine]]:
    """How many lines are good, and the bad ones."""
    good, bad = 0, []
    for file, source in sources:
        for number, line in _numbered(source):
            error = fault(line)
            if error is None:
                good += 1
            else:
                bad.append(BadLine(file, number, error))
    return good, bad


def _lines(sources: Iterable[tuple[str, BinaryIO]], bad: list[BadLine]) -> Iterator[bytes]:
    wrong = {(line.file, line.line) for line in bad}
    for file, source in sources:
        for number, line in _numbered(source):
            if (file, number) not in wrong:
                yield line


def fault(line: bytes) -> str | None:
    """Why a line is no event that may be published, in words that say how to mend it; or None."""
    record = decode.decode(0, _key(line), line)
    if record.event is not None:
        return _not_for_all(record.event)
    error = record.error or decode.UNREADABLE
    if error in _HOW_TO_MEND:
        return _HOW_TO_MEND[error]
    try:
        msgspec.json.decode(line, type=AnyEvent)
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        return explain(reason).replace("see --help for the fields", "see docs/contract")
    return error


def _not_for_all(event: Event) -> str | None:
    if isinstance(event.data, _BY_COMMAND):
        return "it belongs to one partition: use `bokvar deadletters`"
    return None


class _Subject(Struct):
    subject: str | None = None


def _key(line: bytes) -> bytes | None:
    try:
        subject = msgspec.json.decode(line, type=_Subject).subject
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return None if subject is None else subject.encode()


def _tell(bad: list[BadLine], answer: Answer, as_json: bool) -> None:
    for line in bad[:NAMED]:
        typer.echo(f"{line.file}, line {line.line}: {line.error}", err=True)
    if len(bad) > NAMED:
        typer.echo(f"... and {len(bad) - NAMED} more", err=True)
    if as_json:
        typer.echo(msgspec.json.encode(answer).decode())
