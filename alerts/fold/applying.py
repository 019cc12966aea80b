"""What follows when an event has changed a lease: whose it is, what waited for it, who is told."""

from collections.abc import Callable
from typing import NamedTuple

from alerts.fold.answers import answer_birth_year, answer_form3
from alerts.fold.deciding import after_event
from alerts.fold.giro_answers import answer_giro
from alerts.fold.held import hold, registered
from alerts.fold.landlord_news import tell_assumed
from alerts.fold.mending import resent
from alerts.fold.named_board import leave, provisional_town, take_board
from alerts.fold.record import Record
from alerts.fold.told_again import said_of_notices
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.event_kinds import MARKS
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.papers import Notice
from models.lease.state import Lease


class Before(NamedTuple):
    """How a lease stood before an event that may change whose it is, or tell of a notice again:
    whether it was registered, whose it was believed to be until then, and what its notices said."""

    is_new: bool
    town: str | None
    notices: list[Notice] | None


def before(lease: Lease, kind: type) -> Before:
    """How a lease stands now."""
    return Before(not lease.is_registered, provisional_town(lease), said_of_notices(lease, kind))


def applied(
    work: Workspace, lease: Lease, record: Record, event: Event, was: Before | None
) -> None:
    """An event has changed the lease: what waited for it, and who is told, and what is to do."""
    kind, is_new = type(event.data), was is not None and was.is_new
    if was is not None and is_new:
        take_board(work, lease, event, Outcome.APPLIED)
        leave(work, lease, was.town)
    if kind is facts.LeaseRegistered:
        registered(work, lease)
    elif is_new and kind not in MARKS:
        hold(work, lease, record.offset, event)
    if lease.resends:
        resent(work, lease, event)
    if (answer := _ANSWERS.get(kind)) is not None:
        answer(work, record.offset, event)
    known = None if was is None else was.notices
    is_known = known is not None and known == said_of_notices(lease, kind)
    after_event(work, lease, kind, record.appended_ms, is_known=is_known)


def _assumed(work: Workspace, offset: int, event: Event) -> None:
    lease = work.lease(event.data.lease_id)
    if lease is not None:
        tell_assumed(work, lease, offset)


def _of_terms(work: Workspace, offset: int, event: Event) -> None:
    answer_birth_year(work, offset, event)
    answer_giro(work, offset, event)


_ANSWERS: dict[type, Callable[[Workspace, int, Event], None]] = {
    facts.CouncilNotified: answer_form3,
    facts.CouncilRentAssumed: _assumed,
    facts.LeaseRegistered: _of_terms,
    facts.LeaseChanged: _of_terms,
    facts.RentInvoiced: answer_giro,
    facts.InvoiceCorrected: answer_giro,
}
