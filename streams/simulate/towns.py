"""The towns that can be simulated, by name, and their sizes."""

from streams.simulate.askholma import ASKHOLMA
from streams.simulate.sodertalje import SODERTALJE
from streams.simulate.town import Town

FRACTION = 0.1  # the default size
TOWNS = {town.name: town for town in (SODERTALJE, ASKHOLMA)}


def default_size(town: Town = SODERTALJE) -> int:
    """A tenth of the town's rented homes."""
    return round(town.homes * FRACTION)


def full_size(town: Town = SODERTALJE) -> int:
    """The town's rented homes."""
    return town.homes
