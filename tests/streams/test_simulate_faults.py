"""The faults of a real week, mixed into the simulated stream for tests."""

from datetime import date

import msgspec
import pytest

from models.contract.events import AnyEvent
from streams.simulate import simulate
from streams.simulate.faults import FAULTS, Faults

START = date(2026, 1, 1)


def test_faults_of_every_kind_come_and_no_true_event_is_lost() -> None:
    events = list(simulate(300, START, 100, seed=2))
    faults = Faults(0.05, seed=2)
    lines = [*faults.mix(events), *faults.rest()]
    assert {line.fault for line in lines} == {None, *FAULTS}
    raw = {line.raw for line in lines}
    encoder = msgspec.json.Encoder()
    assert all(encoder.encode(event) in raw for event in events)


def test_faults_are_the_same_for_the_same_seed() -> None:
    events = list(simulate(50, START, 60, seed=2))
    assert list(Faults(0.1, 1).mix(events)) == list(Faults(0.1, 1).mix(events))
    assert list(Faults(0.1, 1).mix(events)) != list(Faults(0.1, 2).mix(events))


def test_a_line_spoilt_beyond_reading_or_against_the_contract_is_refused_by_the_decoder() -> None:
    decoder = msgspec.json.Decoder(AnyEvent)
    faults = Faults(0.2, seed=9)
    broken = {"unreadable", "negative_amount", "impossible_date", "unknown_type"}
    lines = [
        line for line in faults.mix(list(simulate(200, START, 60, seed=9))) if line.fault in broken
    ]
    assert {line.fault for line in lines} == broken
    for line in lines:
        with pytest.raises(msgspec.DecodeError):
            decoder.decode(line.raw)


def test_a_rate_of_faults_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Faults(1.5, seed=1)
