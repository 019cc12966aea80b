"""A broker and a PostgreSQL of a module's own, to be broken; a new system for each test."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from streams.embedded.broker import Broker
from tests.chaos.running import Running, running
from tests.chaos.system import Servers, System
from tests.chaos.town import Town, lines
from tests.servers import PostgresServer, fresh_database

Start = Callable[..., tuple[System, Town]]


@pytest.fixture(scope="module")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A Kafka that the module's tests may kill and freeze."""
    with Broker(tmp_path_factory.mktemp("kafka")) as broker:
        yield broker


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that the module's tests may kill and freeze."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def on_postgres(own_broker: Broker, own_postgres: PostgresServer) -> Iterator[Servers]:
    """Both servers, with a new database; those that a test left dead are started again."""
    own_broker.start()
    with fresh_database(own_postgres.url) as url:
        yield Servers(own_broker, url, own_postgres)


@pytest.fixture
def on_sqlite(own_broker: Broker, tmp_path: Path) -> Servers:
    """The broker, and a database in a file that does not exist yet."""
    own_broker.start()
    return Servers(own_broker, f"sqlite:///{tmp_path / 'bokvar.db'}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def servers(request: pytest.FixtureRequest) -> Servers:
    """The test runs once on SQLite and once on PostgreSQL."""
    name = "on_sqlite" if request.param == "sqlite" else "on_postgres"
    found: Servers = request.getfixturevalue(name)
    return found


@pytest.fixture
def start(tmp_path: Path, topic_prefix: str) -> Iterator[Start]:
    """Start a system and a town that sends to it: `start(servers, workers=2, rate=400)`."""
    with ExitStack() as stack:

        def run(
            servers: Servers,
            *,
            leases: int = 200,
            days: int = 90,
            seed: int = 1,
            rate: float = 400.0,
            **options: Any,
        ) -> tuple[System, Town]:
            if servers.postgres is None:
                options = {**options, "workers": 1}
            system = System(servers, tmp_path / "system", topic_prefix, **options)
            stack.enter_context(system)
            town = Town(system.settings, system.topic.partitions, lines(leases, days, seed), rate)
            return system, town

        yield run


@pytest.fixture(scope="module")
def kept() -> Iterator[dict[str, tuple[ExitStack, Running]]]:
    """The systems that go on from test to test, by kind of database."""
    found: dict[str, tuple[ExitStack, Running]] = {}
    yield found
    for stack, _ in found.values():
        stack.close()


@pytest.fixture
def run(
    request: pytest.FixtureRequest,
    own_broker: Broker,
    own_postgres: PostgresServer,
    kept: dict[str, tuple[ExitStack, Running]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], Running]]:
    """A system on `"sqlite"` or `"postgresql"` that has gone on since the module's last test.

    After a test that failed, the next one gets a new system.
    """
    asked: list[str] = []

    def get(kind: str) -> Running:
        asked.append(kind)
        if kind not in kept:
            folder = tmp_path_factory.mktemp("running")
            stack = ExitStack()
            database, postgres = f"sqlite:///{folder / 'bokvar.db'}", None
            if kind == "postgresql":
                postgres = own_postgres
                database = stack.enter_context(fresh_database(own_postgres.url))
            servers = Servers(own_broker, database, postgres)
            prefix = f"t{uuid.uuid4().hex[:12]}"
            kept[kind] = (stack, stack.enter_context(running(servers, folder / "system", prefix)))
        return kept[kind][1]

    failed = request.session.testsfailed
    yield get
    if request.session.testsfailed > failed:
        for kind in asked:
            kept.pop(kind)[0].close()
