"""Who lives in a home, what it costs and how they pay: drawn once for each tenancy.

Rents are SCB's national means of 2023 by rooms, raised by SCB's 5.0 % of 2024 (kronor a month);
all other shares are ours. Nothing about health is drawn here or sent anywhere.
"""

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeVar

from models.contract.facts import Child, LeaseKind, Living, Payer

Habit = Literal["debit", "payday", "last_day"]
T = TypeVar("T")

RENT_BY_ROOMS = {1: 5_050, 2: 6_950, 3: 8_500, 4: 10_880, 5: 12_500}
ROOMS = ((1, 0.14), (2, 0.36), (3, 0.33), (4, 0.14), (5, 0.03))
CHILDREN_BY_ROOMS = {1: 0.04, 2: 0.20, 3: 0.50, 4: 0.70, 5: 0.80}
AGES = (((18, 25), 0.09), ((26, 44), 0.38), ((45, 64), 0.30), ((65, 94), 0.23))
STRAIN = ((0.4, 0.60), (1.2, 0.28), (3.5, 0.12))  # mean 1.0: a tight economy repeats itself
YOUNG_STRAIN, OLD_STRAIN, OTHER_STRAIN = 1.5, 0.5, 1.1  # up to 25, from 65, between
MOST_STRAIN = STRAIN[-1][0] * YOUNG_STRAIN
KINDS: tuple[tuple[LeaseKind, float], ...] = (
    ("first_hand", 0.93),
    ("municipal", 0.03),
    ("trial", 0.02),
    ("second_hand", 0.02),
)
LIVING: tuple[tuple[Living, float], ...] = (
    ("permanent", 0.75),
    ("alternating", 0.17),
    ("visiting", 0.08),
)
HABITS: tuple[tuple[Habit, float], ...] = (("debit", 0.36), ("payday", 0.46), ("last_day", 0.18))
KNOWN: tuple[tuple[Literal["yes", "unknown"] | None, float], ...] = (
    ("yes", 0.88),
    ("unknown", 0.08),
    (None, 0.04),  # the municipality has sent nothing
)


@dataclass(slots=True)
class SimulatedHousehold:
    """A household and its home. `strain` multiplies the chance of late rent; it is never sent."""

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


def pick(rng: Random, weighted: tuple[tuple[T, float], ...]) -> T:
    """One of the values, by weight."""
    u = rng.random() * sum(weight for _, weight in weighted)
    for value, weight in weighted:
        u -= weight
        if u < 0:
            return value
    return weighted[-1][0]


def draw_household(rng: Random, year: int) -> SimulatedHousehold:
    """A household that lives in a rented home in `year`."""
    rooms = pick(rng, ROOMS)
    low, high = pick(rng, AGES)
    age = rng.randint(low, high)
    children = _children(rng, rooms, age, year)
    adults = 2 if rng.random() < (0.5 if children or rooms > 2 else 0.2) else 1
    years = [year - age] + [year - max(18, age + rng.randint(-6, 6))] * (adults - 1)
    return SimulatedHousehold(
        rooms=rooms,
        rent_ore=round(RENT_BY_ROOMS[rooms] * rng.uniform(0.82, 1.22)) * 100,
        parking_ore=rng.choice((29_500, 35_000, 42_000)) if rng.random() < 0.18 else 0,
        metered_ore=rng.randrange(6_000, 30_000) if rng.random() < 0.30 else 0,
        birth_years=years,
        children=children,
        known=pick(rng, KNOWN),
        sublet_children=rng.random() < 0.006,
        kind=pick(rng, KINDS),
        habit=pick(rng, HABITS),
        payer="municipality" if rng.random() < 0.02 else "tenant",
        strain=pick(rng, STRAIN) * _strain_by_age(age),
    )


def _strain_by_age(age: int) -> float:
    if age <= 25:
        return YOUNG_STRAIN
    return OLD_STRAIN if age >= 65 else OTHER_STRAIN


def _children(rng: Random, rooms: int, age: int, year: int) -> list[Child]:
    if not 20 <= age <= 60 or rng.random() > CHILDREN_BY_ROOMS[rooms]:
        return []
    living = pick(rng, LIVING)
    oldest = min(17, age - 18)
    return [
        Child(year - rng.randint(0, oldest), living) for _ in range(rng.choice((1, 1, 2, 2, 3)))
    ]
