"""Asked to end, every process ends within ten seconds, whatever is away."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from streams.embedded.broker import Broker
from streams.embedded.child_process import ChildProcess
from streams.ending import CRASHED
from tests.chaos.system import Servers
from tests.chaos.together import Run, Started, seconds_until_ended
from tests.processes import ROOT
from tests.servers import PostgresServer
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
LIMIT = 10.0  # seconds


AWAY = {
    "nothing": "",
    "Kafka frozen": "Kafka at ",
    "Kafka killed": "Kafka at ",
    "database frozen": "the database",
    "database killed": "the database",
}


@contextmanager
def away(what: str, broker: Broker, postgres: PostgresServer) -> Iterator[None]:
    """A server is away while the block lasts."""
    server = postgres if what.startswith("database") else broker
    with ExitStack() as stack:
        if what.endswith("frozen"):
            stack.callback(server.resume)
            server.pause()
        elif what.endswith("killed"):
            stack.callback(server.start)
            server.kill()
        yield


@pytest.mark.parametrize("what", AWAY)
def test_asked_to_end_every_part_ends_in_time_and_well(
    what: str,
    on_postgres: Servers,
    own_broker: Broker,
    own_postgres: PostgresServer,
    tmp_path: Path,
    topic_prefix: str,
    bokvar: Run,
) -> None:
    system = Started(on_postgres, tmp_path, topic_prefix, bokvar)
    whole = system.run("worker", "--all")
    others = [
        system.run("worker", BOKVAR_WEB_PORT="0"),
        system.run("relay"),
        system.run("scheduler"),
    ]
    system.wait_ready()
    for part in others:
        part.wait_for_output("end")
    with away(what, own_broker, own_postgres):
        if AWAY[what]:
            system.wait_away(AWAY[what])
        for part in (whole, *others):
            part.send(signal.SIGTERM)
        # They end side by side: the sum of what is still waited for is the longest.
        assert sum(seconds_until_ended(part) for part in (whole, *others)) < LIMIT


@pytest.mark.parametrize("nodes", ["1", "3"])
def test_a_broker_that_is_frozen_is_ended_in_time_too(
    nodes: str, tmp_path: Path, bokvar: Run
) -> None:
    broker = bokvar("broker", "--port", "0", "--nodes", nodes, "--json")
    broker.wait_for_output("pids")
    for pid in broker.json()["pids"]:
        os.kill(pid, signal.SIGSTOP)
    broker.send(signal.SIGTERM)
    assert seconds_until_ended(broker) < LIMIT


@pytest.mark.parametrize("how", ["raise SystemError('broken')", "return"])
def test_a_companion_that_raises_or_only_returns_ends_the_process(how: str, tmp_path: Path) -> None:
    program = (
        "import threading\n"
        "from streams.worker.companions import Companions\n"
        "class Part:\n"
        "    def run(self, stop):\n"
        f"        {how}\n"
        "with Companions(relay=Part()):\n"
        "    threading.Event().wait()\n"
    )
    child = ChildProcess(
        [sys.executable, "-c", program],
        tmp_path / "out",
        environment={"PYTHONPATH": str(ROOT)},
    )
    wait_until(lambda: child.exit_code is not None, 30, "the process has ended")
    assert child.kill() == CRASHED
    assert "the relay has ended, and the whole process with it" in (tmp_path / "out").read_text()
