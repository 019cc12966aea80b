"""Puts a lease's situation into the messages that leave Bokvar."""

from datetime import datetime
from typing import Any

import msgspec
import xxhash
from msgspec import Struct

from alerts.cases import priority
from alerts.cases.closed_said import closed_said
from alerts.cases.describe import doing
from alerts.cases.follow_up import follow_up_on, not_reached, waits_until
from alerts.cases.landlord_tried import tried
from alerts.cases.moving import handed_by
from alerts.cases.own_reasons import beside, of_task
from alerts.cases.rank_said import legal_day
from alerts.cases.reasons import reasons, risk
from alerts.cases.situation import Situation
from alerts.contract import messages
from alerts.contract.messages import LeaseRisk, Tried, VisitTask
from alerts.fold.task_history import history, packed
from models.contract.events import BOKVAR
from models.lease.cases import Case, Task
from models.lease.state import UNKNOWN_DISTRICT, Lease, Risk
from models.phrase import Phrase
from models.standing.acts import newest, standing

encode = msgspec.json.Encoder().encode


class Said(Struct, frozen=True):
    """A message on its way out: topic, key and CloudEvent bytes."""

    topic: str
    key: str
    value: bytes


def envelope(topic: str, event_id: str, subject: str, data: Struct) -> Said:
    """The CloudEvent that carries `data` on `topic`."""
    kind, _ = messages.TYPES[topic]
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": BOKVAR,
        "type": kind,
        "subject": subject,
        "datacontenttype": "application/json",
        "data": data,
    }
    return Said(topic, subject, encode(event))


def visit_task(
    situation: Situation, case: Case, task: Task
) -> tuple[VisitTask, list[Phrase]] | None:
    """The message about a task, with a new revision, and the line for the lease's history, which
    may be empty; None if nothing of it changed."""
    message = _message(situation, case, task)
    digest = xxhash.xxh3_64_digest(encode(message))
    if digest == task.digest[: len(digest)]:
        return None
    before, task.digest = task.digest[len(digest) :], digest + packed(message)
    task.revision += 1
    state = message.state
    if state == "open" and task.revision > 1:
        state = "changed"
    message = msgspec.structs.replace(message, revision=task.revision, state=state)
    return message, history(message, before)


def _message(situation: Situation, case: Case, task: Task) -> VisitTask:
    lease, terms = situation.lease, situation.lease.terms
    assert terms is not None, "tasks are only made for registered leases"
    law, handed = legal_day(situation, task.step), handed_by(task)
    return VisitTask(
        task_id=case.id_of(lease.lease_id, task),
        revision=0,
        state="open" if task.closed is None else "closed",
        reason=closed_said(task.closed) if task.closed else doing(situation, task.step).does,
        lease_id=lease.lease_id,
        municipality=handed[0] if handed is not None else terms.municipality,
        district=terms.district if handed is None else UNKNOWN_DISTRICT,
        step=task.step,
        opened_on=task.opened_on,
        due_by=task.due_by,
        legal_deadline=law[0] if law is not None else None,
        priority=priority.rank(situation, task.due_by, task.step),
        reasons=[
            *of_task(situation, case, task),
            *reasons(situation, task.step),
            *beside(situation, task),
        ],
        landlord_tried=situation.once(_tried),
        late_rent_ore=situation.arrears.rent_ore,
        late_since=situation.arrears.since,
        risk_band=lease.risk.band,
        data_incomplete=situation.arrears.data_incomplete,
        record_incomplete=bool(lease.incomplete),
        protected_identity=lease.household.protected,
        round=task.round,
        closed_on=task.closed_on,
        risk_model=lease.risk.model or None,
        **_acts(situation, case, task, handed),
    )


def _tried(situation: Situation) -> Tried:
    return tried(situation.lease)


def _acts(
    situation: Situation, case: Case, task: Task, handed: tuple[str, str] | None
) -> dict[str, Any]:
    """What the task is and what people have done with it; `handed` has the town and the playbook
    that handed it over, if one did."""
    does = doing(situation, task.step)
    found: dict[str, Any] = {
        "playbook": handed[1] if handed is not None else situation.way.name,
        "channel": does.channel,
        "actor": does.actor,
        "committee": does.committee,
        "does": does.does,
        "due_at": task.due_at,
    }
    if not situation.lease.signals.acts:
        return found
    found["attempts"] = len(not_reached(case, task.step))
    found["follow_up_on"] = follow_up_on(situation, task)
    name = case.id_of(situation.lease.lease_id, task)
    waits = waits_until(situation) if task.closed is None else None
    if waits is not None:
        found |= {"waits_until": waits.day, "waits_for": waits.code}
    planned = newest(standing(situation.lease, "planned"), name)
    if planned is not None:
        found |= {"planned_on": planned.day, "planned_who": planned.who}
    assigned = newest(standing(situation.lease, "assigned"), name)
    if assigned is not None:
        found["assigned_to"] = assigned.who
    return found


def lease_risk(lease: Lease, before: Risk) -> LeaseRisk:
    """The message that the risk band changed."""
    assert lease.terms is not None
    assert lease.risk.scored_on is not None
    return LeaseRisk(
        lease_id=lease.lease_id,
        municipality=lease.terms.municipality,
        scored_on=lease.risk.scored_on,
        band=lease.risk.band,  # type: ignore[arg-type]
        previous_band=before.band,  # type: ignore[arg-type]
        points=lease.risk.points,
        reasons=risk(lease.risk),
        chance=lease.risk.chance,
        model=lease.risk.model or None,
    )


class _Subject(Struct):
    subject: str


def key_of(event: str | bytes) -> bytes | None:
    """The Kafka key of a CloudEvent in JSON, its subject; None for what is no event of a lease."""
    try:
        return msgspec.json.decode(event, type=_Subject).subject.encode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def with_time(event: str, time: datetime) -> str:
    """A CloudEvent in JSON with a time, if it has none."""
    if "time" in msgspec.json.decode(event, type=dict[str, msgspec.Raw]):
        return event
    return event.replace("{", f'{{"time": "{time.isoformat()}", ', 1)
