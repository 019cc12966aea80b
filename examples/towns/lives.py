"""The examples of a simulated town: its events lived through, as those of a file are."""

from datetime import date

import msgspec
from msgspec import Struct

from alerts.learning.events_file import EventsFile
from alerts.learning.learnt import learnt
from models.risk.outcome import HORIZON
from models.risk.table import Examples
from streams.simulate import TOWNS, Simulation


class Years(Struct, frozen=True):
    """What is simulated: `leases` homes of a town from `start` through `until`, looked at every
    fourth week from `since` on, as long as what came is known."""

    town: str
    leases: int
    seed: int
    start: date
    since: date
    until: date


def rows(years: Years) -> Examples:
    """Every example of the town."""
    encode = msgspec.json.Encoder().encode
    town = TOWNS[years.town]
    length = (years.until - years.start).days + 1
    events = Simulation(years.leases, years.start, length, years.seed, town).events()
    with EventsFile(years.town, map(encode, events)) as file:
        return learnt(file, HORIZON, lambda: None, years.since)
