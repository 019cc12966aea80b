"""The log of a process whose servers are away: a line a minute, which says what to do."""

import logging

import pytest

from streams.quiet.once_a_minute import EVERY, OnceAMinute


class Minutes:
    def __init__(self) -> None:
        self.now = 5.0
        self.filter = OnceAMinute(lambda: self.now)

    def passes(
        self, name: str, level: int = logging.ERROR, text: str = "text", **more: str
    ) -> bool:
        record = logging.LogRecord(name, level, "", 0, text, (), None)
        record.__dict__.update(more)
        return self.filter.filter(record)


@pytest.fixture
def minutes() -> Minutes:
    return Minutes()


def test_of_one_server_a_line_a_minute_passes_whichever_part_says_it(minutes: Minutes) -> None:
    passed = []
    for second in range(180):
        minutes.now = 5.0 + second
        passed.append(minutes.passes("bokvar.worker", server="Kafka"))
        passed.append(minutes.passes("bokvar.relay", server="Kafka"))
    assert sum(passed) == 3


def test_of_all_clients_together_one_line_passes_and_none_beside_the_servers_own(
    minutes: Minutes,
) -> None:
    clients = ("aiokafka.conn", "kafka.net", "librdkafka", "aiokafka.consumer")
    assert [minutes.passes(name) for name in clients] == [True, False, False, False]
    assert minutes.passes("bokvar.servers", server="Kafka")
    minutes.now += EVERY
    assert not minutes.passes("aiokafka.conn")
    assert minutes.passes("bokvar.servers", server="Kafka")


def test_what_faust_says_passes_beside_them_and_each_line_once_a_minute(minutes: Minutes) -> None:
    assert minutes.passes("aiokafka.conn")
    assert minutes.passes("faust.agents", text="an agent raised")
    assert minutes.passes("faust.agents", text="another line")
    assert not minutes.passes("faust.agents", text="an agent raised")
    minutes.now += EVERY
    assert minutes.passes("faust.agents", text="an agent raised")


def test_another_server_that_fails_in_the_same_minute_is_told(minutes: Minutes) -> None:
    assert minutes.passes("bokvar.servers", server="Kafka")
    assert minutes.passes("bokvar.servers", server="the database")


def test_that_a_server_is_back_is_told_once_and_only_if_it_was_missed(minutes: Minutes) -> None:
    assert not minutes.passes("bokvar.servers", back="Kafka")
    minutes.passes("bokvar.servers", server="Kafka")
    assert minutes.passes("bokvar.servers", back="Kafka")
    assert not minutes.passes("bokvar.servers", back="Kafka")


def test_bokvars_own_lines_and_what_is_critical_always_pass(minutes: Minutes) -> None:
    assert all(minutes.passes("bokvar.worker") for _ in range(10))
    assert all(minutes.passes("faust", logging.CRITICAL) for _ in range(10))
