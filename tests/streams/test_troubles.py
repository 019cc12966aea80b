"""Which servers are away, since when, and what there is to do: one judgement for all who ask."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from alerts.settings import read
from streams.kafka.clients import KafkaUnreachable
from streams.troubles import DATABASE, KAFKA, Troubles, cause
from tests.alerts.test_turns import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def troubles(clock: Clock, tmp_path: Path) -> Troubles:
    return Troubles(read({"BOKVAR_DATA": str(tmp_path), "BOKVAR_KAFKA": "k:1"}), clock)


def locked() -> OperationalError:
    return OperationalError("SELECT secret", {}, sqlite3.OperationalError("with a name in it"))


def test_a_server_is_away_until_every_part_that_missed_it_has_it_again(
    troubles: Troubles, clock: Clock
) -> None:
    troubles.failed("look", KafkaUnreachable("x"))
    clock.now += 75
    troubles.failed("relay", KafkaUnreachable("x"))
    (told,) = troubles.sentences()
    assert told.startswith("Kafka at k:1 has not answered for 75 s (KafkaUnreachable): see that")
    troubles.over("look")
    assert len(troubles.sentences()) == 1
    troubles.over("relay")
    assert troubles.sentences() == []


def test_kafka_and_the_database_are_told_apart(troubles: Troubles) -> None:
    troubles.failed("fold", locked())
    troubles.failed("look", KafkaUnreachable("x"))
    assert len(troubles.of(KAFKA)) == len(troubles.of(DATABASE)) == 1
    kafka, database = troubles.sentences()
    assert kafka.startswith("Kafka at k:1")
    assert database.startswith("the database does not answer (OperationalError)")


def test_what_a_part_says_itself_is_told_in_its_words(troubles: Troubles) -> None:
    troubles.failed("scheduler", KafkaUnreachable("x"), said="a day is refused: too large")
    assert troubles.sentence() == "a day is refused: too large"


def test_the_cause_is_the_databases_own_name_for_it_and_never_its_text() -> None:
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect("/nowhere/at/all/bokvar.db")
    assert cause(OperationalError("SELECT secret", {}, raised.value)) == "SQLITE_CANTOPEN"
    assert cause(locked()) == "OperationalError"
