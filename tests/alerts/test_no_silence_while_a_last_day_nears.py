"""While rent is unpaid and a last day of the law is at most five working days away, the home is on
the list in band A, whatever was reported, put off, planned or undone.

Where the law stands is read by `models.standing.legal`, which has tests of its own; what has become
of the tasks is what is tried here.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.contract.events import Event
from models.law.weekdays import add_working_days
from tests.alerts.doings import DOINGS, REPORTS, WAITS
from tests.alerts.test_nobody_late_in_silence import ALL, situation_of
from tests.alerts.test_waking import Plan, events_of
from tests.builders import day, days, registered
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice
from tests.tried_on import examples

START, LENGTH = date(2026, 1, 10), 130
NEAR = 5  # working days
DAYS_OF_THE_LAW = ("recovery_on", "recovery_floor", "reply_by", "eviction_on")
PAPERS: dict[str, Callable[[date], Event]] = {
    **ALL,
    "eviction soon": lambda on: eviction("scheduled", str(on), str(on + timedelta(days=9))),
    "no form 1": lambda on: notice(str(on), f"N{on}", form_1=None),
}
_LAW = ["notice", "message", "claim", "timed", "put off", "eviction soon", "no form 1"] * 3
_ACT = st.sampled_from([*PAPERS, *DOINGS, *[*REPORTS, *WAITS, *_LAW] * 2])
PLANS = st.dictionaries(
    st.integers(10, LENGTH - 1), st.lists(_ACT, min_size=1, max_size=3), max_size=16
)


@settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(PLANS)
@example({40: ["notice", "message"], 43: ["told reached, back in months", "waits for muted"]})
@example({40: ["message"], 41: ["told not_needed", "waits for other"]})
@example({40: ["claim"], 41: ["done"], 50: ["told declined"], 51: ["told not_reached"]})
@example({40: ["notice", "message"], 50: ["done", "waits for muted"], 55: ["moved to Karlstad"]})
@example({40: ["notice", "message"], 55: ["moves home soon"], 56: ["moved to Karlstad", "done"]})
@example({60: ["eviction soon"], 61: ["told confirmed", "done last", "waits for in_care"]})
def test_a_home_whose_last_day_is_near_is_on_the_list_in_band_a_whatever_was_done(
    plan: Plan,
) -> None:
    store = MemoryStore()
    store.tell(registered())
    for n in range(LENGTH):
        on = START + timedelta(days=n)
        acts = plan.get(n, []) + (["rent"] if on.day == 15 else [])
        for event in [e for act in acts for e in events_of(PAPERS, store, act, on)]:
            store.tell(event)
        store.tell(day(str(on)))
        assert not is_last_day_near(store, on) or is_in_band_a(store), (plan, on)


def is_last_day_near(store: MemoryStore, ended: date) -> bool:
    """Is a day of the law ahead, and near, on the morning after a day?"""
    situation, today = situation_of(store, ended), ended + timedelta(days=1)
    if situation.is_over:
        return False
    days = [getattr(situation.legal, name) for name in DAYS_OF_THE_LAW]
    return any(on is not None and today <= on <= add_working_days(today, NEAR) for on in days)


def is_in_band_a(store: MemoryStore) -> bool:
    """Is there a task in band A that does not wait? A confirmation alone saves no home."""
    return any(
        task.priority.band == "A" and task.waits_until is None
        for task in store.open_tasks.values()
        if task.step != "confirm_eviction"
    )


@cache
def noticed() -> MemoryStore:
    """Form 1 and message of 16 February, when the 25th has ended."""
    store = MemoryStore()
    store.tell(registered(), ALL["rent"](date(2026, 1, 15)), *days(str(START), "2026-02-15"))
    store.tell(notice("2026-02-16"), message("2026-02-16", "2026-02-16"))
    store.tell(*days("2026-02-16", "2026-02-25"))
    return store


@pytest.mark.parametrize("done", sorted([*REPORTS, *WAITS]))
def test_on_each_day_of_the_last_week_it_is_there_again_after_anything_that_was_done(
    done: str,
) -> None:
    """The last day is 9 March, and near from the 2nd."""
    store = noticed().copy()
    for n in range((date(2026, 3, 9) - date(2026, 2, 26)).days):
        on = date(2026, 2, 26) + timedelta(days=n)
        for event in DOINGS[done](store, on):
            store.tell(event)
        store.tell(day(str(on)))
        if on >= date(2026, 3, 1):
            assert is_in_band_a(store), on
