"""How far may these records be folded? Up to where rules begin that the program does not know.

A change of rules is the first record under the rules it names. A program that does not know them
leaves it, and the watermark before it, to the release that does.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from alerts.fold.record import Record
from alerts.rules.rules import short
from models.contract.facts import RulesChanged

_OR_A_MODEL = "; if a risk model was promoted, bring its folder to this machine (BOKVAR_MODELS)"


class UnknownRules(Exception):
    """The log needs rules that this program does not know; the text says where and what to do."""


class Stop(NamedTuple):
    """Why a program must not fold on, and what becomes of the partition then."""

    why: str
    then: str

    @property
    def sentence(self) -> str:
        """Both, for those who look after a worker."""
        return f"{self.why}: {self.then}"


class Reach(NamedTuple):
    """`records` may be folded. `stop` says why what comes next may not, which begins at offset
    `at`; None when nothing stops the partition."""

    records: Sequence[Record]
    at: int | None = None
    stop: Stop | None = None


def begins(record: Record) -> RulesChanged | None:
    """The change of rules that the record is, if it is one."""
    data = record.event.data if record.event is not None else None
    return data if type(data) is RulesChanged else None


def _never(event_id: str) -> bool:
    return False


def reach(
    rules: str,
    records: Sequence[Record],
    knows: Callable[[str], bool],
    held: Callable[[str], bool] = _never,
) -> Reach:
    """The first of `records` that may be folded by a program that `knows` digests, in a partition
    under `rules`, with nothing between its watermark and them.

    `held` tells of a change, by its event id, whether its checkpoint is still to be taken.
    """
    if not knows(rules) and (not records or begins(records[0]) is None):
        return Reach((), None, under(rules))
    for place, record in enumerate(records):
        event = record.event
        if event is None or type(event.data) is not RulesChanged:
            continue
        if not knows(event.data.digest):
            stop = beginning(event.data.digest, record.offset)
        elif held(event.id):
            stop = waiting(record.offset)
        else:
            continue
        return Reach(records[:place], record.offset, stop)
    return Reach(records)


def under(rules: str) -> Stop:
    """A partition cannot be folded whose rules are unknown."""
    return Stop(
        f"rules {short(rules)} hold there, which this release does not know",
        "workers of the release that does read on to where this one's begin (`bokvar upgrade`)"
        + _OR_A_MODEL,
    )


def beginning(rules: str, offset: int) -> Stop:
    """A partition stands at a change to unknown rules."""
    return Stop(
        f"at offset {offset} rules {short(rules)} begin, which this release does not know",
        "workers of the release that does go on from there, and these may be stopped" + _OR_A_MODEL,
    )


def waiting(offset: int) -> Stop:
    """A partition stands at a change whose rules are known."""
    return Stop(
        f"at offset {offset} other rules begin, and the checkpoint there is not taken yet",
        "let `bokvar upgrade` come to its end, or run it again",
    )
