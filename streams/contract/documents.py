"""The contract documents, generated from the message types: JSON Schema and AsyncAPI.

`make contract` writes them to docs/contract; a test fails while they differ from the types. Of the
examples beside them, those of events are written by hand, and those of messages are what a life of
events gives; the AsyncAPI document shows both.
"""

import json
from collections.abc import Mapping
from inspect import getdoc
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from alerts.contract import messages
from models.contract import facts
from models.contract.events import BOKVAR, EVENT_TYPES, Event
from streams.contract.asyncapi import document
from streams.contract.message_examples import message_examples

FOLDER = Path(__file__).parents[2] / "docs" / "contract"
EVENTS_SCHEMA, MESSAGES_SCHEMA = "events.schema.json", "messages.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"

Json = dict[str, Any]

_ATTRIBUTES = {
    "id": "Unique for its source: a repeat of source and id has no effect.",
    "source": "urn:landlord:<organisation number>, urn:municipality:<SCB code>, "
    "urn:kronofogden or urn:bokvar.",
    "subject": "The lease id, which is also the Kafka key and data.lease_id.",
    "time": "When the event was made (RFC 3339). Business time is in the data alone.",
    "datacontenttype": "application/json, or nothing.",
}
# What is always there in a message that leaves, though it is made without.
_SENT: dict[str, tuple[str, ...]] = {
    "Phrase": ("text",),
    "Tried": ("text",),
    "LandlordFeedback": ("text", "field", "expected", "mend"),
    "Priority": ("why", "risk_chance"),
    "LeaseRisk": ("chance", "model"),
    "VisitTask": (
        *("playbook", "channel", "actor", "committee", "does", "due_at", "attempts"),
        *("follow_up_on", "waits_until", "waits_for", "planned_on", "planned_who", "assigned_to"),
        "risk_model",
    ),
}
_OUTPUT_TYPES: dict[str, type[Struct]] = dict(messages.TYPES.values())


def documents(folder: Path = FOLDER) -> dict[str, Json]:
    """Every generated document by file name. Reads the examples in `folder`.

    FileNotFoundError when a type has no example.
    """
    said = message_examples(folder)
    return {
        EVENTS_SCHEMA: schema(EVENT_TYPES, "events", "Every event on rent.events.v1."),
        MESSAGES_SCHEMA: schema(_OUTPUT_TYPES, "messages", "Every message that Bokvar sends."),
        "asyncapi.json": document(
            {name: (kind, _example(folder, name)) for name, kind in EVENT_TYPES.items()},
            {topic: (name, kind, said[topic]) for topic, (name, kind) in messages.TYPES.items()},
        ),
        **{
            f"examples/messages/{name}.json": said[topic]
            for topic, (name, _) in messages.TYPES.items()
        },
    }


def schema(types: Mapping[str, type[Struct]], name: str, description: str) -> Json:
    """The JSON Schema of CloudEvents whose `type` is a key of `types` and `data` its value."""
    (template,) = msgspec.json.schema_components([Event], ref_template=_REF)[1].values()
    _, definitions = msgspec.json.schema_components(types.values(), ref_template=_REF)
    for kind in types.values():
        _add_what_the_worker_checks(kind, definitions[kind.__name__])
    for sent in sorted(_SENT.keys() & definitions.keys()):
        definitions[sent].setdefault("required", []).extend(_SENT[sent])
    envelopes = {
        f"{kind.__name__}Event": _envelope(template, event_type, kind)
        for event_type, kind in types.items()
    }
    return {
        "$schema": _DIALECT,
        "$id": f"urn:bokvar:contract:{name}:v1",
        "title": f"Bokvar {name}",
        "description": f"{description} CloudEvents 1.0; money in integer öre, dates are civil "
        "dates in Europe/Stockholm. Unknown fields are ignored.",
        "oneOf": [{"$ref": _REF.format(name=name)} for name in envelopes],
        "$defs": envelopes | definitions,
    }


def _envelope(template: Json, event_type: str, kind: type[Struct]) -> Json:
    properties = {
        name: field | ({"description": _ATTRIBUTES[name]} if name in _ATTRIBUTES else {})
        for name, field in template["properties"].items()
    }
    properties["type"] = {"const": event_type}
    properties["data"] = {"$ref": _REF.format(name=kind.__name__)}
    required = list(template["required"])
    if kind in _OUTPUT_TYPES.values():
        properties["source"] = {"const": BOKVAR}
        properties["subject"] = {"type": "string", "description": "The Kafka key."}
        required.append("subject")
    elif issubclass(kind, facts.Fact):
        properties["subject"] = {"type": "string", "description": _ATTRIBUTES["subject"]}
        required.append("subject")
    return {
        "title": event_type,
        "description": getdoc(kind) or "",
        "type": "object",
        "properties": properties,
        "required": required,
    }


def _add_what_the_worker_checks(kind: type[Struct], definition: Json) -> None:
    """Checks that no field type can say."""
    if issubclass(kind, facts.Fact):
        definition["properties"]["lease_id"]["pattern"] = r"^[0-9]{6}-?[0-9]{4}:\S(.*\S)?$"
    if issubclass(kind, facts.RentInvoiced):
        definition["anyOf"] = [
            {"required": ["lines"], "properties": {"lines": {"type": "array"}}},
            {"required": ["amount_ore"], "properties": {"amount_ore": {"type": "integer"}}},
        ]


def _example(folder: Path, name: str) -> Json:
    example: Json = json.loads((folder / "examples/events" / f"{name}.json").read_text("utf-8"))
    return example


def text(content: Json) -> str:
    """A document as it stands in its file."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write every document anew."""
    for name, content in documents().items():
        (FOLDER / name).write_text(text(content), "utf-8")
        print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    main()
