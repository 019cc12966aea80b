"""`bokvar broker` as an operator runs it."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from streams.embedded.broker.config import HOST
from streams.embedded.broker.health import registered_brokers
from tests.processes import BokvarProcess, is_alive

pytestmark = pytest.mark.kafka


def test_a_taken_port_ends_the_command_with_one_sentence(
    bokvar: Callable[..., BokvarProcess],
) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        command = bokvar("broker", "--data", "kafka", "--port", str(port))
        assert command.wait() == 1
    assert command.output == ""
    assert command.errors.startswith(f"bokvar: Port {port} on {HOST} is taken")
    assert command.errors.count("\n") == 1


def test_a_number_of_nodes_that_protects_nothing_is_refused(
    bokvar: Callable[..., BokvarProcess],
) -> None:
    command = bokvar("broker", "--data", "kafka", "--nodes", "2")
    assert command.wait() == 2
    assert "choose 1, or 3" in command.errors


def test_a_broker_that_dies_ends_the_command_with_the_reason(
    bokvar: Callable[..., BokvarProcess],
) -> None:
    command = bokvar("broker", "--data", "kafka", "--port", "0", "--json")
    command.wait_for_output("bootstrap")
    (pid,) = command.json()["pids"]

    os.kill(pid, signal.SIGKILL)

    assert command.wait() == 1
    assert command.errors.startswith("bokvar: Kafka was killed from outside (signal 9)")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_the_command_takes_its_broker_along(
    number: signal.Signals, bokvar: Callable[..., BokvarProcess], tmp_path: Path
) -> None:
    command = bokvar("broker", "--data", "kafka", "--port", "0", "--json")
    command.wait_for_output("bootstrap")
    facts = command.json()
    host, port = facts["bootstrap"].split(":")
    assert registered_brokers(host, int(port)) == 1
    assert facts["data"] == str(tmp_path / "kafka")

    command.send(number)

    assert command.wait() == 0
    assert not any(is_alive(pid) for pid in facts["pids"])
    assert "Traceback" not in command.errors


def test_a_person_is_told_the_address_and_what_power_loss_means(
    bokvar: Callable[..., BokvarProcess],
) -> None:
    command = bokvar("broker", "--data", "kafka", "--port", "0")
    said = command.wait_for_output("power loss")
    assert f"Kafka is ready at {HOST}:" in said
    assert command.end() == 0
