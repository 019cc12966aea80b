"""A frame, and what became of it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from alerts.fold.record import Record
from alerts.rules.reach import Stop


class Verdict(StrEnum):
    """What the watermark said of a frame."""

    COMMITTED = "committed"
    STALE = "stale"  # all of it is folded already
    GAP = "gap"  # it begins beyond the watermark: read again from there
    STOPPED = "stopped"  # other rules hold from the watermark on: nothing of it may be folded


class Frame(Struct):
    """The records one fetch brought for one partition: offsets from `start` up to `next`."""

    partition: int
    start: int
    next: int
    records: Sequence[Record]


class Folded(Struct):
    """What became of a frame: the watermark that now holds, counts, seconds by stage, and a line
    for each record that was set aside because its fold failed, with no personal data. `stop` says
    why the partition must not go on from the watermark, if it must not."""

    verdict: Verdict
    watermark: int
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    today: date | None = None
    failed: list[str] = field(default_factory=list)
    stop: Stop | None = None

    @property
    def why(self) -> str | None:
        """Why the partition stops, and what becomes of it, in a sentence."""
        return None if self.stop is None else self.stop.sentence
