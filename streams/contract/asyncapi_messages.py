"""The messages of the AsyncAPI document, in both CloudEvents modes, with their Kafka bindings."""

from inspect import getdoc
from typing import Any

import msgspec
from msgspec import Struct

from models.contract.events import BOKVAR, ENFORCEMENT, LANDLORD, MUNICIPALITY
from models.contract.who_may_say import Standing, standing

Json = dict[str, Any]
BINDING = "0.5.0"
STRUCTURED = "application/cloudevents+json"
_BINARY = "application/json"
_FORMAT = "application/schema+json;version=draft-2020-12"
_SENDERS = {
    "landlord": LANDLORD,
    "municipality": MUNICIPALITY,
    "enforcement": ENFORCEMENT,
    "bokvar": BOKVAR,
}


def senders(data: Struct) -> list[str]:
    """Who may report `data`: landlord, municipality, enforcement, bokvar."""
    own = str(getattr(data, "lease_id", "") or getattr(data, "landlord_id", ""))
    sources = _SENDERS | {"landlord": LANDLORD + own.partition(":")[0]}
    return [who for who, source in sources.items() if standing(source, data) is Standing.ALLOWED]


def structured(name: str, kind: type[Struct], example: Json, schema: str) -> Json:
    """An event or outgoing message in structured mode; `schema` is the file with its fields."""
    return {
        "name": name,
        "title": kind.__name__,
        "summary": _summary(kind),
        "contentType": STRUCTURED,
        "payload": _payload(f"{schema}.schema.json#/$defs/{kind.__name__}Event"),
        "bindings": _key(has_key="subject" in example),
        "examples": [{"payload": example}],
        **_sent_by(kind, example, schema),
    }


def _summary(kind: type[Struct]) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((getdoc(kind) or "").split("\n\n")[0].split())


def binary(name: str, kind: type[Struct], example: Json) -> Json:
    """An event in binary mode."""
    attributes = {f"ce_{key}": value for key, value in example.items() if key in _CE_ATTRIBUTES}
    return {
        "name": name,
        "title": f"{kind.__name__} (binary mode)",
        "summary": "The same with its CloudEvents attributes in headers and its data as the value.",
        "contentType": _BINARY,
        "headers": {
            "type": "object",
            "properties": {key: {"type": "string"} for key in attributes}
            | {"ce_type": {"const": name}, "ce_specversion": {"const": "1.0"}},
            "required": list(attributes),
        },
        "payload": _payload(f"events.schema.json#/$defs/{kind.__name__}"),
        "bindings": _key(has_key="subject" in example),
        "examples": [{"headers": attributes, "payload": example["data"]}],
        **_sent_by(kind, example, "events"),
    }


_CE_ATTRIBUTES = ("specversion", "type", "source", "id", "subject")


def _sent_by(kind: type[Struct], example: Json, schema: str) -> Json:
    if schema != "events":
        return {}
    return {"x-sent-by": senders(msgspec.convert(example["data"], kind))}


def dead_letter() -> Json:
    """A record that was set aside, as it was."""
    fields = {
        "error": "the class of the refusal, for instance unreadable_json",
        "topic": "the topic it was read from",
        "partition": "its partition",
        "offset": "its offset",
    }
    return {
        "name": "deadLetter",
        "title": "A record that was set aside",
        "summary": "The bytes as they were, so possibly not JSON at all; never an exception text.",
        "contentType": "application/octet-stream",
        "headers": {
            "type": "object",
            "properties": {
                name: {"type": "string", "description": text} for name, text in fields.items()
            },
            "required": list(fields),
        },
        "bindings": {"kafka": {"bindingVersion": BINDING}},
    }


def _payload(ref: str) -> Json:
    return {"schemaFormat": _FORMAT, "schema": {"$ref": f"./{ref}"}}


def _key(*, has_key: bool) -> Json:
    key = {"type": "string", "description": "the subject"} if has_key else {"type": "null"}
    return {"kafka": {"key": key, "bindingVersion": BINDING}}
