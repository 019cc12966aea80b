"""What a frame says: messages in the outbox, numbered without a gap, and lines of history."""

from msgspec import Struct

from alerts.contract import messages
from alerts.contract.topics import EVENTS, LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from alerts.fold import announce
from alerts.fold.changes import HistoryRow, Outgoing
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.events import BOKVAR, make_event
from models.lease.state import Lease, Risk
from models.phrase import Phrase, phrase


def send(
    work: Workspace,
    topic: str,
    key: bytes | None,
    value: bytes,
    headers: dict[str, str] | None = None,
    partition: int | None = None,
) -> None:
    """Put a message into the outbox as it is. With no `partition` the key chooses it."""
    work.partition.seq += 1
    out = Outgoing(work.partition.seq, topic, key, value, headers or {}, partition)
    work.changes.outbox.append(out)


def say(work: Workspace, topic: str, event_id: str, subject: str, data: Struct) -> None:
    """Send a message of Bokvar's own to others."""
    said = announce.envelope(topic, event_id, subject, data)
    send(work, said.topic, said.key.encode(), said.value)


def publish(work: Workspace, fact: facts.Fact, event_id: str) -> None:
    """Send an event of Bokvar's own to the home of its lease."""
    event = make_event(fact, source=BOKVAR, event_id=event_id)
    send(work, EVENTS, fact.lease_id.encode(), announce.encode(event))


def publish_to(work: Workspace, partition: int, fact: facts.Broadcast, event_id: str) -> None:
    """Send an event of Bokvar's own, about no lease, to one partition."""
    value = announce.encode(make_event(fact, source=BOKVAR, event_id=event_id))
    send(work, EVENTS, None, value, partition=partition)


def say_task(work: Workspace, message: messages.VisitTask, line: list[Phrase]) -> None:
    """Send a task's new revision, and note in the lease's history what of it is new."""
    work.changes.tasks[message.task_id] = message
    event_id = f"{message.task_id}:{message.revision}"
    say(work, VISIT_TASKS, event_id, message.lease_id, message)
    if line:
        remember(work, message.lease_id, line, message.task_id)


def say_risk(work: Workspace, lease: Lease, before: Risk, change: int | None = None) -> None:
    """Tell that a lease's risk is in another band. `change` is the offset of the change of rules
    for whose sake a day that was scored is scored anew: another event, with an id of its own."""
    event_id = f"risk:{lease.lease_id}:{lease.risk.scored_on}"
    if change is not None:
        event_id += f":{change}"
    say(work, LEASE_RISK, event_id, lease.lease_id, announce.lease_risk(lease, before))


def answer(work: Workspace, event_id: str, said: messages.LandlordFeedback) -> None:
    """Answer a landlord."""
    say(work, LANDLORD_FEEDBACK, event_id, said.lease_id or said.landlord_id, said)


def answer_and_remember(work: Workspace, event_id: str, said: messages.LandlordFeedback) -> None:
    """Answer a landlord of a lease of this partition, and note that in the lease's history."""
    answer(work, event_id, said)
    assert said.lease_id is not None
    remember(work, said.lease_id, [_answered(said)], landlord=said.landlord_id)


def _answered(said: messages.LandlordFeedback) -> Phrase:
    """An answer as the town reads it too: nothing in it is of the sender's writing."""
    name = "answered.defective" if said.outcome == "defective" else f"feedback.{said.outcome}"
    what = phrase(name, lease_id=said.lease_id, lacks=said.lacking)
    return phrase("history.answered", landlord=said.landlord_id, said=what)


def remember(
    work: Workspace,
    lease_id: str,
    said: list[Phrase],
    task_id: str | None = None,
    landlord: str | None = None,
) -> None:
    """Add a line of sentences to the lease's history, under today's date."""
    work.partition.lines += 1
    row = HistoryRow(
        partition=work.partition.number,
        seq=work.partition.lines,
        lease_id=lease_id,
        day=work.today.isoformat(),
        task_id=task_id,
        said=said,
        landlord=landlord,
    )
    work.changes.history.append(row)
