"""A town of sixty homes after three months, with some of everything that goes wrong."""

from datetime import date
from pathlib import Path

from streams.simulate import Simulation
from streams.simulate.faults import Faults
from tests.pump import World, make_world, publish, pump


def make_town(kafka: str, prefix: str, folder: Path, url: str) -> World:
    """The town in a database that holds the whole log, folded in frames of 300."""
    world = make_world(kafka, prefix, folder, url)
    simulation, faults = Simulation(60, date(2026, 1, 1), 90, seed=4), Faults(0.05, 4)
    publish(world, (line.raw for day in simulation.by_day() for line in faults.mix(day)))
    publish(world, (line.raw for line in faults.rest()))
    pump(world, 300)
    return world
