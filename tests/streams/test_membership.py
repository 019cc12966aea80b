"""Kafka's client that no longer looks after the worker's group: the process ends, to begin anew."""

from types import SimpleNamespace

import pytest
from aiokafka.errors import KafkaError

from streams.ending import CRASHED
from streams.worker import membership


class Ended(Exception):
    """The process has ended."""


class Coordinator:
    """Kafka's, after it met with what it did not expect."""

    _coordination_task = SimpleNamespace(done=lambda: True)

    def check_errors(self) -> None:
        raise KafkaError("Unexpected error during coordination")


def test_a_worker_whose_part_in_the_group_is_lost_for_good_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def leave(status: int) -> None:
        assert status == CRASHED
        raise Ended

    monkeypatch.setattr(membership, "leave", leave)
    app = SimpleNamespace(worker=SimpleNamespace(troubles=None))
    with pytest.raises(Ended):
        membership.hear(app, SimpleNamespace(_coordinator=Coordinator()))
    assert "its part in the group is lost" in caplog.text
