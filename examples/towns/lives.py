"""The examples of a simulated town: its events lived through, as those of a file are."""

from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from alerts.learning.events_file import EventsFile
from models.risk.examples import Example, examples
from models.risk.outcome import HORIZON
from models.risk.rolling import looks
from models.risk.table import Examples, table
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
    return table(_examples(years))


def _examples(years: Years) -> Iterator[Example]:
    encode = msgspec.json.Encoder().encode
    town = TOWNS[years.town]
    length = (years.until - years.start).days + 1
    events = Simulation(years.leases, years.start, length, years.seed, town).events()
    days = [day for day in looks(years.start, years.until, HORIZON) if day >= years.since]
    with EventsFile(years.town, map(encode, events)) as file:
        for lease_id, told in file.lives():
            yield from examples(lease_id, told, days, years.until, HORIZON)
