"""The servers the tests rest on: a dead one is seen, a killed one keeps what was committed."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from confluent_kafka.admin import AdminClient
from sqlalchemy import create_engine, inspect, text

from tests.servers import PostgresServer, plain
from tests.waiting import wait_until


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    with PostgresServer({"max_connections": "5"}) as server:
        yield server


def test_waiting_for_what_never_comes_ends_and_names_it() -> None:
    with pytest.raises(AssertionError, match="still waiting until pigs fly"):
        wait_until(lambda: False, 0.05, "pigs fly")


@pytest.mark.postgres
def test_a_killed_postgres_answers_nobody_and_has_every_commit_when_it_is_back(
    own_postgres: PostgresServer,
) -> None:
    with psycopg.connect(plain(own_postgres.url)) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.commit()
        connection.execute("INSERT INTO kept VALUES (1)")
        own_postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.commit()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain(own_postgres.url), connect_timeout=2)

    own_postgres.start()

    with psycopg.connect(plain(own_postgres.url)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


@pytest.mark.postgres
def test_a_stopped_postgres_comes_back_on_the_same_address_with_its_settings(
    own_postgres: PostgresServer,
) -> None:
    url = own_postgres.url
    own_postgres.stop()
    own_postgres.start()
    assert own_postgres.url == url
    with psycopg.connect(plain(url)) as connection:
        assert connection.execute("SHOW max_connections").fetchone() == ("5",)


@pytest.mark.postgres
def test_a_paused_postgres_makes_its_clients_wait(own_postgres: PostgresServer) -> None:
    own_postgres.pause()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain(own_postgres.url), connect_timeout=2)
    own_postgres.resume()
    psycopg.connect(plain(own_postgres.url), connect_timeout=10).close()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_a_database_without_the_tables_of_another(
    database_url: str, turn: str
) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE left_behind (number int)"))
    engine.dispose()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_topics_of_its_own(
    kafka: str, fresh_topics: Callable[..., str], topic_prefix: str, turn: str
) -> None:
    topic = fresh_topics("events", 3, retention_ms="-1")
    names = AdminClient({"bootstrap.servers": kafka}).list_topics(timeout=20).topics
    assert len(names[topic].partitions) == 3
    assert [name for name in names if name.startswith(topic_prefix)] == [topic]
