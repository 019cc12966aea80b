"""Leases read, scored and given their reasons, as leases a second: `make bench-scoring`.

The leases are 25,000 of the public payment histories (examples/uci), lived through and kept as the
worker stores them at the ends of June, July, August and September: 100,000 leases, of which 84,030
read differently. The model is the boosted one, trained on all histories as `make uci-backtest`
does. Each process has an equal share; leases are taken out of their stored form before the clock
runs, and the slowest process counts. No broker and no database.
"""

import gc
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np
from rich.console import Console
from rich.progress import track

from alerts.learning.estimators import boosted
from examples.uci.adapter import events, lease_id
from examples.uci.backtest import by_lease
from examples.uci.table import read_behaviour, read_outcome
from models.lease.state import decode, encode
from models.risk.features import features, numbers
from models.risk.lived import lived
from models.risk.reading import Reading, read
from models.risk.reasons import scored
from models.risk.training import Model, train
from streams.worker.app import GC_THRESHOLD

LOOKS = tuple(date(2005, month, day) for month, day in ((6, 30), (7, 31), (8, 31), (9, 30)))
LEASES = 100_000
PROCESSES = (1, 2)
GOAL_SECONDS = 5.0  # from readings to chance and reasons, on two cores or one
T = TypeVar("T")
Stored = list[tuple[date, bytes]]
Spent = dict[str, tuple[float, float]]  # by stage: seconds on the clock and of the processor
_start: list[Barrier] = []  # given to each process as it begins


def main() -> None:
    """Measure; the last line printed is one JSON object."""
    model, stored = population(Console(stderr=True))
    print(f"{'processes':>9}  {'stage':<6}{'leases/s':>10}{'seconds':>9}{'processor s':>13}")
    result: dict[str, Any] = {"leases": len(stored)}
    for processes in PROCESSES:
        for stage, (seconds, processor) in measured(model, stored, processes).items():
            rate = round(len(stored) / seconds)
            print(f"{processes:>9}  {stage:<6}{rate:>10,}{seconds:>9.2f}{processor:>13.2f}")
            result[f"{stage}_{processes}"] = {
                "leases_per_second": rate,
                "seconds": round(seconds, 2),
                "processor_seconds": round(processor, 2),
            }
    fastest = min(result[f"score_{processes}"]["seconds"] for processes in PROCESSES)
    result["within_goal"] = fastest <= GOAL_SECONDS
    print(json.dumps(result), flush=True)


def population(console: Console) -> tuple[Model, Stored]:
    """The model, and the leases in their stored form with the day on which each is looked at."""
    behaviour = read_behaviour()
    told = by_lease(events(behaviour, capped=False))
    readings, stored = list[Reading](), Stored()
    for number in track(behaviour.number.tolist(), "Living", console=console):
        name = lease_id(number)
        for day, lease in lived(name, told.pop(name), LOOKS):
            stored.append((day, encode(lease)))
            if day == LOOKS[-1]:
                readings.append(read(lease, day))
    X, each = features(numbers(readings)), np.arange(len(readings))
    model = train(boosted, X, read_outcome(), each, np.random.default_rng(0))
    return model, stored[:LEASES]


def measured(model: Model, stored: Stored, processes: int) -> Spent:
    """What each stage took, and both, in so many processes with an equal share each."""
    context = get_context("spawn")
    shares = [stored[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes, context, _begin, (context.Barrier(processes),)) as pool:
        parts = list(pool.map(_share, [model] * processes, shares))
    found = {
        stage: (max(part[stage][0] for part in parts), sum(part[stage][1] for part in parts))
        for stage in parts[0]
    }
    both = [sum(column) for column in zip(*found.values(), strict=True)]
    return {**found, "both": (both[0], both[1])}


def _begin(barrier: Barrier) -> None:
    _start.append(barrier)


def _share(model: Model, stored: Stored) -> Spent:
    """Read a share of the leases, then score it."""
    leases = [(decode(state), day) for day, state in stored]
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
    rows, reading = _timed(lambda: [read(lease, day) for lease, day in leases])
    _, scoring = _timed(lambda: scored(model, rows))
    return {"read": reading, "score": scoring}


def _timed(work: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    """What the work gives, and its seconds; all processes begin it together."""
    _start[0].wait()
    began, computed = perf_counter(), process_time()
    found = work()
    return found, (perf_counter() - began, process_time() - computed)


if __name__ == "__main__":
    main()
