"""Workers that die, freeze, leave and join."""

from collections.abc import Iterator

from tests.chaos.databases import in_transaction
from tests.chaos.faults import NotNow, Scene, Target, fault
from tests.chaos.parts import Part

LOSES_GROUP = (7.0, 10.0)  # seconds; the group gives a silent worker up after six
_REFOLDED = "its frame is folded again, whole, by the next owner; nothing twice"


def one_worker(scene: Scene) -> Part:
    """Any worker that runs."""
    return scene.one_of(scene.system.workers)


def freeze_in_transaction(scene: Scene, worker: Part) -> None:
    """Freeze a worker (SIGSTOP) in the midst of a transaction; it must have work to do."""

    def frozen() -> bool:
        worker.pause()
        found = False
        try:
            found = in_transaction(scene.system, worker)
        finally:
            if not found:
                worker.resume()
        return found

    scene.wait(frozen, f"{worker.name} is in a transaction")


def is_ready(scene: Scene, worker: Part) -> bool:
    """Wait, not for ever, until a worker works."""
    try:
        scene.wait(lambda: not scene.system.not_ready(worker), f"{worker.name} works")
    except NotNow:
        return False
    return True


@fault("worker killed", Target.WORKER, _REFOLDED)
def killed(scene: Scene) -> Iterator[None]:
    """SIGKILL at any moment."""
    one_worker(scene).kill()
    yield


@fault("worker killed in a transaction", Target.WORKER, _REFOLDED)
def killed_in_transaction(scene: Scene) -> Iterator[None]:
    """SIGKILL between the first write and the commit."""
    worker = one_worker(scene)
    freeze_in_transaction(scene, worker)
    worker.kill()
    yield


@fault(
    "worker killed between commit and relay",
    Target.WORKER,
    "what it committed is sent, once the relay is back",
    seconds=(1.0, 3.0),
)
def killed_before_relay(scene: Scene) -> Iterator[None]:
    """SIGKILL when its messages are in the outbox and not yet sent."""
    worker = one_worker(scene)
    relays = [part for part in scene.system.relays if part.running]
    for relay in relays:
        relay.pause()
    try:
        scene.wait(scene.system.unsent, "messages wait in the outbox")
        worker.kill()
        yield
    finally:
        for relay in relays:
            relay.resume()


@fault(
    "worker frozen until the group gives it up",
    Target.WORKER,
    "its partitions go on elsewhere; when it wakes, the watermark refuses what it still holds",
    seconds=LOSES_GROUP,
)
def frozen(scene: Scene) -> Iterator[None]:
    """SIGSTOP, and SIGCONT after the session timeout: a zombie."""
    worker = one_worker(scene)
    worker.pause()
    try:
        yield
    finally:
        worker.resume()


@fault(
    "worker frozen in a transaction",
    Target.WORKER,
    "its partition waits for its lock, the others go on; then it commits or is refused",
    seconds=(1.0, 4.0),
)
def frozen_in_transaction(scene: Scene) -> Iterator[None]:
    """SIGSTOP between the first write and the commit, then SIGCONT."""
    worker = one_worker(scene)
    freeze_in_transaction(scene, worker)
    try:
        yield
    finally:
        worker.resume()


@fault("rolling restart", Target.WORKER, "each hands over in good order; nothing is read twice")
def rolling_restart(scene: Scene) -> Iterator[None]:
    """SIGTERM to each worker in turn, the next when the last one is back."""
    for worker in list(scene.system.workers):
        worker.end()
        worker.start()
        is_ready(scene, worker)
    yield


@fault(
    "rebalance storm",
    Target.WORKER,
    "partitions change hands in mid-frame; each frame counts once",
    needs="postgresql",
)
def storm(scene: Scene) -> Iterator[None]:
    """More workers join, and are killed or end, every second or so."""
    guests: list[Part] = []
    try:
        for _ in range(3):
            guest = scene.system.part("worker")
            guests.append(guest)
            guest.start()
            is_ready(scene, guest)
            if scene.rng.random() < 0.5:
                guest.crash()
            else:
                guest.end()
        yield
    finally:
        for guest in guests:
            guest.crash()
            scene.system.supervisor.parts.remove(guest)
