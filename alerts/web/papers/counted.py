"""Which day a second look may promise: the one that the case will have once the paper is told.

Counted from the paper alone it may be a day after the real one, and who trusts it comes too late.
"""

from datetime import date

from msgspec import Struct

from alerts.commands.tell_paper import Paper, Refused, as_told
from models.contract.events import Event
from models.contract.facts import NoticeServed
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.heard import counts
from models.lease.settlement import settle
from models.lease.state import Lease, decode, encode
from models.standing import legal


class Counted(Struct, frozen=True):
    """`day` is the last day to save the home as the case will have it; None where it will have
    none, or where there is no case yet: then the paper is all there is. `may_say` is no for whom
    the case is closed to: what it has they may not know, and without that any day may be false."""

    may_say: bool = True
    day: date | None = None

    def not_before(self, floor: date) -> date | None:
        """The day to say where the paper alone gives `floor`; None where none is sure."""
        if not self.may_say or (self.day is not None and self.day < floor):
            return None
        return self.day or floor


def counted(lease: Lease, paper: Paper) -> Counted:
    """What the case says once the paper is told, of a case that is open to who asks."""
    event = as_told(lease, paper)
    if isinstance(event, Refused):
        return Counted(may_say=False)
    would = decode(encode(lease))
    fold(would, event, paper.today)
    books = settle(unpacked(would.account), would.started_on, paper.today)
    position = legal.read(would, books, paper.today)
    day = position.recovery_on or position.recovery_floor
    unsure = day is None and bool(lease.legal.council or lease.legal.notices)
    return Counted(may_say=not unsure and not _is_overruled(would, event), day=day)


def _is_overruled(would: Lease, event: Event) -> bool:
    """Is it of a notice that the landlord has told of itself, which holds over it?"""
    return type(event.data) is NoticeServed and not counts(would.legal, event.id)
