"""A provider that was silent is left alone for some seconds; one that said no is asked again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from alerts.access import asked_provider
from alerts.access.asked_provider import AWAY, AskedProvider
from alerts.access.discovery import Known, ProviderAway


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def failing(clock: Clock, seconds: float) -> None:
    clock.now += seconds
    raise ProviderAway("no")


def test_after_a_silence_nobody_asks_for_some_seconds_and_then_somebody_does() -> None:
    clock = Clock()
    asked = AskedProvider("https://x.se", clock)
    with pytest.raises(ProviderAway, match="no"):
        asked.ask(lambda: failing(clock, 10))
    with pytest.raises(ProviderAway, match="a moment ago"):
        asked.ask(lambda: 7)
    clock.now += AWAY
    assert asked.ask(lambda: 7) == 7


def test_who_says_no_at_once_is_asked_again_at_once() -> None:
    clock = Clock()
    asked = AskedProvider("https://x.se", clock)
    with pytest.raises(ProviderAway):
        asked.ask(lambda: failing(clock, 0.1))
    assert asked.ask(lambda: 7) == 7


def test_while_one_asks_the_others_wait_a_little_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go, count = threading.Event(), threading.Event(), 0

    def discover(_: str) -> Known:
        nonlocal count
        count += 1
        begun.set()
        go.wait(20)
        raise ProviderAway("no")

    monkeypatch.setattr(asked_provider, "discover", discover)
    monkeypatch.setattr(asked_provider, "_PATIENCE", 0.05)
    asked = AskedProvider("https://x.se")
    with ThreadPoolExecutor(5) as threads:
        first = threads.submit(asked.known)
        assert begun.wait(20)
        others = [threads.submit(asked.known) for _ in range(4)]
        for one in others:
            with pytest.raises(ProviderAway, match="has not answered yet"):
                one.result(20)
        go.set()
        with pytest.raises(ProviderAway, match="no"):
            first.result(20)
    assert count == 1
