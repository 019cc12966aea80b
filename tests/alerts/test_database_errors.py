"""A database's error names the fault, and no value of a statement or of a row."""

import traceback
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from alerts.store import schema
from tests.alerts.filling import migrated

CANARY = "Kanariefågel"
TOPIC = {"name": CANARY, "topic_id": CANARY, "partitions": 1}
HOLDER = {"name": CANARY, "owner": CANARY, "until": 0.0}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def twice(connection: Connection) -> None:
    connection.execute(insert(schema.topic), TOPIC)
    connection.execute(insert(schema.topic), TOPIC)


def with_nothing(connection: Connection) -> None:
    connection.execute(insert(schema.holders), HOLDER | {"until": None})


def many_with_nothing(connection: Connection) -> None:
    connection.execute(insert(schema.holders), [HOLDER, HOLDER | {"until": None}])


def not_to_be_read(connection: Connection) -> None:
    connection.execute(text("SELECT no_such_function(:value)"), {"value": CANARY})


def not_bindable(connection: Connection) -> None:
    connection.execute(insert(schema.topic), TOPIC | {"topic_id": [object(), CANARY]})


@pytest.mark.parametrize(
    "fails", [twice, with_nothing, many_with_nothing, not_to_be_read, not_bindable]
)
def test_a_statement_that_fails_says_so_without_its_values(engine: Engine, fails: object) -> None:
    assert callable(fails)
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        fails(connection)
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert CANARY not in told
    assert type(raised.value).__name__ in told


def test_an_error_still_says_what_went_wrong(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        twice(connection)
    assert "constraint" in str(raised.value)
    assert "INSERT INTO topic" in str(raised.value)
