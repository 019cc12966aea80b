"""A household that is protected since yesterday is so on every list, also in what was done."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from alerts.store import schema, task_rows
from alerts.web.links import link
from models.contract import facts
from tests.builders import lease_id, paid, say
from tests.web.forms import send
from tests.web.lived import events
from tests.web.site_world import ELSEWHERE, World, site_world

LEASE = lease_id(1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The town, where lease 1 has paid and its task is closed."""
    with site_world(f"sqlite:///{tmp_path}/town.db", events()) as found:
        found.log.take([paid("2026-03-19", LEASE, ore=1_600_000, payment_id="all")])
        yield found


def hide(
    world: World, hidden: bool, on: str = "2026-03-18", leases: str | list[str] = LEASE
) -> None:
    for one in [leases] if isinstance(leases, str) else leases:
        change = say(facts.LeaseChanged, lease_id=one, effective_on=on, protected_identity=hidden)
        world.log.take([change])


def columns(world: World) -> set[tuple[str, int]]:
    table = schema.tasks.c
    with world.engine.connect() as connection:
        rows = connection.execute(
            select(table.state, table.protected).where(table.lease_id == LEASE)
        )
        return {(row.state, row.protected) for row in rows}


def of_lease(client: TestClient, path: str, lease: str = LEASE) -> str:
    """What a list says of a lease."""
    rows = client.get(path).text.split("<li")
    return " ".join(re.sub(r"<[^>]+>", " ", row) for row in rows if lease in row)


def done(world: World, who: str = "anna") -> str:
    return of_lease(world.browser(who), link("done"))


class TestAHouseholdThatIsProtectedSinceItsTaskWasClosed:
    def test_has_no_district_among_what_is_done(self, world: World) -> None:
        assert "Ronna" in done(world)
        hide(world, True)
        assert columns(world) == {("closed", 1)}
        assert LEASE in done(world)
        assert "Ronna" not in done(world)

    def test_is_counted_as_protected_in_the_teams_file(self, world: World) -> None:
        lena, ronna = world.browser("lena"), [lease_id(n) for n in (1, 4, 5, 6)]
        world.log.take([paid("2026-03-19", one, 1_600_000, "all") for one in ronna[1:]])
        assert "Ronna" in lena.get(link("team_csv")).text
        hide(world, True, leases=ronna)
        assert "Ronna" not in lena.get(link("team_csv")).text

    def test_is_on_the_list_of_another_districts_caseworker_without_its_district(
        self, world: World
    ) -> None:
        hide(world, True)
        assert "Ronna" not in done(world, "ronna")

    def test_that_is_so_no_more_is_shown_as_before(self, world: World) -> None:
        before = done(world)
        hide(world, True)
        hide(world, False, "2026-03-19")
        assert columns(world) == {("closed", 0)}
        assert done(world) == before

    def test_of_an_older_program_is_placed_by_the_lease_and_not_by_what_was_told(
        self, world: World
    ) -> None:
        hide(world, True)
        with world.engine.begin() as connection:
            connection.execute(update(schema.tasks).values(protected=0))
            task_rows.place_all(connection)
        assert columns(world) == {("closed", 1)}


class TestAHouseholdThatIsProtectedWhileAVisitIsPlanned:
    def test_says_on_the_row_whom_to_ask_until_the_case_is_somebodys(self, world: World) -> None:
        lease, anna = lease_id(4), world.browser("anna")
        planned = {"day": "2026-03-20", "who": "anna"}
        sent = send(anna, link("case", lease=lease), link("plan_task", lease=lease), **planned)
        assert sent.status_code == 303
        ask = "be gruppledaren att tilldela det"
        assert ask not in of_lease(anna, link("plan"), lease)
        hide(world, True, "2026-03-20", lease)
        assert ask in of_lease(anna, link("today"), lease)
        assert ask in of_lease(anna, link("plan"), lease)
        send(world.browser("lena"), link("team"), link("name_caseworker", lease=lease), to="anna")
        assert ask not in of_lease(anna, link("today"), lease)


class TestAProtectedHouseholdThatMoves:
    def test_tells_no_list_to_which_town_it_went_nor_from_where_it_came(self, world: World) -> None:
        hidden = lease_id(2)
        change = say(
            facts.LeaseChanged, lease_id=hidden, effective_on="2026-03-20",
            municipality=ELSEWHERE, district="City",
        )  # fmt: skip
        world.log.take([change])
        rows = [
            " ".join(row for row in world.browser(who).get(link(page)).text.split("<li")
                     if hidden in row)
            for who, page in (("lena", "done"), ("stock", "everyone"))
        ]  # fmt: skip
        assert "överlämnat till en annan kommun" in rows[0]
        assert ELSEWHERE not in rows[0]
        assert hidden in rows[1]
        assert "0181" not in rows[1]
