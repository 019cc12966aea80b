"""Who works in some districts meets no other district's lease on any page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from alerts.access import sessions
from alerts.access.person import Person, Role
from alerts.store import schema
from alerts.web.links import link
from models.contract import facts
from models.contract.events import MUNICIPALITY, Event
from tests.builders import ORGNR, lease_id, paid, say
from tests.web import lived
from tests.web.lived import OTHER_DISTRICT, PROTECTED
from tests.web.site_world import ELSEWHERE, TOWN, World, site_world

OTHER, HIDDEN, MOVED, OWN = lease_id(OTHER_DISTRICT), lease_id(PROTECTED), lease_id(5), lease_id(1)
LEADER = Person("lisa", "Lisa Lund", Role.TEAM_LEADER, TOWN, ("Ronna",))
PAGES = {
    "today": {}, "everyone": {}, "waiting": {}, "done": {}, "outcomes": {}, "plan": {},
    "search": {"words": str(OTHER_DISTRICT)}, "team": {}, "load": {}, "team_csv": {},
    "meeting_pack": {},
    "guarantees": {"over": "1"}, "landlords": {}, "landlord": {"landlord": ORGNR}, "form3": {},
}  # fmt: skip


def events() -> list[Event]:
    """Guarantees and days of review of several leases, of which the fifth moves away then."""
    given = [
        say(facts.GuaranteeGiven, source=MUNICIPALITY + TOWN, lease_id=one, guarantee_id=f"B{one}",
            on="2026-03-18", starts_on="2026-03-18", months_of_rent=3, by="Vera")
        for one in (OWN, HIDDEN, OTHER, MOVED)
    ]  # fmt: skip
    reviewed = [
        say(facts.LeaseChanged, lease_id=one, effective_on="2026-03-18", review_on="2026-04-01")
        for one in (OWN, HIDDEN, OTHER)
    ]
    moved = say(
        facts.LeaseChanged, lease_id=MOVED, effective_on="2026-03-19", municipality=ELSEWHERE
    )
    return [*lived.events(), *given, *reviewed, moved]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("districts")
    with site_world(f"sqlite:///{folder}/town.db", events()) as found:
        for one in (OTHER, OWN):
            found.log.take_raw(one, b"no event")
        found.log.take([paid("2026-03-19", OTHER, 1_600_000, "all")])
        yield found


@pytest.fixture
def lisa(world: World) -> TestClient:
    browser = world.browser()
    token = sessions.open_session(world.engine, LEADER, None, world.site.clock().timestamp())
    browser.cookies.set(world.site.cookie, token)
    return browser


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_another_districts_lease_or_its_district(
    world: World, lisa: TestClient, page: str
) -> None:
    shown = lisa.get(link(page, **PAGES[page]))
    assert shown.status_code == 200
    assert OTHER not in shown.text
    assert "Hovsjö" not in shown.text


def test_the_lease_has_something_on_the_pages_of_a_leader_of_the_whole_town(world: World) -> None:
    lena = world.browser("lena")
    for page in ("done", "guarantees", "landlord"):
        assert OTHER in lena.get(link(page, **PAGES[page])).text, page
    assert lena.get(link("search", words=str(OTHER_DISTRICT))).status_code == 303


def test_a_register_has_ones_own_the_protected_and_what_has_moved(lisa: TestClient) -> None:
    shown = lisa.get(link("guarantees")).text
    for one in (OWN, HIDDEN, MOVED):
        assert f"B{one}" in shown


def test_a_landlords_page_has_what_is_incomplete_in_ones_own_district(lisa: TestClient) -> None:
    assert OWN in lisa.get(link("landlord", landlord=ORGNR)).text


class TestASearch:
    def test_for_a_number_says_how_to_find_what_is_in_another_district(
        self, lisa: TestClient
    ) -> None:
        shown = lisa.get(link("search", words=str(OTHER_DISTRICT))).text
        assert "Inget hyresavtal i dina områden" in shown

    def test_for_a_whole_id_leads_to_the_cases_own_door_where_the_glass_is(
        self, lisa: TestClient
    ) -> None:
        found = lisa.get(link("search", words=OTHER))
        assert (found.status_code, found.headers["location"]) == (303, link("case", lease=OTHER))
        assert lisa.get(link("case", lease=OTHER)).status_code == 403

    def test_for_a_whole_id_of_another_town_finds_nothing(self, lisa: TestClient) -> None:
        assert lisa.get(link("search", words=MOVED)).status_code == 200

    def test_finds_a_protected_household_without_its_district(self, lisa: TestClient) -> None:
        found = lisa.get(link("search", words=str(PROTECTED)))
        assert found.headers["location"] == link("case", lease=HIDDEN)


def test_another_districts_task_is_closed_and_would_be_counted(world: World) -> None:
    table = schema.tasks.c
    with world.engine.connect() as connection:
        rows = connection.execute(select(table.state).where(table.lease_id == OTHER)).scalars()
        assert set(rows) == {"closed"}
