"""The first start as the README has it, by somebody who has nothing yet but an empty folder."""

import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import requests

from streams.embedded.broker.config import free_ports
from tests.builders import registered
from tests.processes import ROOT, BokvarProcess
from tests.waiting import wait_until

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]
Run = Callable[..., BokvarProcess]


def commands() -> list[str]:
    """The commands of the README's section on running it, in their order."""
    section = (ROOT / "README.md").read_text().partition("## Running it")[2]
    block = section.split("```")[1]
    return re.findall(r"^bokvar (.*?)\s*(?:#.*)?$", block, re.M)


def page(worker: BokvarProcess) -> str:
    """Where a worker says that it answers."""
    found = re.search(r"ask http://\S+:(\d+)/ready", worker.wait_for_output("/ready"))
    assert found
    return f"http://127.0.0.1:{found[1]}"


def wait_ready(worker: BokvarProcess) -> None:
    def ready() -> bool:
        assert worker.exit_code is None, worker.errors
        try:
            return bool(requests.get(f"{page(worker)}/ready", timeout=5).json()["ready"])
        except requests.RequestException:
            return False

    wait_until(ready, 60, "the worker is ready")


def test_the_readmes_commands_are_these() -> None:
    assert commands() == ["broker", "init", "worker --all", "worker", "relay", "scheduler"]


def test_the_readmes_first_start_works_and_a_second_worker_finds_its_place(
    database_url: str, bokvar: Run, tmp_path: Path
) -> None:
    port = free_ports(1)[0]
    around = {"BOKVAR_KAFKA": f"127.0.0.1:{port}"}
    sqlite = database_url.startswith("sqlite")
    if not sqlite:
        around["BOKVAR_DATABASE"] = database_url

    def run(*arguments: str, **more: str) -> BokvarProcess:
        return bokvar(*arguments, environment=around | more)

    broker = run("broker", "--port", str(port))
    broker.wait_for_output("Kafka is ready")
    assert run("init").wait() == 0
    first = run("worker", "--all")
    wait_ready(first)
    second = run("worker")
    if sqlite:
        assert second.wait() == 1
        (sentence,) = second.errors.splitlines()
        assert "SQLite takes one; stop it, or use PostgreSQL" in sentence
    else:
        assert page(second) != page(first)
        wait_ready(second)
    (tmp_path / "events.jsonl").write_bytes(msgspec.json.encode(registered()))
    assert run("publish", "events.jsonl").wait() == 0
    wait_until(lambda: sees_the_lease(run("status", "--json")), 60, "the lease is folded")
    assert run("tasks").wait() == 0
    running = [first] if sqlite else [second, first]
    for process in (*running, broker):
        process.send(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_port_that_was_asked_for_and_is_taken_is_one_sentence(bokvar: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        asked = {"BOKVAR_WEB_PORT": port, "BOKVAR_WEB_HOST": "127.0.0.1"}
        worker = bokvar("worker", environment=asked)
        assert worker.wait() == 1
        (sentence,) = worker.errors.splitlines()
        assert f"port {port} of 127.0.0.1 cannot be used" in sentence
        assert "BOKVAR_WEB_PORT" in sentence


def sees_the_lease(status: BokvarProcess) -> bool:
    """Has the status ended well, with one lease in it?"""
    return status.wait() == 0 and status.json()["leases"] == 1
