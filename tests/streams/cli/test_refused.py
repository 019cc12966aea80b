"""`bokvar refused`: what Kafka does not take is seen, tried again and given up by a person."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from alerts.store import refused
from alerts.store.outbox import Row
from alerts.store.refused import Refused
from tests.alerts.filling import migrated
from tests.streams.arrived import environment_for
from tests.streams.cli.commands import Ran, run

LARGE = Refused(3, Row(7, "landlord.feedback.v1", b"559990-0013:1", b"x" * 500, "{}"), 0.0, "large")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


@pytest.fixture
def environment(engine: Engine, database_url: str) -> dict[str, str]:
    with engine.begin() as connection:
        refused.put_aside(connection, [LARGE, LARGE._replace(partition=4)])
    return environment_for("127.0.0.1:1", database_url, "none.")


def listed(environment: dict[str, str], *options: str) -> list[tuple[int, int, str]]:
    found = run(environment, "refused", "list", "--json", *options).json()["refused"]
    return [(row["partition"], row["seq"], row["state"]) for row in found]


def discard(environment: dict[str, str], *place: str, by: str = "Vera") -> Ran:
    return run(environment, "refused", "discard", *place, "--by", by, "--reason", "sent by hand")


def test_a_message_that_does_not_wait_cannot_be_given_up(environment: dict[str, str]) -> None:
    ran = discard(environment, "3", "8")
    assert ran.status == 1
    assert "no message 8 of partition 3 waits" in ran.errors
    assert discard(environment, "3", "7", by=" ").status == 2


def test_a_message_given_up_is_kept_and_waits_no_more(environment: dict[str, str]) -> None:
    assert discard(environment, "3", "7").status == 0
    assert listed(environment) == [(4, 7, "open")]
    assert listed(environment, "--all") == [(3, 7, "discarded"), (4, 7, "open")]
    assert discard(environment, "3", "7").status == 1


def test_all_that_wait_can_be_tried_at_once(engine: Engine, environment: dict[str, str]) -> None:
    with engine.begin() as connection:
        tried = [(found, found.why) for found in refused.every(connection)]
        refused.note_tried(connection, tried, 1000.0)
        assert not refused.due(connection, 999.0, 10)
    assert "2 messages are tried" in run(environment, "refused", "retry").output
    with engine.connect() as connection:
        assert len(refused.due(connection, 999.0, 10)) == 2


def test_people_see_topic_size_and_why(environment: dict[str, str]) -> None:
    shown = " ".join(run(environment, "refused", "list").output.split())
    assert "500" in shown
    assert "large" in shown
