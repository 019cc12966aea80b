"""Real servers for the tests: a broker and a PostgreSQL for each process of the run that asks, new
topics and databases for each test.

BOKVAR_KAFKA and BOKVAR_TEST_DATABASE name servers to use in their place. The browser is in
tests/browser.
"""

import os
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient
from hypothesis import settings
from kafka.admin import KafkaAdminClient, NewTopic

from streams.embedded.broker import Broker
from tests.browser.toolchain import keep_from_children
from tests.processes import BokvarProcess
from tests.servers import PostgresServer, fresh_database, share_ports
from tests.told import tell
from tests.tried_on import examples
from tests.waiting import wait_until

settings.register_profile("bokvar", max_examples=examples(100))
settings.load_profile("bokvar")

# Processes of a run share its cores: threads of trees that wait for each other in all of them
# take many times as long as one in each.
os.environ.setdefault("OMP_NUM_THREADS", "1")
keep_from_children()
share_ports()

_SERVERS = {"kafka": "kafka", "postgres": "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test with the servers that it asks for, so that none can forget it.

    Of processes that share a run, none may be left alone with a long test at its end: so the tests
    that are given the most time come first.
    """
    for item in items:
        for fixture, mark in _SERVERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
    if hasattr(config, "workerinput"):
        items.sort(key=_time_limit, reverse=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure shows what the test's own processes wrote: it may never come again."""
    report = yield
    tell(item, report)
    return report


def _time_limit(item: pytest.Item) -> float:
    """The seconds that a test names as its own limit; 0 if it names none."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark else 0.0


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Kafka."""
    given = os.environ.get("BOKVAR_KAFKA")
    if given:
        yield given
        return
    with Broker(tmp_path_factory.mktemp("kafka")) as broker:
        yield broker.bootstrap


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The SQLAlchemy URL of a running PostgreSQL's administrative database."""
    given = os.environ.get("BOKVAR_TEST_DATABASE")
    if given:
        yield given
        return
    with PostgresServer() as server:
        yield server.url


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database."""
    with fresh_database(postgres) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite database in a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bokvar.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a new database: the test runs once on SQLite and once on PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def topic_prefix() -> str:
    """What the names of this test's topics and groups begin with, and no other's."""
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture
def fresh_topics(kafka: str, topic_prefix: str) -> Iterator[Callable[..., str]]:
    """Make a new topic: `fresh_topics("events", 12)` gives its full name; deleted afterwards."""
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    clients = AdminClient({"bootstrap.servers": kafka})
    made: list[str] = []

    def make(name: str, partitions: int = 4, **settings: str) -> str:
        topic = f"{topic_prefix}.{name}"
        config = {option.replace("_", "."): value for option, value in settings.items()}
        new = NewTopic(
            topic, num_partitions=partitions, replication_factor=-1, topic_configs=config
        )
        admin.create_topics([new])
        made.append(topic)
        wait_until(lambda: _has_leaders(clients, topic, partitions), 30, f"{topic} is usable")
        return topic

    yield make
    if made:
        admin.delete_topics(made)
    admin.close()


def _has_leaders(clients: AdminClient, topic: str, partitions: int) -> bool:
    known = clients.list_topics(topic, timeout=20).topics[topic].partitions.values()
    return len(known) == partitions and all(part.leader >= 0 for part in known)


@pytest.fixture
def bokvar(tmp_path: Path) -> Iterator[Callable[..., BokvarProcess]]:
    """Run `bokvar` as a child: `bokvar("init", environment={...})`; ended with the test."""
    running: list[BokvarProcess] = []

    def run(*arguments: str, environment: dict[str, str] | None = None) -> BokvarProcess:
        process = BokvarProcess(*arguments, folder=tmp_path, environment=environment)
        running.append(process)
        return process

    yield run
    for process in reversed(running):
        process.kill()
