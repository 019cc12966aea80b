"""The AsyncAPI 3.0 document: channels, operations, and the messages in them."""

from collections.abc import Mapping

from msgspec import Struct

from alerts.contract.topics import DEAD_RECORDS, EVENTS, LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from streams.contract.asyncapi_messages import (
    BINDING,
    STRUCTURED,
    Json,
    binary,
    dead_letter,
    structured,
)

Examples = Mapping[str, tuple[type[Struct], Json]]
Outputs = Mapping[str, tuple[str, type[Struct], Json]]
_PARTITIONS = 12
_KEYED = (
    "The key is the lease id. Its partition is murmur2(key) mod the partition count, as the Java "
    "client, kafka-python and aiokafka compute it; for librdkafka set partitioner=murmur2_random. "
)
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
    found: dict[str, dict[str, Json]] = {EVENTS: {}, DEAD_RECORDS: {"deadLetter": dead_letter()}}
    for name, (kind, example) in events.items():
        both = structured(name, kind, example, "events"), binary(name, kind, example)
        found[EVENTS][kind.__name__], found[EVENTS][f"{kind.__name__}Binary"] = both
    for topic, (name, kind, example) in outputs.items():
        found[topic] = {kind.__name__: structured(name, kind, example, "messages")}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Bokvar",
            "version": "1.0.0",
            "description": "Early warning against eviction: rent events in, visit tasks out.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": STRUCTURED,
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
                "bindingVersion": BINDING,
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
