"""When the fold itself fails: whose fault it is, and when a partition must not go on.

A program's error on one record, or on one lease at the end of a day, is that record's or that
lease's own: it is set aside and the rest flows. One that hits everything must not set a whole log
aside, so `MOST_IN_A_ROW` of them stop the partition.
"""

from collections.abc import Sequence
from datetime import date
from traceback import walk_tb

from msgspec import Struct

from alerts.fold.record import Record

FOLD_FAILED = "fold_failed"
MOST_IN_A_ROW = 10
_OURS = ("models.", "alerts.", "streams.")


class PartitionStops(Exception):
    """A partition must not go on. The text says what, where and how to mend, and names nobody;
    nothing of the frame may be written."""


class FoldFails(Exception):
    """The fold of a record failed; `leases` are those, by day, on which the end of a day failed,
    none where it is the record itself. What was folded until then is void."""

    def __init__(self, offset: int, why: str, leases: frozenset[tuple[date, str]]) -> None:
        super().__init__(f"offset {offset}: {why}")
        self.offset = offset
        self.why = why
        self.leases = leases


# Nobody's own fault, whatever was being folded.
UNLAID = (PartitionStops, FoldFails, MemoryError)


class Known(Struct, frozen=True):
    """What is known to fail of the one record of a part: all of it, or `leases` by day. `why` is
    the exception's class and place."""

    record: bool = False
    leases: frozenset[tuple[date, str]] = frozenset()
    why: str = ""


class Part(Struct, frozen=True):
    """Consecutive records of a frame that are folded and saved together; one record alone where
    something of it is known to fail."""

    records: Sequence[Record]
    known: Known = Known()


def cut(part: Part, failure: FoldFails) -> list[Part]:
    """The part cut around the record that failed. `PartitionStops` if even setting aside failed."""
    if part.known.record:
        raise stop(failure.offset, "a record cannot even be set aside", failure.why)
    at = next(n for n, record in enumerate(part.records) if record.offset == failure.offset)
    known = Known(not failure.leases, part.known.leases | failure.leases, failure.why)
    parts = (
        Part(part.records[:at]),
        Part(part.records[at : at + 1], known),
        Part(part.records[at + 1 :]),
    )
    return [part for part in parts if part.records]


def stop(offset: int, what: str, why: str) -> PartitionStops:
    """The exception for a program that cannot fold its log."""
    return PartitionStops(
        f"{what} at offset {offset} ({why}): nothing of its frame is written; start a version of "
        "Bokvar that can fold it, and the partition goes on by itself"
    )


def place(error: BaseException) -> str:
    """An exception's class and the innermost place in Bokvar; never its text, which may quote
    what somebody sent."""
    found = ""
    for frame, line in walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_OURS):
            found = f" in {module}, line {line}"
    return type(error).__name__ + found
