"""The AsyncAPI 3.0 document: channels, messages in both CloudEvents modes, and Kafka bindings."""

from collections.abc import Mapping
from inspect import getdoc
from typing import Any

import msgspec
from msgspec import Struct

from alerts.contract.topics import DEAD_RECORDS, EVENTS, LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from models.contract.events import BOKVAR, ENFORCEMENT, LANDLORD, MUNICIPALITY
from models.contract.who_may_say import Standing, standing

Json = dict[str, Any]
Examples = Mapping[str, tuple[type[Struct], Json]]
Outputs = Mapping[str, tuple[str, type[Struct], Json]]

_BINDING = "0.5.0"
_PARTITIONS = 12
_STRUCTURED = "application/cloudevents+json"
_BINARY = "application/json"
_FORMAT = "application/schema+json;version=draft-2020-12"
_KEYED = (
    "The key is the lease id. Its partition is murmur2(key) mod the partition count, as the Java "
    "client, kafka-python and aiokafka compute it; for librdkafka set partitioner=murmur2_random. "
)
_SENDERS = {
    "landlord": LANDLORD,
    "municipality": MUNICIPALITY,
    "enforcement": ENFORCEMENT,
    "bokvar": BOKVAR,
}
_TEXTS = {
    EVENTS: "Facts about leases, in the order of each lease's partition. Internal: only Bokvar's "
    "own processes write it. Days, rules and completed feeds have no lease and go to every "
    "partition, with a null key. " + _KEYED,
    DEAD_RECORDS: "Records of rent.events.v1 that were set aside, with their own key and bytes.",
    VISIT_TASKS: "Visit tasks for the social services. Of several messages about a task "
    "the highest revision holds. " + _KEYED,
    LEASE_RISK: "A lease's risk band when it changes. " + _KEYED,
    LANDLORD_FEEDBACK: "Answers to a landlord about its own events. The key is the lease "
    "id, or the organisation number when no lease could be read.",
}


def document(events: Examples, outputs: Outputs) -> Json:
    """The AsyncAPI document of the events, by type, and the outgoing messages, by topic."""
    found: dict[str, dict[str, Json]] = {EVENTS: {}, DEAD_RECORDS: {"deadLetter": _dead_letter()}}
    for name, (kind, example) in events.items():
        both = _structured(name, kind, example, "events"), _binary(name, kind, example)
        found[EVENTS][kind.__name__], found[EVENTS][f"{kind.__name__}Binary"] = both
    for topic, (name, kind, example) in outputs.items():
        found[topic] = {kind.__name__: _structured(name, kind, example, "messages")}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Bokvar",
            "version": "1.0.0",
            "description": "Early warning against eviction: rent events in, visit tasks out.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": _STRUCTURED,
        "servers": {"kafka": _server()},
        "channels": {topic: _channel(topic, held) for topic, held in found.items()},
        "operations": {
            "receiveRentEvents": _operation("receive", EVENTS),
            "sendDeadLetters": _operation("send", DEAD_RECORDS),
            "sendVisitTasks": _operation("send", VISIT_TASKS),
            "sendLeaseRisk": _operation("send", LEASE_RISK),
            "sendLandlordFeedback": _operation("send", LANDLORD_FEEDBACK),
        },
        "components": {
            "messages": {name: held for group in found.values() for name, held in group.items()}
        },
    }


def senders(data: Struct) -> list[str]:
    """Who may report `data`: landlord, municipality, enforcement, bokvar."""
    own = str(getattr(data, "lease_id", "") or getattr(data, "landlord_id", ""))
    sources = _SENDERS | {"landlord": LANDLORD + own.partition(":")[0]}
    return [who for who, source in sources.items() if standing(source, data) is Standing.ALLOWED]


def _structured(name: str, kind: type[Struct], example: Json, schema: str) -> Json:
    return {
        "name": name,
        "title": kind.__name__,
        "summary": _summary(kind),
        "contentType": _STRUCTURED,
        "payload": _payload(f"{schema}.schema.json#/$defs/{kind.__name__}Event"),
        "bindings": _key(has_key="subject" in example),
        "examples": [{"payload": example}],
        **_sent_by(kind, example, schema),
    }


def _summary(kind: type[Struct]) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((getdoc(kind) or "").split("\n\n")[0].split())


def _binary(name: str, kind: type[Struct], example: Json) -> Json:
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


def _dead_letter() -> Json:
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
        "bindings": {"kafka": {"bindingVersion": _BINDING}},
    }


def _payload(ref: str) -> Json:
    return {"schemaFormat": _FORMAT, "schema": {"$ref": f"./{ref}"}}


def _key(*, has_key: bool) -> Json:
    key = {"type": "string", "description": "the subject"} if has_key else {"type": "null"}
    return {"kafka": {"key": key, "bindingVersion": _BINDING}}


def _channel(topic: str, held: Mapping[str, Json]) -> Json:
    return {
        "address": topic,
        "description": _TEXTS[topic].strip(),
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in held},
        "bindings": {
            "kafka": {
                "topic": topic,
                "partitions": _PARTITIONS,
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": -1,
                    "message.timestamp.type": "LogAppendTime",
                },
                "bindingVersion": _BINDING,
            }
        },
    }


def _operation(action: str, topic: str) -> Json:
    return {"action": action, "channel": {"$ref": f"#/channels/{topic}"}}


def _server() -> Json:
    return {
        "host": "{bootstrap}",
        "protocol": "kafka",
        "description": "The cluster that BOKVAR_KAFKA names, or the embedded broker.",
        "variables": {"bootstrap": {"default": "localhost:9092"}},
    }
