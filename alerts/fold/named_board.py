"""Whose a lease is before its landlord has registered it, and what is left when it is another's.

A landlord's own message to the social welfare board is addressed to that of the municipality in
which the home is (JB 12:44): where it names one, the board has its task the same day.
"""

from alerts.fold.held import register_by_papers
from alerts.fold.record import Record
from alerts.fold.set_aside import set_event_aside
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.event_kinds import PAPERS
from models.contract.events import Event, read_event
from models.contract.source import landlord_of, municipality_of
from models.lease import newest
from models.lease.account import Outcome
from models.lease.newest import BOARD
from models.lease.state import Lease, Move
from models.lease.unsaid import unsay


def provisional_town(lease: Lease) -> str | None:
    """Whose a lease is believed to be that no landlord has registered; None if it is nobody's."""
    return None if lease.terms is None or lease.is_registered else lease.terms.municipality


def take_board(work: Workspace, lease: Lease, event: Event, outcome: Outcome) -> bool:
    """Make an unregistered lease that of the board which its landlord names; does it change whose
    it is? The landlord's newest word holds, but not against the papers of the board that has it."""
    fact = event.data
    if type(fact) is not facts.CouncilNotified or landlord_of(event.source) is None:
        return False
    if fact.municipality is None or lease.is_registered:
        return False
    stamp, town = newest.stamp_of(event, work.today), provisional_town(lease)
    if town is not None and not (outcome is Outcome.APPLIED and may_name(lease)):
        return False
    if newest.is_older(lease, BOARD, stamp):
        return False
    lease.told[BOARD] = stamp
    if town != fact.municipality:
        register_by_papers(work, lease, fact.municipality)
    return town != fact.municipality


def may_name(lease: Lease) -> bool:
    """May the landlord's word make an unregistered lease another board's: is it nobody's yet, or
    was it the landlord alone that named the board which has it?"""
    town = provisional_town(lease)
    if town is None:
        return not lease.is_registered
    said = [read_event(body) for _, body in lease.held]
    by_itself = any(type(e.data) in PAPERS and municipality_of(e.source) == town for e in said)
    return BOARD in lease.told and not by_itself


def leave(work: Workspace, lease: Lease, town: str | None) -> None:
    """Where a lease was provisionally a town's and is another's now, that town's list hears of it,
    and what the town said of the lease is taken back and set aside."""
    if town is None or lease.terms is None or lease.terms.municipality == town:
        return
    lease.moves = [*lease.moves, Move(work.today, town, work.today, provisional=True)]
    told = [(offset, body, read_event(body)) for offset, body in lease.held]
    its = [one for one in told if municipality_of(one[2].source) == town]
    unsay(lease, [event for _, _, event in its], town, work.today)
    lease.held = [one[:2] for one in told if one not in its]
    for offset, body, event in its:
        record = Record(offset, lease.lease_id.encode(), body, event)
        set_event_aside(work, record, event, Outcome.NOT_ITS_LEASE)
