"""Readings of leases that were never lived, for tests of scores and their reasons."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from models.risk.reading import NO_CONTACT, Reading
from models.risk.steps import STEPS

DEBTS, SHARES = (0, 0, 0, 4, 500, 1000, 2400), (0, 300, 995, 1000, 1000, 1000, 5000)
TIMES = (-130, -20, -3, -1, 0, 0, 0, *STEPS[:9])
CLEAR: dict[str, Any] = dict.fromkeys(
    ("debt", "oldest", "ahead", "coming", "failed", "failed_year", "reminders", "demands", "plan",
     "missed", "owed_ore"), 0,
) | {"contact": NO_CONTACT}  # fmt: skip


def reading(timing: Sequence[int], shares: Sequence[int] | None = None, **read: int) -> Reading:
    """A reading of rents paid at such times, newest first, whole unless their shares are told."""
    came, fill = shares or [1000] * len(timing), (-1,) * (12 - len(timing))
    late = (*(max(0, days) for days in timing), *fill)
    return Reading(late, (*timing, *fill), (*came, *fill), **CLEAR | read)


PLANS = st.sampled_from((0, 0, 1, 2))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose parts fit together."""
    timing = draw(st.lists(st.sampled_from(TIMES), max_size=12))
    shares = [draw(st.sampled_from(SHARES)) for _ in timing]
    debt, failed, plan = draw(st.sampled_from(DEBTS)), draw(st.integers(0, 3)), draw(PLANS)
    return reading(
        timing, shares, debt=debt, oldest=draw(st.sampled_from((0, *STEPS))) if debt else 0,
        ahead=draw(st.sampled_from((0, 0, 20, 1000, 1500))), failed=draw(st.integers(0, failed)),
        coming=draw(st.sampled_from((0, 0, 1, 8))) if len(timing) > 5 else 0, failed_year=failed,
        reminders=draw(st.integers(0, 3)), demands=draw(st.integers(0, 2)), plan=plan,
        missed=draw(st.integers(0, 2)) if plan else 0,
        contact=draw(st.sampled_from((0, *STEPS))),
    )  # fmt: skip


def drawn(count: int) -> list[Reading]:
    """Leases of which those that are late and in debt come into trouble."""
    chance = np.random.default_rng(7)
    found = []
    for _ in range(count):
        timing = chance.choice(TIMES, chance.integers(0, 13)).tolist()
        debt = int(chance.choice(DEBTS))
        found.append(
            reading(
                timing, chance.choice(SHARES, len(timing)).tolist(), debt=debt,
                oldest=int(chance.choice(STEPS)) if debt else 0,
                ahead=int(chance.choice((0, 0, 20, 1000))), failed_year=int(chance.integers(3)),
                reminders=int(chance.integers(3)), plan=int(chance.integers(3)),
                contact=int(chance.choice(STEPS)),
            )
        )  # fmt: skip
    return found
