"""What cannot be counted is set aside: kept whole, answered to its sender, marked on its leases."""

from collections.abc import Iterable

import msgspec

from alerts.contract.topics import DEAD_RECORDS
from alerts.fold.answers import answer_set_aside
from alerts.fold.dead_letter import dead_letter
from alerts.fold.deciding import after_event, look_later
from alerts.fold.faults import FOLD_FAILED
from alerts.fold.record import LEASE_NOT_REGISTERED, DeadRecord, Record
from alerts.fold.speaking import publish, send
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.events import BOKVAR, LONGEST_NAME, Event
from models.contract.refusal import Refusal
from models.contract.same_fact import marks_of_event
from models.lease.account import Outcome
from models.lease.handlers.incomplete import mark_incomplete
from models.lease.whose import may_mark

# Who may not speak of the lease marks it neither.
_NO_AUTHORITY = frozenset(
    {
        Outcome.NOT_ITS_LEASE.value,
        Outcome.NOT_ITS_LANDLORD.value,
        Outcome.NOT_ITS_ACT.value,
        LEASE_NOT_REGISTERED,
    }
)


def set_aside(work: Workspace, record: Record, refusal: Refusal) -> None:
    """Keep the record whole, tell its sender, and mark the leases it may speak of."""
    claimed = tuple(name for name in record.claimed if _may_be_about(work, name, record.source))
    leases = tuple(_kept_as(work, name, record.spelled) for name in record.leases + claimed)
    record = msgspec.structs.replace(record, leases=leases, claimed=claimed)
    _keep(work, record, refusal, record.leases)
    answer_set_aside(work, record, refusal)
    for lease_id in record.leases:
        _mark(work, lease_id, record)


def set_event_aside(
    work: Workspace, record: Record, event: Event, outcome: Outcome | Refusal
) -> None:
    """Set aside an event that its lease's own state refuses."""
    lease_id = event.data.lease_id
    if isinstance(outcome, Refusal):
        refusal = outcome
    else:
        refusal = Refusal(outcome.value, "source" if outcome.value in _NO_AUTHORITY else "")
    leases = () if refusal.code in _NO_AUTHORITY else (lease_id,)
    set_aside(work, _told(record, event, leases), refusal)


def set_failed_aside(work: Workspace, record: Record) -> None:
    """Set aside a record whose fold fails. Its leases are decided about when the day ends, for
    deciding may be what fails."""
    event = record.event
    if event is not None:
        lease_id = getattr(event.data, "lease_id", None)
        record = _told(record, event, () if lease_id is None else (lease_id,))
    set_aside(work, record, record.refusal or Refusal(FOLD_FAILED))


def set_leases_aside(work: Workspace, record: Record) -> None:
    """Keep the record of Bokvar's own whose fold is known to fail for some leases, which are marked
    already; nothing where there are none."""
    leases = sorted({lease_id for _, lease_id in work.known.leases})
    if leases:
        told = msgspec.structs.replace(record, source=BOKVAR)
        _keep(work, told, Refusal(FOLD_FAILED), leases)


def _told(record: Record, event: Event, leases: tuple[str, ...]) -> Record:
    """The record of an event, with what is read from it."""
    return msgspec.structs.replace(
        record, leases=leases, source=event.source, event_id=event.id,
        marks=tuple(sorted(marks_of_event(event))),
    )  # fmt: skip


def _keep(work: Workspace, record: Record, refusal: Refusal, leases: Iterable[str]) -> None:
    work.count("set_aside")
    send(work, DEAD_RECORDS, *dead_letter(work.partition.number, record, refusal))
    work.changes.dead[record.offset] = work.dead[record.offset] = DeadRecord(
        record.offset, refusal.code, record.key, record.whole or record.value, list(leases),
        work.today, record.source, record.event_id, field=refusal.field, expected=refusal.expected,
    )  # fmt: skip


def _kept_as(work: Workspace, lease_id: str, spelled: str) -> str:
    """The name under which the lease is stored here."""
    lease = work.lease(lease_id, spelled) if spelled in work.leases else None
    return lease_id if lease is None else lease.lease_id


def _may_be_about(work: Workspace, lease_id: str, source: str) -> bool:
    """May the source speak of a lease that is not its by the id? Its home tells."""
    lease = work.leases.get(lease_id)
    if lease is None:
        return work.home(lease_id) != work.partition.number
    return may_mark(lease, source)


def _mark(work: Workspace, lease_id: str, record: Record) -> None:
    """Mark the lease incomplete here, or by an event where its home is."""
    number, offset = work.partition.number, record.offset
    lease = work.lease(lease_id)
    if lease is None:
        mark = facts.RecordSetAside(
            lease_id=lease_id, partition=number, offset=offset, error="set_aside",
            marks=list(record.marks),
            source=record.source[:LONGEST_NAME] if lease_id in record.claimed else None,
        )  # fmt: skip
        publish(work, mark, f"set-aside:{number}:{offset}:{lease_id}")
        return
    mark_incomplete(lease, number, offset, record.marks)
    if work.known.record:
        look_later(work, lease)
    else:
        after_event(work, lease, facts.RecordSetAside)
