"""A simulated municipality's rented homes, as events: Södertälje, or an invented town.

Everything in it is invented; no figure is about a real person, landlord or home.
"""

from collections.abc import Iterator
from datetime import date

from models.contract.events import Event
from streams.simulate.sodertalje import SODERTALJE
from streams.simulate.stream import Simulation
from streams.simulate.town import Town
from streams.simulate.towns import TOWNS, default_size, full_size

__all__ = ["TOWNS", "Simulation", "Town", "default_size", "full_size", "simulate"]


def simulate(
    leases: int, start: date, days: int, seed: int, town: Town = SODERTALJE
) -> Iterator[Event]:
    """The events of `leases` rented homes over `days` days from `start`, in the order sent."""
    return Simulation(leases, start, days, seed, town).events()
