"""The list in SQL is the list of `alerts.cases.priority.in_order`, on both databases."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update

from alerts.access.scope import Scope
from alerts.cases.priority import in_order
from alerts.store import schema, task_rows
from alerts.store.writes import write_tasks
from alerts.views.lists.filters import Filter
from alerts.views.lists.worklist import BANDS, worklist
from tests.alerts.filling import migrated
from tests.tried_on import examples
from tests.visit_tasks import DISTRICTS, LEASES, TOWNS, task

DAYS = st.dates(date(2026, 3, 1), date(2026, 3, 4))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "band": st.sampled_from(BANDS),
            "group": st.integers(1, 3),
            "nearest_on": DAYS,
            "risk_points": st.integers(0, 2),
            "last_contact_on": st.none() | DAYS,
            "lease_id": st.sampled_from(LEASES),
            "municipality": st.sampled_from(TOWNS),
            "district": st.sampled_from(DISTRICTS),
            "state": st.sampled_from(("open", "changed", "closed")),
        }
    ),
    max_size=40,
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    TASKS,
    st.none() | st.sampled_from(TOWNS),
    st.none() | st.sampled_from(DISTRICTS),
    st.none() | st.integers(1, 12),
)
def test_the_list_is_sorted_filtered_and_cut_as_the_order_says(
    engine: Engine,
    rows: list[dict[str, Any]],
    town: str | None,
    district: str | None,
    limit: int | None,
) -> None:
    tasks = {t.task_id: t for t in (task(n, **row) for n, row in enumerate(rows))}
    expected = in_order(
        one
        for one in tasks.values()
        if one.state != "closed"
        and (town is None or one.municipality == town)
        and (district is None or one.district == district)
    )
    with engine.begin() as connection:
        connection.execute(delete(schema.tasks))
        write_tasks(connection, 0, tasks)
        found = worklist(connection, Scope(town), Filter(district=district), limit=limit)
    cut = expected[: len(expected) if limit is None else limit]
    assert [one.task_id for one in found.tasks] == [one.task_id for one in cut]
    left: Counter[str] = Counter(one.priority.band for one in expected[len(cut) :])
    assert found.left_out == {band: left[band] for band in BANDS if left[band]}


def test_a_household_that_nobody_ever_reached_comes_before_one_reached_long_ago(
    engine: Engine,
) -> None:
    reached = task(1, last_contact_on=date(1994, 1, 1))
    never = task(2)
    with engine.begin() as connection:
        write_tasks(connection, 0, {one.task_id: one for one in (reached, never)})
        assert worklist(connection).tasks == [never, reached]


def test_tasks_of_an_older_program_get_their_place(engine: Engine) -> None:
    late, soon = task(1, nearest_on=date(2026, 5, 1)), task(2, nearest_on=date(2026, 3, 1))
    with engine.begin() as connection:
        write_tasks(connection, 0, {one.task_id: one for one in (late, soon)})
        old = {"household_group": None, "risk_points": None, "last_contact_on": None}
        connection.execute(
            update(schema.tasks).where(schema.tasks.c.task_id == soon.task_id)
            .values(nearest_on="2027-01-01", district=None, **old)
        )  # fmt: skip
        task_rows.place_all(connection)
        assert worklist(connection, filtered=Filter(district=DISTRICTS[0])).tasks == [soon, late]
