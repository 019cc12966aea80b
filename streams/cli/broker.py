"""`bokvar broker`: Apache Kafka on this machine, in the foreground."""

import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from alerts import settings as options
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.system import told
from streams.embedded.broker import Broker, BrokerError, Cluster
from streams.embedded.broker.config import HEAP_MB

_NODES = (1, 3)
_POWER_LOSS = (
    "Kafka answers before the disk has the message: a single broker survives its own crash, "
    "but not the machine's power loss."
)


def broker(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder for the messages, by default BOKVAR_DATA's; survives restarts."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65_000, help="Port to listen on; 0 takes any free one.")
    ] = 9092,
    nodes: Annotated[
        int, typer.Option(help="1, or 3: a cluster that survives the loss of any one node.")
    ] = 1,
    heap_mb: Annotated[int, typer.Option(min=128, help="Heap of each node, MB.")] = HEAP_MB,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Run Apache Kafka on this machine until it is interrupted, and print its address.

    A single broker survives its own crash but not the machine's power loss.
    """
    asked = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        asked.set()  # an exception may be lost, in a destructor for one
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    if nodes not in _NODES:
        refuse(f"--nodes {nodes}: choose 1, or 3 for a cluster that survives the loss of a node.")
    try:
        with told():
            folder = data or options.read(os.environ).data / "kafka"
        kafka = _make(folder, port, nodes, heap_mb)
        with kafka:
            _announce(kafka, as_json)
            _watch(kafka, asked)
    except BrokerError as error:
        refuse(str(error), status=1)
    except KeyboardInterrupt:
        # Asked to end, which is how this command always ends.
        return


def _make(data: Path, port: int, nodes: int, heap_mb: int) -> Broker | Cluster:
    if nodes == 1:
        return Broker(data, port, heap_mb=heap_mb)
    return Cluster(data, nodes, port, heap_mb=heap_mb)


def _announce(kafka: Broker | Cluster, as_json: bool) -> None:
    if as_json:
        nodes = kafka.nodes if isinstance(kafka, Cluster) else (kafka,)
        facts = {
            "bootstrap": kafka.bootstrap,
            "data": str(kafka.data_dir),
            "pids": [node.pid for node in nodes],
        }
        show_json(facts)
        return
    say(f"Kafka is ready at {kafka.bootstrap} (data in {kafka.data_dir}).")
    say(f"Use it with BOKVAR_KAFKA={kafka.bootstrap}; end it with Ctrl-C.")
    if isinstance(kafka, Broker):
        say(_POWER_LOSS)


def _watch(kafka: Broker | Cluster, asked: threading.Event) -> None:
    while not asked.is_set():
        sentence = kafka.failure()
        if sentence is not None:
            raise BrokerError(sentence)
        time.sleep(0.2)
