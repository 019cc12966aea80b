"""Who lives in a home, what it costs and how they pay: drawn once for each tenancy.

Nothing about health is drawn here or sent anywhere.
"""

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeVar

from models.contract.facts import Child, LeaseKind, Payer
from streams.simulate import figures
from streams.simulate.figures import Habit
from streams.simulate.town import Town

T = TypeVar("T")


@dataclass(slots=True)
class SimulatedHousehold:
    """A household and its home. The last three are never sent: `strain` multiplies the chance of
    trouble, `late_by` are the days by which it always pays late (0 for most), `part` is the share
    of the rent it pays first when money is short (0: all or nothing)."""

    rooms: int
    rent_ore: int
    parking_ore: int
    metered_ore: int
    birth_years: list[int]
    children: list[Child]
    known: Literal["yes", "unknown"] | None
    sublet_children: bool
    kind: LeaseKind
    habit: Habit
    payer: Payer
    strain: float
    late_by: int
    part: float


def pick(rng: Random, weighted: tuple[tuple[T, float], ...]) -> T:
    """One of the values, by weight."""
    u = rng.random() * sum(weight for _, weight in weighted)
    for value, weight in weighted:
        u -= weight
        if u < 0:
            return value
    return weighted[-1][0]


def draw_household(rng: Random, year: int, town: Town) -> SimulatedHousehold:
    """A household that lives in a rented home of the town in `year`."""
    rooms = pick(rng, figures.ROOMS)
    low, high = pick(rng, figures.AGES)
    age = rng.randint(low, high)
    children = _children(rng, rooms, age, year)
    adults = 2 if rng.random() < (0.5 if children or rooms > 2 else 0.2) else 1
    years = [year - age] + [year - max(18, age + rng.randint(-6, 6))] * (adults - 1)
    late_by = rng.randint(*figures.ALWAYS_LATE_BY) if rng.random() < town.always_late else 0
    rent = figures.RENT_BY_ROOMS[rooms] * town.rents * rng.uniform(0.82, 1.22)
    return SimulatedHousehold(
        rooms=rooms,
        rent_ore=round(rent) * 100,
        parking_ore=rng.choice((29_500, 35_000, 42_000)) if rng.random() < 0.18 else 0,
        metered_ore=rng.randrange(6_000, 30_000) if rng.random() < 0.30 else 0,
        birth_years=years,
        children=children,
        known=pick(rng, figures.KNOWN),
        sublet_children=rng.random() < 0.006,
        kind=pick(rng, figures.KINDS),
        habit="payday" if late_by else pick(rng, figures.HABITS),
        payer="municipality" if rng.random() < 0.02 else "tenant",
        strain=figures.LEAST_STRAIN if late_by else pick(rng, town.strain),
        late_by=late_by,
        part=rng.choice(figures.PARTS) if rng.random() < town.in_parts else 0.0,
    )


def _children(rng: Random, rooms: int, age: int, year: int) -> list[Child]:
    if not 20 <= age <= 60 or rng.random() > figures.CHILDREN_BY_ROOMS[rooms]:
        return []
    living = pick(rng, figures.LIVING)
    oldest = min(17, age - 18)
    return [
        Child(year - rng.randint(0, oldest), living) for _ in range(rng.choice((1, 1, 2, 2, 3)))
    ]
