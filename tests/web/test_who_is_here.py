"""What a colleague has who is not here any more: on everybody's list, and on the leader's page."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from alerts.access import people, sessions
from alerts.access.person import Person, Role
from alerts.store import access_schema, schema
from alerts.web.links import link
from models.contract import facts
from tests.builders import days, lease_id, say
from tests.web import one_case
from tests.web.site_world import ELSEWHERE, NOON, PEOPLE, World, site_world

LEASE, HIDDEN = lease_id(1), one_case.HIDDEN
TODAY = "2026-03-30"  # the law's last day, 2 April, is within five working days
AWAY = "Tilldelad Berit Berg, som inte har loggat in sedan 5 mars 2026."


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """Two homes with a plan, and with Berit whose they are; everybody is here."""
    events = [*one_case.events(), *days("2026-03-20", "2026-03-29")]
    with site_world(sqlite_url, events) as made:
        with made.engine.begin() as connection:
            for person in PEOPLE.values():
                people.remember(connection, person, NOON.timestamp())
        for lease in (LEASE, HIDDEN):
            give(made, lease, "berit")
        yield made


def give(world: World, lease: str, to: str, on: str = "2026-03-29") -> None:
    table = schema.tasks.c
    wanted = select(table.task_id).where(schema.OPEN_TASKS, table.lease_id == lease)
    with world.engine.connect() as connection:
        tasks = connection.scalars(wanted).all()
    for task in tasks:
        told = {"lease_id": lease, "task_id": task, "on": on, "by": "lena"}
        plan = say(facts.TaskPlanned, planned_on="2026-03-31", who="Berit Berg", **told)
        world.log.take([say(facts.TaskAssigned, to=to, **told), plan])


def leave(world: World) -> None:
    """Berit has not logged in since 5 March."""
    table, then = access_schema.people, NOON.timestamp() - 15 * 86_400
    with world.engine.begin() as connection:
        connection.execute(table.update().where(table.c.subject == "berit").values(seen_at=then))


def today(world: World, who: str) -> str:
    return world.browser(who).get(link("today")).text


def section(world: World, page: str, name: str) -> str:
    """A section of one of the leader's pages."""
    text = world.browser("lena").get(link(page)).text
    begun = text[text.index(f'aria-labelledby="{name}"') :]
    return begun[: begun.index("</section>")]


def test_a_home_is_on_no_other_list_while_the_colleague_who_has_it_is_here(world: World) -> None:
    assert LEASE not in today(world, "anna")
    assert LEASE not in section(world, "team", "risk")
    assert HIDDEN not in section(world, "team", "unnamed")


def test_a_home_whose_caseworker_has_left_is_on_everybodys_list_with_whose_it_was(
    world: World,
) -> None:
    leave(world)
    for who in ("anna", "ronna"):
        page = today(world, who)
        assert LEASE in page
        assert HIDDEN in page
        assert AWAY in page


def test_the_leader_is_told_of_the_clock_that_nobody_watches_and_since_when(world: World) -> None:
    leave(world)
    risk = section(world, "team", "risk")
    assert LEASE in risk
    assert "Berit Berg, som inte har loggat in sedan 5 mars 2026" in risk
    load = section(world, "load", "by-people")
    assert re.search("Berit Berg <span[^>]*>senast inloggad 5 mars 2026", load)
    said = 'value="berit">Berit Berg, senast inloggad 5 mars 2026<'
    assert said in section(world, "load", "handover")


def test_a_protected_case_whose_caseworker_has_left_is_to_be_given_and_opens_to_nobody_more(
    world: World,
) -> None:
    leave(world)
    assert f'action="/case/{HIDDEN}/name"' in section(world, "team", "unnamed")
    for who in ("anna", "lena"):
        assert world.browser(who).get(link("case", lease=HIDDEN)).status_code == 403
    give(world, HIDDEN, "anna", TODAY)
    assert f'action="/case/{HIDDEN}/name"' not in section(world, "team", "unnamed")


def test_who_works_in_another_town_now_is_no_colleague_however_lately_they_logged_in(
    world: World,
) -> None:
    moved = Person("berit", "Berit Berg", Role.CASEWORKER, ELSEWHERE)
    sessions.open_session(world.engine, moved, None, NOON.timestamp())
    assert "Tilldelad Berit Berg, som inte finns bland kommunens kollegor." in today(world, "anna")
    assert LEASE in section(world, "team", "risk")
    assert HIDDEN in section(world, "team", "unnamed")


def test_a_task_given_to_somebody_who_never_logged_in_is_shown_to_all_with_those_words(
    world: World,
) -> None:
    give(world, LEASE, "Vera på jouren", TODAY)
    assert "Tilldelad Vera på jouren, som inte finns" in today(world, "anna")


def test_who_logs_in_again_has_their_cases_again(world: World) -> None:
    leave(world)
    world.browser("berit")
    assert LEASE not in today(world, "anna")
    assert LEASE in today(world, "berit")
