"""A simulated year by several playbooks, each in a process of its own, on the same payments."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

import msgspec
from msgspec import Struct

from alerts.playbooks.own import named
from alerts.playbooks.towns import all_follow
from alerts.playbooks.workload import Workload, workload
from streams.embedded.event_lines import FileLine
from streams.embedded.played import played
from streams.embedded.trial import Trial
from streams.simulate import Simulation


class Year(Struct, frozen=True):
    """Which year: how many homes, from which day, how many days, and the seed."""

    leases: int
    start: date
    days: int
    seed: int


def workloads(year: Year, names: Sequence[str], workers: int) -> Iterator[Workload]:
    """The workload of each playbook, in the order of the names; as many at once as `workers`."""
    years = [year] * len(names)
    if workers == 1:
        yield from map(_lived, years, names)
        return
    # A child begins anew: what this process has loaded is not to be shared with it.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_lived, years, names)


def _lived(year: Year, name: str) -> Workload:
    way = named(name)
    encode = msgspec.json.Encoder().encode
    events = Simulation(year.leases, year.start, year.days, year.seed).events()
    lines = (FileLine("simulated", number, encode(event)) for number, event in enumerate(events, 1))
    trial = played(Trial(all_follow(way)), lines)
    tasks = trial.store.tasks.values()
    return workload(way.name, tasks, trial.leases, year.start, reported=True)
