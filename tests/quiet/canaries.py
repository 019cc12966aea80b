"""Events of every type with a canary in each text that its sender may choose."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from models.contract import facts
from models.contract.events import TYPE_OF
from streams.contract.documents import FOLDER
from streams.kafka.decode import decode
from tests.builders import LEASE, ORGNR

CANARY = "Kanariefågel"
Json = dict[str, Any]


def with_canaries() -> dict[type, bytes]:
    """An event of each type, by type, about one lease; whatever text takes a canary has one."""
    return {kind: _canaried(_example(name)) for kind, name in TYPE_OF.items()}


def _example(name: str) -> Json:
    text = (FOLDER / "examples" / "events" / f"{name}.json").read_text("utf-8")
    event: Json = json.loads(text)
    own = event.get("source", "").partition(":landlord:")[2]
    text = text.replace(event["subject"], LEASE) if "subject" in event else text
    return json.loads(text.replace(own, ORGNR) if own else text)  # type: ignore[no-any-return]


def _canaried(event: Json) -> bytes:
    for number, path in enumerate(_texts(event)):
        changed = copy.deepcopy(event)
        place: Any = changed
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = f"{CANARY}{number}"
        if _is_lawful(changed):
            event = changed
    event["id"] = f"{CANARY} of {event['type']}"
    event["unknown"] = {CANARY: [CANARY]}
    return json.dumps(event, ensure_ascii=False).encode()


def _is_lawful(event: Json) -> bool:
    key = event["subject"].encode() if "subject" in event else None
    return decode(0, key, json.dumps(event).encode()).event is not None


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all strings in a JSON value."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, name))


def broken() -> list[bytes]:
    """Records that are refused, each for its own reason, with canaries where it may have some."""
    good = json.loads(with_canaries()[facts.RentPaid])
    changes: list[Json] = [
        {"type": f"se.bokvar.{CANARY}.v1"},
        {"source": f"urn:landlord:{CANARY}"},
        {"source": CANARY},
        {"subject": f"{ORGNR}:{CANARY}"},
        {"specversion": CANARY},
        {"time": CANARY},
        {"data": CANARY},
        {"data": good["data"] | {"payer": CANARY}},
        {"data": good["data"] | {"amount_ore": CANARY}},
        {"data": good["data"] | {"booked_on": CANARY}},
        {"data": good["data"] | {"lease_id": f"556036-0793:{CANARY}"}},
    ]
    texts = [json.dumps(good | change, ensure_ascii=False).encode() for change in changes]
    return [*texts, CANARY.encode(), b'{"' + CANARY.encode(), b"[" * 99 + CANARY.encode(),
            CANARY.encode("latin-1")]  # fmt: skip
