"""To which municipality's board a landlord has sent its message (JB 12:44), and who sees it here.

That is the board of the lease's own municipality, and the one that is named until it is registered.
"""

from collections.abc import Collection

from msgspec import structs

from alerts.fold.named_board import may_name
from alerts.language.municipalities import named
from alerts.web.papers.checks import Faults
from alerts.web.papers.fields import Fact
from models.contract.facts import CouncilNotified
from models.lease.newest import BOARD
from models.lease.state import Lease
from models.phrase import Phrase, phrase


def addressed(
    fact: Fact | Faults, board: str, served: Collection[str], lease: Lease | None
) -> Fact | Faults:
    """The message with its board; or what is wrong with that, beside all other faults. Where no
    board is served none is asked for, and the message waits for the registration."""
    fault = None
    if board and board not in served:
        fault = Phrase("paper_fault.board_unknown")
    elif not board and served and not is_known(lease):
        fault = Phrase("paper_fault.board")
    if fault is not None:
        others = fact.by_field if isinstance(fact, Faults) else {}
        return Faults({**others, "municipality": fault})
    if isinstance(fact, CouncilNotified) and board:
        return structs.replace(fact, municipality=board)
    return fact


def to_look_at(fact: CouncilNotified, lease: Lease | None) -> list[Phrase]:
    """What a landlord looks at again: whether the lease is the right one, and the board."""
    board = "" if fact.municipality is None else named(fact.municipality)
    if lease is not None and lease.terms is not None and is_known(lease):
        own = lease.terms.municipality
        if fact.municipality in (None, own):
            return []
        return [phrase("paper_note.other_board", lease=fact.lease_id, own=named(own), board=board)]
    if not board:
        return [phrase("paper_note.waits", lease=fact.lease_id)]
    name = "paper_note.board_of" if _holds(fact, lease) else "paper_note.board_taken"
    return [phrase(name, lease=fact.lease_id, board=board)]


def seen_by(fact: CouncilNotified, lease: Lease | None) -> Phrase:
    """Who sees a landlord's message today."""
    if is_known(lease):
        return Phrase("paper_note.municipality_sees")
    if fact.municipality is not None and _holds(fact, lease):
        return phrase("paper_note.board_sees", board=named(fact.municipality))
    return _seen_where_it_is(lease)


def seen_since(lease: Lease) -> Phrase:
    """The same of one that is told. A board that the landlord has not named is not named to it."""
    if lease.terms is not None and not lease.is_registered and BOARD in lease.told:
        return phrase("paper_note.board_sees", board=named(lease.terms.municipality))
    return _seen_where_it_is(lease)


def _seen_where_it_is(lease: Lease | None) -> Phrase:
    is_somebodys = lease is not None and lease.terms is not None
    return Phrase(f"paper_note.{'municipality_sees' if is_somebodys else 'reaches_nobody'}")


def is_known(lease: Lease | None) -> bool:
    """Has a landlord registered the lease?"""
    return lease is not None and lease.is_registered


def _holds(fact: CouncilNotified, lease: Lease | None) -> bool:
    """Does the board that is named get the lease, or have it already?"""
    if lease is None or lease.terms is None:
        return True
    return may_name(lease) or lease.terms.municipality == fact.municipality
