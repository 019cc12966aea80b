"""Broker and database that die, freeze, fill up and lock."""

from collections.abc import Iterator

from streams.embedded.broker import Broker
from tests.chaos.databases import cut_connections, locked, without_connections
from tests.chaos.faults import Scene, Target, fault
from tests.servers import PostgresServer

_WAITED = "the worker waits it out inside the frame; no frame is skipped"
_RESUMED = "producers, workers and relay wait for it and go on by themselves"


def _broker(scene: Scene) -> Broker:
    kafka = scene.system.servers.kafka
    return kafka if isinstance(kafka, Broker) else scene.rng.choice(kafka.nodes)


def _database_fails(scene: Scene) -> bool:
    reasons = [why for part in scene.system.workers for why in scene.system.not_ready(part)]
    return any(why.startswith("the database") for why in reasons)


def _postgres(scene: Scene) -> PostgresServer:
    assert scene.system.servers.postgres is not None
    return scene.system.servers.postgres


@fault("broker killed", Target.BROKER, _RESUMED, seconds=(0.0, 3.0))
def broker_killed(scene: Scene) -> Iterator[None]:
    """SIGKILL, and a start on the same folder."""
    broker = _broker(scene)
    broker.kill()
    try:
        yield
    finally:
        broker.start()


@fault("broker restarted", Target.BROKER, _RESUMED, seconds=(0.0, 1.0))
def broker_restarted(scene: Scene) -> Iterator[None]:
    """SIGTERM, and a start on the same folder."""
    broker = _broker(scene)
    broker.stop()
    try:
        yield
    finally:
        broker.start()


@fault("broker frozen", Target.BROKER, _RESUMED, seconds=(2.0, 9.0))
def broker_frozen(scene: Scene) -> Iterator[None]:
    """SIGSTOP, then SIGCONT: connections stay, nothing answers."""
    broker = _broker(scene)
    broker.pause()
    try:
        yield
    finally:
        broker.resume()


@fault("database killed", Target.DATABASE, _WAITED, seconds=(0.0, 3.0), needs="postgresql")
def database_killed(scene: Scene) -> Iterator[None]:
    """SIGKILL of the server and all its workers, and a start with recovery."""
    postgres = _postgres(scene)
    postgres.kill()
    try:
        yield
    finally:
        postgres.start()


@fault("database frozen", Target.DATABASE, _WAITED, seconds=(2.0, 9.0), needs="postgresql")
def database_frozen(scene: Scene) -> Iterator[None]:
    """SIGSTOP of the server and all its workers, then SIGCONT."""
    postgres = _postgres(scene)
    postgres.pause()
    try:
        yield
    finally:
        postgres.resume()


@fault("database connections cut", Target.DATABASE, _WAITED, needs="postgresql")
def connections_cut(scene: Scene) -> Iterator[None]:
    """An operator ends every session, in mid-transaction or not."""
    cut_connections(scene.system)
    yield


@fault(
    "database out of connections", Target.DATABASE, _WAITED, seconds=(1.0, 4.0), needs="postgresql"
)
def out_of_connections(scene: Scene) -> Iterator[None]:
    """All connections are cut and then taken by others."""
    with without_connections(scene.system):
        yield


@fault("database locked", Target.DATABASE, _WAITED, seconds=(1.0, 4.0))
def database_locked(scene: Scene) -> Iterator[None]:
    """Another program holds a lock that every frame needs."""
    with locked(scene.system, "partitions"):
        yield


@fault("disk full", Target.DATABASE, _WAITED, seconds=(2.0, 4.0), needs="sqlite")
def disk_full(scene: Scene) -> Iterator[None]:
    """SQLite may not grow by a single page (`max_page_count`)."""
    levers = scene.system.levers
    levers.set(pages=1)
    try:
        scene.wait(lambda: _database_fails(scene), "the worker finds the disk full", times=3)
        yield
    finally:
        levers.set(pages=None)
