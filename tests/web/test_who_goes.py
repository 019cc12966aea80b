"""A visit is on the lists of those who go, in the language of each, also while its case waits."""

from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import select

from alerts.store import access_schema, schema
from alerts.web.links import link
from models.contract import facts
from tests.builders import days, invoiced, lease_id, registered, say
from tests.web import one_case
from tests.web.forms import send
from tests.web.site_world import NOON, World, site_world

LEASE = lease_id(1)
CASE, TODAY = link("case", lease=LEASE), "2026-03-20"
PLAN, ASSIGN, WAIT = (link(name, lease=LEASE) for name in ("plan_task", "assign", "wait"))


@pytest.fixture
def site(sqlite_url: str) -> Iterator[World]:
    """A home with one task; everybody has logged in."""
    with site_world(sqlite_url, one_case.events()) as world:
        for name in ("anna", "berit", "ronna"):
            world.browser(name)
        yield world


def act(world: World, path: str, **given: str) -> None:
    assert send(world.browser("anna"), CASE, path, **given).status_code == 303


def row(world: World, who: str, page: str, language: str = "sv") -> str:
    """The first row that a list or the plan has of the lease; empty if there is none."""
    browser = world.browser(who)
    browser.cookies.set("language", language)
    parts = browser.get(link(page)).text.split("<li class=")[1:]
    return next((one for one in parts if f"{LEASE}<" in one or f"{LEASE}." in one), "")


def lists(world: World, who: str) -> set[str]:
    return {page for page in ("plan", "outcomes", "today") if row(world, who, page)}


@pytest.mark.parametrize("whose", ["anna", None])
def test_who_does_not_go_has_no_visit_on_the_plan_even_if_the_task_is_theirs(
    site: World, whose: str | None
) -> None:
    if whose:
        act(site, ASSIGN, to=whose)
    act(site, PLAN, day=TODAY, who="berit")
    assert "plan" not in lists(site, "anna")
    assert ("outcomes" in lists(site, "anna")) == (whose == "anna")
    assert lists(site, "ronna") <= {"today"}
    assert "Berit Berg" in row(site, "anna", "today")


def test_a_visit_planned_for_a_colleague_is_on_her_lists_though_the_task_is_mine(
    site: World,
) -> None:
    act(site, ASSIGN, to="anna")
    assert lists(site, "berit") == set()
    act(site, PLAN, day=TODAY, who="berit")
    assert lists(site, "berit") == {"plan", "outcomes", "today"}


def test_a_joint_visit_is_on_the_lists_of_both(site: World) -> None:
    act(site, ASSIGN, to="anna")
    act(site, PLAN, day=TODAY, who="anna", **{"with": "berit"})
    for who in ("anna", "berit"):
        assert lists(site, who) == {"plan", "outcomes", "today"}
    assert lists(site, "ronna") == set()


def test_a_visit_of_a_colleague_who_has_left_is_on_everybodys_lists(site: World) -> None:
    act(site, ASSIGN, to="berit")
    act(site, PLAN, day=TODAY, who="berit")
    assert lists(site, "anna") == set()
    leave(site, "berit")
    assert lists(site, "anna") == lists(site, "ronna") == {"plan", "outcomes", "today"}


def test_those_who_go_are_said_in_the_language_of_who_reads(site: World) -> None:
    act(site, PLAN, day=TODAY, who="anna", **{"with": "berit"})
    assert "Anna Andersson och Berit Berg" in row(site, "berit", "outcomes")
    assert "Anna Andersson and Berit Berg" in row(site, "berit", "outcomes", "en")


def test_names_joined_in_an_earlier_release_are_known_and_stand_as_they_were(site: World) -> None:
    with site.engine.connect() as connection:
        table = schema.tasks.c
        rows = select(table.task_id).where(table.lease_id == LEASE, schema.OPEN_TASKS)
        task = connection.scalar(rows.order_by(*schema.WORKLIST))
    told = {"lease_id": LEASE, "task_id": task, "on": TODAY, "planned_on": TODAY, "by": "anna"}
    site.log.take([say(facts.TaskPlanned, who="Anna Andersson and Berit Berg", **told)])
    assert "Anna Andersson and Berit Berg" in row(site, "berit", "outcomes")
    assert "outcomes" not in lists(site, "ronna")


def test_a_visit_is_on_the_plan_of_its_day_and_to_be_told_of_though_the_case_waits(
    site: World,
) -> None:
    act(site, PLAN, day=TODAY, who="berit")
    act(site, WAIT, until="2026-03-27", why="payment_promised")
    assert lists(site, "berit") == {"plan", "outcomes"}
    assert lists(site, "anna") == set()
    assert row(site, "berit", "waiting")


def test_an_empty_plan_does_not_say_that_nothing_is_to_be_done(site: World) -> None:
    with site.engine.begin() as connection:
        connection.execute(schema.tasks.update().values(planned_on="2026-03-23"))
    text = unescape(site.browser("anna").get(link("plan")).text)
    assert "Inget är planerat för dig i dag" in text
    assert "Inga uppgifter att göra" not in text


def test_a_visit_of_a_later_day_is_on_no_plan_yet(site: World) -> None:
    act(site, PLAN, day="2026-03-23", who="berit")
    act(site, WAIT, until="2026-03-27", why="payment_promised")
    assert lists(site, "berit") == set()


def no_room(world: World, who: str) -> str:
    """What the plan says of what it has no room for."""
    text = unescape(world.browser(who).get(link("plan")).text).partition("<main")[2]
    return next((line for line in text.splitlines() if "inte plats" in line), "")


@pytest.mark.parametrize("goes", ["anna", "berit"])
@pytest.mark.parametrize("day", [TODAY, "2026-03-23"])
def test_what_is_planned_for_another_day_or_another_does_not_lack_room(
    site: World, goes: str, day: str
) -> None:
    assert no_room(site, "anna") == ""
    act(site, PLAN, day=day, who=goes)
    assert no_room(site, "anna") == no_room(site, "berit") == ""


def test_the_one_task_that_has_no_room_is_said_as_one(sqlite_url: str) -> None:
    late = [
        one for n in range(1, 5)
        for one in (registered(lease_id(n)), invoiced("2026-03", lease_id(n)))
    ]  # fmt: skip
    with site_world(sqlite_url, [*late, *days("2026-02-15", "2026-03-05")]) as world:
        assert "Ytterligare en uppgift står på listan" in no_room(world, "anna")


def leave(world: World, who: str) -> None:
    """Let it be more than fourteen days since somebody logged in."""
    table = access_schema.people
    then = NOON.timestamp() - 15 * 86_400
    with world.engine.begin() as connection:
        connection.execute(table.update().where(table.c.subject == who).values(seen_at=then))
