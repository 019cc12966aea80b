"""`bokvar publish`: event JSON lines from files or standard input to the event topic."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from msgspec import Struct

from streams.cli.event_fault import fault
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.system import bar, move, opened
from streams.kafka import publisher
from streams.kafka.by_clock import goes_by_clock
from streams.proof.places import own_topic

NAMED = 20  # bad lines that are told one by one
_IN_MEMORY = 64 << 20  # bytes of standard input that are kept before a file takes over

Files = Annotated[
    list[Path], typer.Argument(help="Files of event JSON lines; - is standard input.")
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Publish the good lines although others are bad.")
]
Replay = Annotated[
    bool,
    typer.Option(
        "--replay",
        help="The files are a replay or a simulation, with the ends of days (calendar.day) in "
        "them; not in a log that a scheduler has told its days.",
    ),
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


def publish(
    files: Files, replay: Replay = False, skip_bad: SkipBad = False, as_json: AsJson = False
) -> None:
    """Publish events, one JSON object a line, in their order.

    All lines are checked first: with a bad one nothing is published, unless --skip-bad. Status 1
    if a line was bad. What is published twice has no effect.
    """
    with opened() as system, ExitStack() as stack:
        settings, topic = system.settings, own_topic(system.settings, system.engine)
        sources = [(str(path), _opened(path, stack)) for path in files]
        if replay and goes_by_clock(settings, system.engine, topic):
            refuse(
                "nothing was published: a scheduler has told this log its days, and no others may "
                "come into it; give a replay a system of its own (BOKVAR_PREFIX and "
                "BOKVAR_DATABASE, then `bokvar init`)",
                status=1,
            )
        good, bad = _check(sources, replay)
        if bad and not skip_bad:
            _tell(bad, Answer(0, 0, len(bad), bad[:NAMED]), as_json)
            refuse("nothing was published: mend these lines, or add --skip-bad", status=1)
        with bar("Publishing") as progress:
            done = publisher.publish_plain(
                _lines(sources, bad),
                settings,
                partitions=topic.partitions,
                told=lambda n: move(progress, n, good),
            )
    answer = Answer(done.events, done.messages, len(bad), bad[:NAMED])
    _tell(bad, answer, as_json)
    if not as_json:
        say(f"{done.events:,} events published, as {done.messages:,} messages.")
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


def _check(sources: Iterable[tuple[str, BinaryIO]], replay: bool) -> tuple[int, list[BadLine]]:
    """How many lines are good, and the bad ones."""
    good, bad = 0, []
    for file, source in sources:
        for number, line in _numbered(source):
            error = fault(line, replay=replay)
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


def _tell(bad: list[BadLine], answer: Answer, as_json: bool) -> None:
    for line in bad[:NAMED]:
        say(f"{line.file}, line {line.line}: {line.error}", err=True)
    if len(bad) > NAMED:
        say(f"... and {len(bad) - NAMED} more", err=True)
    if as_json:
        show_json(answer)
