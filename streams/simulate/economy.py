"""How households fare, month by month: a hidden state that nobody sends, of all homes at once.

A decline begins at random: rent comes later, then in parts, then not at all, and each month it may
pass. A shock comes out of nothing. What is seen of it is how rent is paid (`decline`, `crisis`).
"""

import numpy as np
from numpy.typing import NDArray

from streams.simulate.household import SimulatedHousehold
from streams.simulate.town import Town

STEADY, LATER, PART, MISSED, SHOCK = range(5)
Floats = NDArray[np.float64]


class Economy:
    """A state for each home, and for how many months it has been so."""

    def __init__(self, town: Town, households: list[SimulatedHousehold]) -> None:
        self._town = town
        count = len(households)
        self.stage = np.zeros(count, dtype=np.int8)
        self.months = np.zeros(count, dtype=np.int64)
        self.strain = np.zeros(count)
        self.late_by = np.zeros(count, dtype=np.int64)
        for home, household in enumerate(households):
            self.move_in(home, household)

    def move_in(self, home: int, household: SimulatedHousehold) -> None:
        """Another household lives there from now on."""
        self.stage[home] = STEADY
        self.strain[home] = household.strain
        self.late_by[home] = household.late_by

    def pass_month(self, month: int, chance: Floats) -> None:
        """Another month passes; `chance` in [0, 1) is a home's own."""
        before, course, factor = self.stage, self._town.course, self._town.factor(month)
        now = np.where(before >= MISSED, STEADY, before)
        begins = self._town.onset * factor * self.strain
        shocked = begins + self._town.shocks * factor * (1 + self.strain) / 2  # it may hit anybody
        steady = before == STEADY
        now[steady & (chance < shocked)] = SHOCK
        now[steady & (chance < begins)] = LATER
        for stage, worse, recovers in (
            (LATER, course.later_worse, course.later_recovers),
            (PART, course.part_worse, course.part_recovers),
        ):
            there = before == stage
            now[there & (chance < worse + recovers)] = STEADY
            now[there & (chance < worse)] = stage + 1
        self.months = np.where(now == before, self.months + 1, 0)
        self.stage = now
