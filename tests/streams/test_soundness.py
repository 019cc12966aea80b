"""What the log holds is read alike by everybody: judged on its bytes, whoever calls."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from alerts.fold.record import Record
from models.contract import facts
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from streams.kafka.soundness import DEEPEST, Unsound, unsound
from streams.proof.balance_oracle import Money
from tests.builders import LEASE, say
from tests.streams.refused import PAID, structured

KEY = LEASE.encode()


def with_field(text: bytes) -> bytes:
    """A good event with a field that no one asks for."""
    return json.dumps(structured())[:-1].encode() + b', "x": ' + text + b"}"


def nested(levels: int, opening: str = "[", closing: str = "]") -> bytes:
    """An event of so many levels in all."""
    return with_field(f"{opening * (levels - 1)}1{closing * (levels - 1)}".encode())


def called_from(depth: int, judge: Callable[[], Any]) -> Any:
    return judge() if depth == 0 else called_from(depth - 1, judge)


def judged(raw: bytes) -> Record:
    return decode(5, KEY, raw)


def test_a_field_no_one_asks_for_that_is_not_utf8_sets_the_event_aside() -> None:
    for text in (b'"GM-\xe4rdsv\xe4gen 4"', b'"\xed\xa0\x80"', b'"\xc0\xaf"', b'["\xff"]'):
        record = judged(with_field(text))
        assert (record.error, record.leases) == ("unreadable_json", (LEASE,))
        assert "UTF-8" in (fault(with_field(text)) or "")
    assert judged(with_field('"Gårdsvägen 4"'.encode())).event == PAID


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"":', "}"), ('[{"a":', "}]")])
def test_one_level_more_than_the_deepest_is_refused_and_the_deepest_is_read(
    opening: str, closing: str
) -> None:
    if opening.startswith("[{"):
        fits = with_field(f"{opening * 31}1{closing * 31}".encode())  # 63 levels
        above = with_field(f"{opening * 32}1{closing * 32}".encode())  # 65 levels
    else:
        fits, above = (nested(levels, opening, closing) for levels in (DEEPEST, DEEPEST + 1))
    assert judged(fits).event == PAID
    assert judged(above).error == "unreadable_json"
    assert f"deeper than {DEEPEST} levels" in (fault(above) or "")


@pytest.mark.parametrize("levels", [64, 65, 800, 985, 2_000])
def test_the_judgement_is_the_same_from_anywhere_in_the_stack(levels: int) -> None:
    for raw in (nested(levels), nested(levels).replace(b'"amount_ore"', b'"amount"')):
        near = judged(raw)
        assert called_from(600, partial(judged, raw)) == near
        assert (near.event is not None) == (levels <= DEEPEST and b'"amount_ore"' in raw)


def test_brackets_in_texts_are_no_levels() -> None:
    for text in ("[" * 200, '\\"' + "{" * 200, "\\\\" + "[{" * 100):
        assert judged(with_field(f'"{text}"'.encode())).event == PAID
    assert judged(with_field(b"[" + b"[],{}," * 200 + b"1]")).event == PAID


def test_a_text_that_never_ends_is_judged_at_once() -> None:
    assert unsound(b"[" * 40 + b'"' + b'\\"' * 500_000 + b"[" * 40) is None
    assert unsound(b"[" * 65 + b'"\\') is Unsound.TOO_DEEP


@pytest.mark.parametrize("kind", [facts.RecordSetAside, facts.RecordCleared])
def test_a_place_that_no_log_has_is_refused_and_the_last_one_is_read(kind: type) -> None:
    given: dict[str, Any] = {"error": "x"} if kind is facts.RecordSetAside else {}
    message = structured(say(kind, partition=2**31 - 1, offset=2**63 - 1, **given))
    assert judged(json.dumps(message).encode()).error is None
    for change in ({"offset": 2**63}, {"offset": 2**64}, {"partition": 2**31}):
        raw = json.dumps(message | {"data": message["data"] | change}).encode()
        assert judged(raw).error == "invalid_field"


def test_a_decision_about_an_offset_no_log_has_is_refused() -> None:
    for fact in (
        say(facts.RecordReleased, offset=1, event="{}", by="x", reason="x"),
        say(facts.RecordDiscarded, offset=1, by="x", reason="x"),
    ):
        raw = json.dumps(structured(fact, data={"offset": 2**64})).encode()
        assert decode(5, None, raw).error == "invalid_field"


@pytest.mark.parametrize("written", ["780000.0", "7.8e5", "7800000e-1", "780000.000"])
def test_a_whole_number_written_with_a_fraction_of_zero_is_that_number(written: str) -> None:
    raw = json.dumps(structured(data={"amount_ore": 780000})).encode()
    record = judged(raw.replace(b"780000", written.encode()))
    assert record.event is not None
    assert record.event.data.amount_ore == 780_000
    assert type(json.loads(record.value)["data"]["amount_ore"]) is int
    assert fault(raw.replace(b"780000", written.encode())) is None


@pytest.mark.parametrize("written", ["780000.5", "1e13", "1e400", "-1.0", '"780000.0"', "NaN"])
def test_what_is_no_whole_number_within_its_range_is_refused(written: str) -> None:
    raw = json.dumps(structured(data={"amount_ore": 780000})).encode()
    sent = raw.replace(b"780000", written.encode())
    assert judged(sent).error in {"invalid_field", "unreadable_json"}
    assert judged(sent).value == sent


def test_whole_numbers_are_found_in_parts_of_the_data() -> None:
    parts = [{"due_on": "2026-03-01", "amount_ore": 1.0}, {"due_on": "2026-04-01", "amount_ore": 2}]
    plan = say(
        facts.PlanAgreed, plan_id="A", instalments=[{"due_on": "2026-03-01", "amount_ore": 1}]
    )
    record = judged(json.dumps(structured(plan, data={"instalments": parts})).encode())
    assert record.event is not None
    assert [part.amount_ore for part in record.event.data.instalments] == [1, 2]


def test_a_nul_in_a_text_is_text() -> None:
    record = judged(json.dumps(structured(note="a\0b", data={"payment_id": "a\0b"})).encode())
    assert record.event is not None
    assert record.event.data.payment_id == "a\0b"


def test_a_number_longer_than_python_reads_in_a_field_no_one_asks_for_harms_no_second_opinion() -> (
    None
):
    record = judged(with_field(b"9" * 5_000))
    assert record.event == PAID
    money = Money(0, 1)
    money.take([record], ())
    assert list(money.differs([(LEASE, -PAID.data.amount_ore)])) == []
