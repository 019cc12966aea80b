"""Messages get their words: when they are sent, and when a person looks at them here."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from alerts.contract.messages import TYPES, LandlordFeedback, LeaseRisk, Priority, VisitTask
from alerts.language.sentences import Language
from models.phrase import phrase

_encode = msgspec.json.Encoder().encode


class _Envelope(Struct):
    """A CloudEvent of ours, whatever it carries."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    datacontenttype: str
    data: msgspec.Raw


_envelope = msgspec.json.Decoder(_Envelope).decode
_data: dict[str, Any] = {
    topic: msgspec.json.Decoder(kind).decode for topic, (_, kind) in TYPES.items()
}


def to_send(topic: str, value: bytes, language: Language) -> bytes:
    """The bytes of a message on `topic` as they leave: what is for people has its words.

    Other topics' records pass unchanged.
    """
    decode = _data.get(topic)
    if decode is None:
        return value
    try:
        envelope = _envelope(value)
        data = decode(envelope.data)
    except msgspec.DecodeError:
        return value  # better without words than in the way of all that comes after it
    envelope.data = msgspec.Raw(_encode(in_words(data, language)))
    return _encode(envelope)


def in_words(message: Any, language: Language) -> Any:
    """The message with its words."""
    return _IN_WORDS[type(message)](message, language)


def visit_task(task: VisitTask, language: Language) -> VisitTask:
    """A visit task with its words."""
    tried, spoken = task.landlord_tried, language.spoken
    return replace(
        task,
        reason=spoken(task.reason),
        does=spoken(task.does),
        priority=_priority(task.priority, language),
        reasons=[spoken(reason) for reason in task.reasons],
        landlord_tried=replace(
            tried,
            tries=[spoken(one) for one in tried.tries],
            text=tried.text or language.say(phrase("tried.landlord", tries=tried.tries)),
        ),
    )


def _priority(priority: Priority, language: Language) -> Priority:
    rule = language.spoken(priority.rule)
    return replace(priority, rule=rule, why=priority.why or rule.text)


def _lease_risk(risk: LeaseRisk, language: Language) -> LeaseRisk:
    return replace(risk, reasons=[language.spoken(reason) for reason in risk.reasons])


def _feedback(feedback: LandlordFeedback, language: Language) -> LandlordFeedback:
    said = phrase(
        f"feedback.{feedback.outcome}",
        event_id=feedback.event_id,
        lease_id=feedback.lease_id or "",
        error=feedback.error,
        lacks=feedback.lacking,
        mend=feedback.mend or "",
    )
    spoken = {
        name: language.spoken(part)
        for name in ("expected", "mend")
        if (part := getattr(feedback, name)) is not None
    }
    return replace(feedback, **spoken, text=feedback.text or language.say(said))


_IN_WORDS: dict[type, Any] = {
    VisitTask: visit_task,
    LeaseRisk: _lease_risk,
    LandlordFeedback: _feedback,
}
