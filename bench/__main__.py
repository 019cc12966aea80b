"""`python -m bench`: Bokvar, Quix Streams, plain Faust and the pure fold, one after the other."""

import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Annotated, NoReturn

import msgspec
import psutil
import typer
from rich.console import Console

from bench import load, report, whole
from bench.job import Job, Run, answered
from streams.embedded.broker import Broker
from streams.embedded.broker.faults import BrokerError
from streams.embedded.child_process import ChildProcess
from streams.embedded.pipeline import PipelineError
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.sender import NotTaken

PARTITIONS = 12
PEERS = {"pure": "bench.pure", "faust": "bench.plain_faust", "quix": "bench.quix", "bokvar": None}
PATIENCE = 3_600.0  # seconds for one peer
QUIET, SETTLING = 25.0, 20.0  # percent of the machine in use; seconds to wait for that
console = Console(stderr=True)

Events = Annotated[int, typer.Option(min=1_000, help="How many events.")]
Repeat = Annotated[int, typer.Option(min=1, help="How many turns; medians are printed.")]
Folder = Annotated[
    Path | None, typer.Option(help="Keep logs and databases here; must be new or empty.")
]


def main(events: Events = 500_000, repeat: Repeat = 1, folder: Folder = None) -> None:
    """Measure all on the same events and the same broker; the last line is one JSON object."""
    if importlib.util.find_spec("quixstreams") is None:
        refuse("Quix Streams is not installed: install Bokvar with its `bench` extra")
    if folder is not None and folder.exists() and any(folder.iterdir()):
        refuse(f"the folder {folder} is not empty: name another one")
    try:
        if folder is not None:
            measure(events, repeat, folder)
        else:
            with tempfile.TemporaryDirectory(prefix="bokvar-bench-") as temporary:
                measure(events, repeat, Path(temporary))
    except (BrokerError, KafkaUnreachable, PipelineError, NotTaken) as error:
        refuse(f"{error} (with --folder, logs are kept)")


def measure(events: int, repeat: int, folder: Path) -> None:
    """Publish once, run every peer in each turn, and print."""
    folder.mkdir(parents=True, exist_ok=True)
    turns = []
    with Broker(folder / "kafka") as broker:
        empty = Job(broker.bootstrap, [0] * PARTITIONS, str(folder))
        console.print(f"publishing {events:,} events ...")
        ends = load.publish(empty.settings, events)
        for turn in range(repeat):
            turns.append(one_turn(broker, Job(broker.bootstrap, ends, str(folder), turn), folder))
    report.show(console, turns, events)
    print(msgspec.json.encode(report.summary(turns, events)).decode(), flush=True)


def one_turn(broker: Broker, job: Job, folder: Path) -> dict[str, Run]:
    """Every peer once, each in a folder of its own, when the machine is quiet."""
    found = {}
    for name, module in PEERS.items():
        own = folder / f"{name}-{job.turn}"
        own.mkdir()
        quiet = settle()
        console.print(f"turn {job.turn + 1}: {name} ...")
        before = processor_seconds(broker.pid)
        mine = msgspec.structs.replace(job, folder=str(own), began=monotonic())
        run = whole.run(mine) if module is None else in_a_process(module, mine)
        run.quiet = quiet
        run.broker_seconds = processor_seconds(broker.pid) - before
        found[name] = run
    return found


def in_a_process(module: str, job: Job) -> Run:
    """Run a peer as a process; it leaves the answer in its output."""
    output, log = Path(job.folder) / "out", Path(job.folder) / "log"
    child = ChildProcess(
        [sys.executable, "-m", module, msgspec.json.encode(job).decode()],
        output,
        errors=log,
        environment=os.environ,
    )
    try:
        code = child.wait(PATIENCE)
    finally:
        child.kill()
    if code != 0:
        told = "\n".join(log.read_text().splitlines()[-20:])
        refuse(f"{module} ended with status {code}; its last words:\n{told}")
    return answered(output)


def settle() -> bool:
    """Wait, within reason, until the machine is quiet; whether it is."""
    deadline = monotonic() + SETTLING
    while psutil.cpu_percent(interval=1.0) > QUIET:
        if monotonic() > deadline:
            return False
    return True


def processor_seconds(pid: int) -> float:
    """What a process has computed so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def refuse(sentence: str) -> NoReturn:
    """End with a sentence."""
    console.print(sentence, markup=False, highlight=False)
    raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
