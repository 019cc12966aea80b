"""Records that come twice, late, broken or in the wrong place."""

from collections.abc import Iterator

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
