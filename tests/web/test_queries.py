"""No page asks the database more than ten times, however many rows it shows."""

import pytest
from sqlalchemy import event

from alerts.store import schema
from alerts.web.links import link
from tests.builders import ORGNR, lease_id
from tests.web.site_world import World

MOST = 10
PAGES = {
    "today": ("anna", link("today")),
    "filtered": ("anna", link("today", district="Ronna", band="C", within="month", show=100)),
    "everyone": ("lena", link("everyone")),
    "waiting": ("anna", link("waiting")),
    "outcomes": ("anna", link("outcomes")),
    "done": ("anna", link("done")),
    "plan": ("anna", link("plan")),
    "search": ("anna", link("search", words="4")),
    "case": ("anna", link("case", lease=lease_id(4))),
    "team": ("lena", link("team")),
    "load": ("lena", link("load")),
    "team_csv": ("lena", link("team_csv")),
    "meeting_pack": ("lena", link("meeting_pack")),
    "guarantees": ("lena", link("guarantees")),
    "landlords": ("anna", link("landlords")),
    "a landlord, to the municipality": ("anna", link("landlord", landlord=ORGNR)),
    "a landlord, to itself": ("hugo", link("landlord", landlord=ORGNR)),
    "form3": ("anna", link("form3")),
    "operations": ("olle", link("operations")),
    "audit": ("greta", link("audit", lease=lease_id(4), person="Anna Andersson", verify=1)),
}


@pytest.mark.parametrize("page", ["today", "waiting", "outcomes", "done", "plan"])
def test_a_list_of_tasks_that_strangers_have_asks_no_more_often(world: World, page: str) -> None:
    table = schema.tasks
    with world.engine.begin() as connection:
        connection.execute(table.update().values(assigned_to="somebody else"))
    assert len(asked_for(world, "anna", link(page))) <= MOST


@pytest.mark.parametrize(("who", "path"), PAGES.values(), ids=PAGES)
def test_a_page_asks_at_most_ten_times(looked_at: World, who: str, path: str) -> None:
    asked = asked_for(looked_at, who, path)
    assert len(asked) <= MOST, "\n".join(asked)


def asked_for(world: World, who: str, path: str) -> list[str]:
    """What a page asks, without the audit's writing."""
    asked = list[str]()
    browser = world.browser(who)

    def note(_c, _cursor, statement, *_):  # type: ignore[no-untyped-def]
        asked.append(statement)

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code in (200, 303)
    finally:
        event.remove(world.engine, "before_cursor_execute", note)
    return [one for one in asked if not one.startswith(("BEGIN", "INSERT", "UPDATE"))]
