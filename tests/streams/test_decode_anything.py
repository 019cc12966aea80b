"""No bytes, no JSON and no spoilt event ever make the decoder or the fold raise: what raises would
stop its partition for ever."""

import json
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.events import EVENT_TYPES, LANDLORD, Event
from streams.decode import decode
from tests import anything
from tests.builders import LEASE, ORGNR
from tests.memory import MemoryStore

KEY, SOURCE = LEASE.encode(), LANDLORD + ORGNR

FUZZ = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
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
        st.sampled_from(["ce_id", "ce_type", "ce_source", "ce_data", "ce_", "other"]),
        st.one_of(st.none(), st.binary(max_size=8)),
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
    MemoryStore().fold([record])


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
    MemoryStore().fold([record])
    assert (record.event is None) != (record.error is None)
