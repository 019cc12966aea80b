"""JSON lines in, JSON lines out: one answer a line, in order, with bounded memory.

A line that cannot be read or answered becomes an error line with its number and, when it can be
told, its id; the lines after it go on. Empty lines are passed over.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import msgspec

from streams.quiet.printable import printable_json

LONGEST_LINE = 1 << 20  # a case is a few hundred bytes; a megabyte without a line end is no case
_LINES_A_WRITE = 512

NO_ID = msgspec.Raw(b"null")


class Source(Protocol):
    """Where lines come from; a binary file."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or its first `limit` bytes; empty at the end."""


class Sink(Protocol):
    """Where answers go; a binary file."""

    def write(self, data: bytes, /) -> object:
        """Takes the bytes."""

    def flush(self) -> object:
        """Hands on what has been taken."""


class ErrorLine(msgspec.Struct):
    """What stands in the output for a line without an answer."""

    id: msgspec.Raw
    line: int
    error: str


class Answered(msgspec.Struct):
    """How a stream went: lines answered, lines refused, and the first refused line's number."""

    answered: int = 0
    refused: int = 0
    first_refused: int | None = None

    @property
    def lines(self) -> int:
        """All lines that held something."""
        return self.answered + self.refused

    def complaint(self) -> str:
        """What to tell the caller when lines were refused."""
        return (
            f"{self.refused} of {self.lines} lines could not be answered, the first is line "
            f'{self.first_refused}: see "error" in the output'
        )


class _OnlyId(msgspec.Struct):
    id: msgspec.Raw = NO_ID


_ids = msgspec.json.Decoder(_OnlyId)
_encoder = msgspec.json.Encoder()


def answer_lines(source: Source, sink: Sink, answer: Callable[[bytes], Any]) -> Answered:
    """Writes `answer(line)` to `sink` as JSON for every line of `source`.

    `answer` refuses a line by raising msgspec.DecodeError, ValueError or LookupError, whose text
    says what is wrong, or RecursionError. Other exceptions are faults of ours and end the stream.
    """
    outcome = Answered()
    written: list[bytes] = []
    for number, line in _numbered(source):
        try:
            _check_line(line)
            written.append(_encoder.encode(answer(line)))
            outcome.answered += 1
        except (msgspec.DecodeError, ValueError, LookupError, RecursionError) as fault:
            written.append(_encoder.encode(_error_line(number, line, fault)))
            outcome.refused += 1
            outcome.first_refused = outcome.first_refused or number
        if len(written) >= _LINES_A_WRITE:
            _write(sink, written)
    _write(sink, written)
    sink.flush()
    return outcome


def _numbered(source: Source) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers; of an overlong one only its beginning."""
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST_LINE + 1)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # a byte order mark is no part of the case
        if not line.isspace():
            yield number, line


def _check_line(line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the line is longer than {LONGEST_LINE} bytes: one case a line")
    if not line.isascii():
        line.decode()  # ids pass through as they came, so they are checked here


def _write(sink: Sink, lines: list[bytes]) -> None:
    if lines:
        lines.append(b"")
        sink.write(printable_json(b"\n".join(lines)))
        lines.clear()


def _error_line(number: int, line: bytes, fault: Exception) -> ErrorLine:
    try:
        line.decode()
        known = _ids.decode(line).id
    except (msgspec.DecodeError, ValueError, RecursionError):
        known = NO_ID
    return ErrorLine(known, number, f"line {number}: {explain(fault)}")


def explain(fault: Exception) -> str:
    """The fault in one sentence that says how to mend it."""
    text = str(fault)
    if isinstance(fault, UnicodeDecodeError):
        return "not UTF-8: save the file as UTF-8"
    if isinstance(fault, RecursionError):
        return "nested too deeply: give the fields of one case, as in --help"
    if not isinstance(fault, msgspec.DecodeError):
        return text
    if not isinstance(fault, msgspec.ValidationError):
        return f"not one JSON object: {text}"
    field = text.rpartition(" - at `$.")[2].rstrip("`")
    if "encoded date" in text:
        return f"{field} is not a day of the calendar; write it as 2027-03-24"
    if "matching regex" in text:
        return f"{field} is not a month; write it as 2026-12"
    return f"{text}; see --help for the fields"
