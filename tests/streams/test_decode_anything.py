"""No bytes, no JSON and no spoilt event ever make the decoder or the fold raise: what raises would
stop its partition for ever."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from models.contract.events import EVENT_TYPES, LANDLORD, Event
from streams.kafka.decode import decode
from tests import anything
from tests.builders import LEASE, ORGNR, days, invoiced, registered
from tests.memory import MemoryStore, records
from tests.tried_on import examples

KEY, SOURCE = LEASE.encode(), LANDLORD + ORGNR

FUZZ = settings(
    max_examples=examples(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
        st.sampled_from([LEASE, SOURCE, *EVENT_TYPES]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["id", "source", "subject", "type", "data", "lease_id", "specversion"]),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)  # fmt: skip
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["ce_id", "ce_type", "ce_source", "ce_data", "ce_", "other", "content-type"]
        ),
        st.one_of(
            st.none(),
            st.binary(max_size=8),
            st.sampled_from([b"application/cloudevents-batch+json", b"application/cloudevents"]),
        ),
    ),
    max_size=4,
)


@FUZZ
@given(st.one_of(st.none(), st.binary(max_size=60)), st.none() | st.binary(max_size=200), HEADERS)
@example(None, None, [("ce_id", None)])
def test_no_bytes_make_it_raise(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]]
) -> None:
    record = decode(1, key, value, headers)
    assert (record.event is None) != (record.error is None)
    MemoryStore().take([record])


@FUZZ
@given(JSON, st.integers(0, 60))
def test_no_json_makes_it_raise(message: Any, torn: int) -> None:
    raw = json.dumps(message).encode()
    for value in (raw, raw[:torn]):
        record = decode(1, KEY, value)
        assert (record.event is None) != (record.error is None)


@FUZZ
@given(anything.events(), st.data())
def test_an_event_spoilt_anywhere_is_read_or_refused_and_folds(
    event: Event, data: st.DataObject
) -> None:
    key, raw = anything.encoded(event)
    at = data.draw(st.integers(0, len(raw) - 1))
    spoilt = raw[:at] + data.draw(st.binary(max_size=3)) + raw[at + 1 :]
    record = decode(0, key, spoilt)
    MemoryStore().take([record])
    assert (record.event is None) != (record.error is None)


NASTY = st.one_of(
    st.sampled_from(["\n", "\0", "\r\n", "\u2028", "{}", "%s", "'", '"', "\uff10", "-", "1" * 400]),
    st.text(max_size=3),
)


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=EVENT_TYPES)
@settings(FUZZ, max_examples=examples(15))
@given(st.data())
def test_nothing_written_into_its_texts_makes_an_event_stop_the_fold(
    kind: type[Struct], data: st.DataObject
) -> None:
    key, raw = anything.encoded(data.draw(anything.events(kind)))
    message = json.loads(raw)
    part, name = data.draw(st.sampled_from(_texts(message)))
    written = data.draw(NASTY)
    part[name] = data.draw(st.sampled_from([part[name] + written, written + part[name], written]))
    record = decode(20, message.get("subject", "").encode() or key, json.dumps(message).encode())
    assert (record.event is None) != (record.error is None)
    late().copy().take([record, *records(days("2026-02-11", "2026-02-13"), 21)])


@cache
def late() -> MemoryStore:
    """A lease with a case."""
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-02-01", "2026-02-10"))
    return store


def _texts(part: Any) -> list[tuple[Any, Any]]:
    """Where the texts of a message stand."""
    items = list(part.items() if isinstance(part, dict) else enumerate(part))
    found = [(part, name) for name, value in items if isinstance(value, str)]
    return found + [
        text for _, value in items if isinstance(value, dict | list) for text in _texts(value)
    ]
