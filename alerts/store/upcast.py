"""Messages as version 1 stored them, with sentences in them, brought to today's form.

What was written stays as it was written: such a phrase has its words and no name to find others by.
"""

from typing import Any

import msgspec

from alerts.contract.messages import VisitTask
from alerts.contract.topics import LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS

_encode = msgspec.json.Encoder().encode


def as_written(text: str) -> dict[str, Any]:
    """The phrase of a sentence whose name is not known."""
    return {"code": "as_written.text", "args": {"text": text}}


def visit_task(body: bytes) -> bytes:
    """A stored visit task, to the byte as this version stores it."""
    task = msgspec.json.decode(body)
    if isinstance(task["reason"], str):
        _visit_task(task)
    return _encode(msgspec.convert(task, VisitTask))


def outgoing(topic: str, value: bytes) -> bytes:
    """A message that waits to be sent; records of other topics pass unchanged."""
    step = MESSAGES.get(topic)
    if step is None:
        return value
    event = msgspec.json.decode(value)
    step(event["data"])
    return _encode(event)


def _visit_task(task: dict[str, Any]) -> None:
    task["reason"] = as_written(task["reason"])
    task["reasons"] = [as_written(reason) for reason in task["reasons"]]
    task["priority"]["rule"] = as_written(task["priority"]["why"])
    task["landlord_tried"]["tries"] = []
    task |= {"round": 1, "closed_on": None}  # were not told


def _lease_risk(risk: dict[str, Any]) -> None:
    risk["reasons"] = [as_written(reason) for reason in risk["reasons"]]


def _feedback(feedback: dict[str, Any]) -> None:
    """Its text was a field of its own already."""


MESSAGES = {VISIT_TASKS: _visit_task, LEASE_RISK: _lease_risk, LANDLORD_FEEDBACK: _feedback}
