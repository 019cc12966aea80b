"""What a person decides about a record that was set aside: it is released mended, or discarded."""

from alerts.contract.topics import EVENTS
from alerts.fold import announce
from alerts.fold.record import LEASE_UNKNOWN, NOT_MENDED, DeadRecord, Record
from alerts.fold.set_aside import set_aside
from alerts.fold.speaking import publish, publish_to, send
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.events import BOKVAR, Event
from models.contract.refusal import Refusal
from models.contract.same_fact import marks_of_event
from models.lease.handlers.incomplete import made_good
from models.lease.state import Lease
from models.stockholm import begins

CAME_AGAIN = "it came again, and was counted"


def release(work: Workspace, record: Record, fact: facts.RecordReleased) -> None:
    """Send the mended event to its lease. One that is no event is set aside itself. What has no
    time of its own is as new as the day on which it was set aside: it undoes nothing that came
    since."""
    dead = _still_open(work, fact.offset)
    if dead is None:
        return
    key = announce.key_of(fact.event)
    if key is None:
        set_aside(work, record, Refusal(NOT_MENDED, "data.event"))  # and the dead record stays open
        return
    send(work, EVENTS, key, announce.with_time(fact.event, begins(dead.since)).encode())
    close(work, dead, "released", fact.by, fact.reason)


def discard(work: Workspace, record: Record, fact: facts.RecordDiscarded) -> None:
    """Give the record up."""
    dead = _still_open(work, fact.offset)
    if dead is not None:
        close(work, dead, "discarded", fact.by, fact.reason)


def resolve(work: Workspace, record: Record, fact: facts.RecordResolved) -> None:
    """What the record should have told has come again, elsewhere."""
    dead = _still_open(work, fact.offset)
    if dead is not None:
        close(work, dead, "resolved", BOKVAR, CAME_AGAIN)


def resent(work: Workspace, lease: Lease, event: Event) -> None:
    """An event was counted: close the records that it makes good, here or where they lie."""
    for partition, offset in made_good(lease, marks_of_event(event)):
        fact = facts.RecordResolved(offset=offset)
        if partition != work.partition.number:
            publish_to(work, partition, fact, f"resolved:{partition}:{offset}")
        elif (dead := work.dead.get(offset)) is not None and dead.state == "open":
            close(work, dead, "resolved", BOKVAR, CAME_AGAIN)


def close(work: Workspace, dead: DeadRecord, state: str, by: str, reason: str) -> None:
    """Note what became of a dead record, and take its mark off its leases."""
    dead.state, dead.by, dead.reason = state, by, reason
    work.changes.dead[dead.offset] = dead
    number = work.partition.number
    for lease_id in dead.leases if dead.error != LEASE_UNKNOWN else ():
        fact = facts.RecordCleared(lease_id=lease_id, partition=number, offset=dead.offset)
        publish(work, fact, f"cleared:{number}:{dead.offset}:{lease_id}")


def _still_open(work: Workspace, offset: int) -> DeadRecord | None:
    dead = work.dead.get(offset)
    if dead is None or dead.state != "open":
        work.count("repeats")
        return None
    return dead
