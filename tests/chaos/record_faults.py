"""Records that come twice, late, broken or in the wrong place."""

import re
from collections.abc import Callable, Iterator
from random import Random

import msgspec

from models.contract.events import Event
from tests import builders
from tests.chaos.faults import Scene, Target, fault
from tests.chaos.town import Sent

encode = msgspec.json.encode


@fault(
    "producer repeats and reorders",
    Target.PRODUCER,
    "repeats have no effect; each lease comes to the same state in any order of its money",
)
def repeated(scene: Scene) -> Iterator[None]:
    """Another producer sends some hundred of the last messages again, shuffled."""
    again = list(scene.town.recent)
    scene.rng.shuffle(again)
    scene.town.send_and_wait(again[:200])
    yield


@fault(
    "poison among good records",
    Target.PRODUCER,
    "each is set aside whole with a named reason, its lease is marked, and the rest goes on",
)
def poison(scene: Scene) -> Iterator[None]:
    """Records that no reader of JSON, or of the contract, can take."""
    good = [sent for sent in scene.town.recent if sent[0] is not None][-20:]
    sent: list[Sent] = []
    for key, value, _ in good:
        bad = scene.rng.choice(_POISON) if scene.rng.random() < 0.7 else value[: len(value) // 2]
        sent.append((scene.rng.choice((key, None, b"\xff\xfe", b"")), bad, None))
    scene.town.send_and_wait(sent)
    yield


@fault(
    "odd input of every kind",
    Target.PRODUCER,
    "counted once or set aside by name and answered; nothing else is held up, and verify is clean",
)
def odd(scene: Scene) -> Iterator[None]:
    """Slips that senders make: years ahead, other spellings, other character sets, huge ids, whole
    numbers with decimals, a batch, an attribute twice, new ids; half are mended and sent again."""
    good = [sent for sent in scene.town.recent if sent[0] is not None][-40:]
    twisted = [(key, twist(scene.rng, value), place) for key, value, place in good]
    again = [message for message in good if scene.rng.random() < 0.5]
    scene.town.send_and_wait([*twisted, *again])
    yield


def twist(rng: Random, value: bytes) -> bytes:
    """An event as one of its sender's slips would write it."""
    return rng.choice(_TWISTS)(value)


def _year_ahead(value: bytes) -> bytes:
    return re.sub(rb'"20\d\d-(\d\d-\d\d)"', rb'"2062-\1"', value)


def _other_spelling(value: bytes) -> bytes:
    return re.sub(rb"(?<=[:\"])(\d{6})(\d{4})(?=[:\"])", rb"\1-\2", value)


def _new_id(value: bytes) -> bytes:
    return value.replace(b'"id":"', b'"id":"again ', 1)


_TWISTS: tuple[Callable[[bytes], bytes], ...] = (
    _year_ahead,
    _other_spelling,
    _new_id,
    lambda value: value.replace(b'"id":"', b'"id":"' + b"x" * 300_000, 1),
    lambda value: value.replace(b'"data":{', b'"data":{"note":"\xe5",', 1),
    lambda value: value.replace(b'"data":{', b'"data":{"note":' + b"[" * 2_000 + b",", 1),
    lambda value: value[:-1] + b',"source":"urn:landlord:559990-0098"}',
    lambda value: b"[" + value + b"," + value + b"]",
    lambda value: b"\xef\xbb\xbf" + value,
    lambda value: re.sub(rb'"amount_ore":(\d+)', rb'"amount_ore":\1.0', value),
    lambda value: re.sub(rb'"amount_ore":(\d+)', rb'"amount_ore":-\1', value),
    lambda value: re.sub(rb'"birth_year":(\d+)', rb'"birth_year":2062', value),
)


@fault(
    "record in the wrong partition",
    Target.PRODUCER,
    "it is sent on to its home and folded there, once",
)
def astray(scene: Scene) -> Iterator[None]:
    """A producer with another partitioner sends events, known ones and new, to any partition."""
    partitions = scene.system.topic.partitions
    known = [(key, value) for key, value, _ in scene.town.recent if key is not None][-50:]
    leases = [builders.lease_id(scene.rng.randrange(10**6, 10**9)) for _ in range(20)]
    new = [(lease.encode(), encode(event)) for lease in leases for event in _first_months(lease)]
    scene.town.send_and_wait(
        [(key, value, scene.rng.randrange(partitions)) for key, value in [*known, *new]]
    )
    yield


def _first_months(lease: str) -> list[Event]:
    return [
        builders.registered(lease),
        builders.invoiced("2026-03", lease),
        builders.paid("2026-02-20", lease, payment_id=f"P{lease}"),
        builders.invoiced("2026-04", lease),
    ]


_POISON = (
    b"",
    b"\x00",
    b"null",
    b"[]",
    b"{}",
    b"[" * 100_000,
    b'{"data": ' * 50_000,
    b'{"id": "\xff"}',
    b'{"specversion": "1.0", "type": "se.bokvar.rent.paid.v1"}',
    b"\xef\xbb\xbf{}",
    b'{"amount_ore": 1e999999}',
    bytes(range(256)) * 8,
)
