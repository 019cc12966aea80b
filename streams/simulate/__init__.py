"""A simulated municipality: a year of Södertälje's rented homes, as events.

Everything in it is invented; no figure is about a real person, landlord or home.
"""

from collections.abc import Iterator
from datetime import date

from models.contract.events import Event
from streams.simulate.municipality import default_size, full_size
from streams.simulate.stream import Simulation

__all__ = ["Simulation", "default_size", "full_size", "simulate"]


def simulate(leases: int, start: date, days: int, seed: int) -> Iterator[Event]:
    """The events of `leases` rented homes over `days` days from `start`, in the order sent."""
    return Simulation(leases, start, days, seed).events()
