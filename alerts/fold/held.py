"""Facts for a lease that nobody has registered yet are held in it; after a while a person looks."""

from datetime import date, timedelta

from alerts.cases.waking import FORGOTTEN_AFTER, wake_after_event
from alerts.fold.announce import encode
from alerts.fold.answers import answer_held
from alerts.fold.deciding import look_later
from alerts.fold.mending import close, resent
from alerts.fold.partition import BEGINNING
from alerts.fold.record import LEASE_NOT_REGISTERED, LEASE_UNKNOWN, DeadRecord, Record
from alerts.fold.set_aside import set_event_aside
from alerts.fold.workspace import Workspace
from models.contract.event_kinds import PAPERS
from models.contract.events import LANDLORD, Event, read_event
from models.contract.facts import RentDeposited
from models.contract.refusal import Refusal
from models.contract.source import landlord_of, municipality_of
from models.contract.spelling import landlord_id as spelled
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.handlers.terms import register_provisionally
from models.lease.state import Lease

MOST_HELD = 60  # of what municipalities say of one lease
_DAY = timedelta(days=1)


def hold(work: Workspace, lease: Lease, offset: int, event: Event) -> None:
    """Note since when the lease has waited for its registration, and whose event did first."""
    if lease.held_since is None:
        lease.held_since = (work.today, offset)
    landlord = landlord_of(event.source)
    if lease.held_for is None and landlord is not None:
        lease.held_for = (landlord, event.id)


def is_believed(lease: Lease, kind: type, municipality: str) -> bool:
    """Does what a municipality says of an unregistered lease count at once: a paper of the law, or
    anything of a lease that such papers have made provisionally its own?"""
    return kind in PAPERS if lease.terms is None else lease.terms.municipality == municipality


def hold_back(
    work: Workspace, lease: Lease, record: Record, event: Event, ahead: Refusal | None
) -> bool:
    """Keep what a municipality says until it is known whose the lease is, unless its days may not
    be believed (`ahead`); False if it is not kept. Money is not: an account holds what counts, and
    nothing else."""
    said = encode(event)
    if any(said == other for _, other in lease.held):
        work.count("repeats")
    elif ahead is not None:
        set_event_aside(work, record, event, ahead)
    elif type(event.data) is RentDeposited or len(lease.held) >= MOST_HELD:
        set_event_aside(work, record, event, Refusal(LEASE_NOT_REGISTERED))
    else:
        lease.held = [*lease.held, (record.offset, said)]
        hold(work, lease, record.offset, event)
        look_later(work, lease)
        return True
    return False


def register_by_papers(work: Workspace, lease: Lease, municipality: str) -> None:
    """A municipality tells of a paper of the law about a lease that no landlord has registered: it
    is the municipality's until a landlord's word comes, with all that it has said before."""
    landlord = spelled(lease.lease_id.partition(":")[0])
    register_provisionally(lease, landlord, municipality)
    for _, body in lease.held:
        event = read_event(body)
        if municipality_of(event.source) == municipality:
            fold(lease, event, work.today)


def registered(work: Workspace, lease: Lease) -> None:
    """What was held now belongs to the lease; nobody needs to look for it any more. What another
    municipality said of it is set aside."""
    assert lease.terms is not None
    _close_unknown(work, lease)
    said, lease.held = lease.held, []
    for offset, body in said:
        event = read_event(body)
        outcome = fold(lease, event, work.today)
        if outcome is Outcome.APPLIED:
            if lease.resends:
                resent(work, lease, event)
        elif outcome is not Outcome.REPEAT:
            record = Record(offset, lease.lease_id.encode(), body, event)
            set_event_aside(work, record, event, outcome)


def _close_unknown(work: Workspace, lease: Lease) -> None:
    held, lease.held_since, lease.held_for = lease.held_since, None, None
    dead = work.dead.get(held[1]) if held else None
    if dead is not None and dead.error == LEASE_UNKNOWN:
        close(work, dead, "resolved", "urn:bokvar", "the lease was registered")


def held_too_long(work: Workspace, lease: Lease) -> None:
    """Five working days without a registration: a person must see what is held."""
    woken, lease.wake_on = lease.wake_on, None
    if lease.held_since is None:
        _nothing_is_held(work, lease, woken)
        return
    since, offset = lease.held_since
    if since == BEGINNING:  # before the first day; the waiting begins now
        lease.held_since = (work.today, offset)
        work.waking.wake(lease, wake_after_event(lease, work.today))
    elif offset not in work.dead:
        work.changes.dead[offset] = work.dead[offset] = DeadRecord(
            offset, LEASE_UNKNOWN, lease.lease_id.encode(), b"", [lease.lease_id], work.today,
            *((LANDLORD + lease.held_for[0], lease.held_for[1]) if lease.held_for else ()),
        )  # fmt: skip
        answer_held(work, lease)


def _nothing_is_held(work: Workspace, lease: Lease, woken: date | None) -> None:
    """Only broken records named the lease. Made-up ids must not pile up: it is forgotten, and its
    records stay among the dead, where they name it."""
    if woken is None or woken < BEGINNING + FORGOTTEN_AFTER + _DAY:  # noted before the first day
        work.waking.wake(lease, work.today + FORGOTTEN_AFTER)
    else:
        work.forget(lease)
