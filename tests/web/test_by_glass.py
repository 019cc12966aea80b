"""Whose a case is, nobody changes who is in it by broken glass alone; and whoever gives it away is
told that it was saved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from alerts.access import audit_list
from alerts.web.links import link
from tests.builders import days, lease_id, paid
from tests.web.forms import send
from tests.web.lived import PROTECTED, events
from tests.web.page_forms import Form, forms
from tests.web.site_world import NOON, World, site_world

LEASE = lease_id(PROTECTED)
CASE, GLASS, ASSIGN, UNDO = (
    link(name, lease=LEASE) for name in ("case", "glass", "assign", "undo")
)
SAID = "så länge kan du inte ändra vems det är"


class Hours:
    """A clock that goes on by itself, and further when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def world(tmp_path: Path, hours: Hours) -> Iterator[World]:
    """The town, where the protected case was Anna's and is Berit's since a moment ago."""
    with site_world(f"sqlite:///{tmp_path}/town.db", events(), hours) as made:
        for who in ("anna", "berit"):
            made.browser(who)
            name(made, who)
        yield made


def name(world: World, who: str) -> None:
    """The leader says whose the case is, from the page that it is closed on."""
    lena = world.browser("lena")
    assert send(lena, CASE, link("name_caseworker", lease=LEASE), to=who).status_code == 200


def by_glass(world: World, who: str) -> TestClient:
    browser = world.browser(who)
    assert send(browser, CASE, GLASS, reason="Jouren ringde, barn i hemmet").status_code == 303
    return browser


def to(browser: TestClient, action: str) -> list[Form]:
    return [form for form in forms(browser.get(CASE).text) if form.action == action]


def post(browser: TestClient, action: str, **given: str) -> Any:
    """A form of another act of the page, sent where no form of the page leads."""
    return browser.post(action, data={**to(browser, link("raise", lease=LEASE))[0].fields, **given})


def acts(world: World) -> list[str]:
    """What can be undone, as whoever has the case sees it."""
    return [form.fields["undone"] for form in to(world.browser("berit"), UNDO)]


def opens(world: World, hours: Hours) -> set[str]:
    """Who opens the case when every glass is whole again."""
    hours.now += timedelta(hours=2)
    people = ("anna", "berit", "ronna", "lena")
    return {one for one in people if world.browser(one).get(CASE).status_code == 200}


@pytest.mark.parametrize("who", ["anna", "ronna", "lena"])
@pytest.mark.parametrize("taker", ["anna", "ronna", "berit", "lena"])
def test_a_case_is_given_to_nobody_and_the_refusal_is_said_and_noted(
    world: World, hours: Hours, who: str, taker: str
) -> None:
    for one in ("ronna", "lena"):
        world.browser(one)
    browser, before = by_glass(world, who), world.log.end
    answer = post(browser, ASSIGN, to=taker)
    assert answer.status_code == 422
    assert SAID in answer.text
    assert world.log.end == before
    with world.engine.connect() as connection:
        row = audit_list.rows(connection, lease_id=LEASE, only="denied", by=who)[0]
    assert (row["action"], row["detail"]["refused"]) == ("assign", "by_glass")
    assert opens(world, hours) == {"berit"}


@pytest.mark.parametrize("which", ["each", "newest"])
@pytest.mark.parametrize("who", ["anna", "lena"])
def test_no_giving_is_undone_whichever_way_the_form_names_it(
    world: World, hours: Hours, who: str, which: str
) -> None:
    browser = by_glass(world, who)
    for act in acts(world) if which == "each" else ["newest"]:
        answer = post(browser, UNDO, undone=act)
        assert answer.status_code == 422
        assert SAID in answer.text
    assert opens(world, hours) == {"berit"}


def test_a_report_is_not_undone_that_would_open_a_task_for_whoever_had_the_case_before(
    world: World, hours: Hours
) -> None:
    name(world, "anna")
    report = link("report", lease=LEASE)
    answer = send(world.browser("anna"), CASE, report, outcome="reached")
    reported = answer.headers["location"].split("saved=")[1].split("#")[0]
    name(world, "berit")  # what is open; what Anna reported on is closed, and was hers
    assert opens(world, hours) == {"berit"}
    assert post(by_glass(world, "anna"), UNDO, undone=reported).status_code == 422
    assert opens(world, hours) == {"berit"}


def test_a_case_that_is_there_only_because_it_was_put_first_is_not_ended(
    world: World, hours: Hours
) -> None:
    money = paid("2026-03-19", LEASE, ore=1_600_000, payment_id="all")
    world.log.take([money])
    hold, lower = link("raise", lease=LEASE), link("lower", lease=LEASE)
    lena = by_glass(world, "lena")
    raised = post(lena, hold).headers["location"].split("saved=")[1].split("#")[0]
    world.log.take(days("2026-03-20", "2026-03-20"))
    hours.now += timedelta(days=1)
    name(world, "berit")
    browser = by_glass(world, "ronna")
    assert not to(browser, lower)
    assert raised not in [form.fields["undone"] for form in to(browser, UNDO)]
    for action, given in ((lower, {}), (UNDO, {"undone": raised})):
        assert post(browser, action, **given).status_code == 422
    assert opens(world, hours) == {"berit"}
    assert to(world.browser("berit"), lower)


def test_the_page_offers_neither_and_says_why_and_who_can(world: World) -> None:
    browser = by_glass(world, "ronna")
    assert not to(browser, ASSIGN)
    assert not to(browser, UNDO)
    assert SAID in browser.get(CASE).text
    assert "gruppledaren" in browser.get(CASE).text


def test_what_does_not_give_the_case_is_done_and_undone_as_ever(world: World) -> None:
    browser = by_glass(world, "ronna")
    assert post(browser, link("question", lease=LEASE)).status_code == 303
    assert to(browser, UNDO)[0].send(browser).status_code == 303


def test_whoever_has_the_case_gives_it_and_undoes_it_also_with_glass_that_she_broke_before(
    world: World,
) -> None:
    anna = by_glass(world, "anna")
    name(world, "anna")
    assert to(anna, ASSIGN)[0].send(anna, to="berit").status_code == 303


def test_a_case_that_is_given_away_says_so_at_the_first_and_at_the_second_click(
    world: World,
) -> None:
    berit = world.browser("berit")
    for at in range(len(to(berit, ASSIGN)) - 1):
        to(berit, ASSIGN)[at].send(berit, to="anna")
    last = to(berit, ASSIGN)[-1]
    for _ in range(2):
        answer = last.send(berit, to="anna")
        assert answer.status_code == 303
        shown = berit.get(answer.headers["location"].split("#")[0])
        assert shown.status_code == 403
        assert "Sparat." in shown.text
    assert last.send(berit, to="berit").status_code == 403
