"""What a lease that moves to another town leaves behind, and who may open its case there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from alerts.access.scope import Scope
from alerts.commands.stored_cases import StoredCases
from alerts.language.sentences import language
from alerts.store import schema
from alerts.views.team.unnamed import unnamed
from alerts.web.links import link
from models.contract import facts
from streams.cli.case_show import show_acts
from tests.builders import lease_id, say
from tests.web.forms import send
from tests.web.lived import PROTECTED, events
from tests.web.page_forms import forms
from tests.web.site_world import ELSEWHERE, TOWN, World, site_world

LEASE, HIDDEN = lease_id(1), lease_id(PROTECTED)
NOTE = "Hon bor hos sin syster."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with site_world(f"sqlite:///{tmp_path}/town.db", events()) as found:
        yield found


def move(world: World, lease: str, town: str, on: str = "2026-03-19") -> None:
    change = say(
        facts.LeaseChanged, lease_id=lease, effective_on=on, municipality=town, district="City"
    )
    world.log.take([change])


def shown(world: World, who: str, lease: str = LEASE) -> str:
    page = world.browser(who).get(link("case", lease=lease))
    assert page.status_code == 200
    return page.text


def test_a_note_stays_with_the_town_that_wrote_it_and_is_there_when_the_lease_comes_back(
    world: World,
) -> None:
    send(world.browser("anna"), link("case", lease=LEASE), link("note", lease=LEASE), text=NOTE)
    assert NOTE in shown(world, "berit")
    move(world, LEASE, ELSEWHERE)
    assert NOTE not in shown(world, "stock")
    assert world.browser("anna").get(link("case", lease=LEASE)).status_code == 404
    move(world, LEASE, TOWN, "2026-03-20")
    assert NOTE in shown(world, "anna")


def test_a_note_of_the_new_town_is_its_own(world: World) -> None:
    move(world, LEASE, ELSEWHERE)
    send(world.browser("stock"), link("case", lease=LEASE), link("note", lease=LEASE), text=NOTE)
    assert NOTE in shown(world, "stock")
    move(world, LEASE, TOWN, "2026-03-20")
    assert NOTE not in shown(world, "anna")


def test_a_protected_case_that_somebody_had_in_the_old_town_is_nobodys_in_the_new_one(
    world: World,
) -> None:
    """Nobody could open it, and nobody would be told that nobody can."""
    table = schema.tasks.c
    with world.engine.connect() as connection:
        task = connection.scalar(select(table.task_id).where(table.lease_id == HIDDEN))
    given = {"lease_id": HIDDEN, "task_id": task, "on": "2026-03-19", "to": "anna", "by": "lena"}
    world.log.take([say(facts.TaskAssigned, **given)])
    assert world.browser("anna").get(link("case", lease=HIDDEN)).status_code == 200
    move(world, HIDDEN, ELSEWHERE)
    with world.engine.connect() as connection:
        found = unnamed(connection, Scope(ELSEWHERE), ("anna", "stock"))
    assert [one.lease_id for one in found] == [HIDDEN]


def test_what_the_old_town_did_is_signed_by_a_name_in_the_new_one_and_by_no_id(
    world: World,
) -> None:
    case, anna = link("case", lease=LEASE), world.browser("anna")
    world.browser("berit")
    send(anna, case, link("assign", lease=LEASE), to="berit")
    send(anna, case, link("question", lease=LEASE))
    send(anna, case, link("wait", lease=LEASE), until="2026-03-25", why="other")
    send(anna, case, link("raise", lease=LEASE))
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    text = world.browser("stock").get(link("case_text", lease=LEASE)).text
    for page in (shown(world, "stock"), text):
        assert not re.search(r"\b(anna|berit)\b", page)
        assert "(Anna Andersson)" in page
        assert "Berit Berg" in page


def test_the_old_towns_done_leads_to_no_case_that_is_not_there(world: World) -> None:
    """Also where the town had closed something before, and its own case stays a link."""
    other = lease_id(6)
    for lease in (LEASE, other):
        page = link("case", lease=lease)
        report = link("report", lease=lease)
        assert send(world.browser("anna"), page, report, outcome="sent").status_code == 303
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    html = world.browser("anna").get(link("done")).text
    rows = [row.partition("</li>")[0] for row in html.split("<li class=")[1:]]
    gone = [row for row in rows if f"yresavtal {LEASE}." in row]
    assert len(gone) > 1
    assert not any("href=" in row for row in gone)
    assert link("case", lease=other) in html


def undoable(world: World, who: str) -> list[str]:
    """What the person's page offers to undo."""
    undo = link("undo", lease=LEASE)
    return [one.fields["undone"] for one in forms(shown(world, who)) if one.action == undo]


def test_the_new_town_is_not_offered_to_undo_what_the_old_one_did_and_is_refused_it(
    world: World,
) -> None:
    """Also on the very day of the move; and the old town's list of what is done stays whole."""
    case, anna = link("case", lease=LEASE), world.browser("anna")
    assert send(anna, case, link("report", lease=LEASE), outcome="sent").status_code == 303
    (told,) = undoable(world, "anna")
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    assert undoable(world, "stock") == []
    before = world.browser("anna").get(link("done")).text.count(LEASE)
    stock = world.browser("stock")
    send(stock, case, link("raise", lease=LEASE))
    (form,) = [f for f in forms(stock.get(case).text) if f.action == link("undo", lease=LEASE)]
    answer = form.send(stock, undone=told)
    assert answer.status_code == 422
    assert "gjordes av en annan kommun" in answer.text
    assert world.browser("anna").get(link("done")).text.count(LEASE) == before
    assert form.send(stock).status_code == 303
    assert undoable(world, "stock") == []


def test_the_old_town_undoes_its_own_act_again_when_the_lease_is_back(world: World) -> None:
    case, anna = link("case", lease=LEASE), world.browser("anna")
    send(anna, case, link("raise", lease=LEASE))
    own = undoable(world, "anna")
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    move(world, LEASE, TOWN, "2026-03-20")
    assert undoable(world, "anna") == own


def test_the_old_towns_done_says_no_district_of_a_case_that_moved(world: World) -> None:
    """Its own has passed, and the new one is another town's."""
    case, report = link("case", lease=LEASE), link("report", lease=LEASE)
    assert send(world.browser("anna"), case, report, outcome="sent").status_code == 303
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    html = world.browser("anna").get(link("done")).text
    rows = [row.partition("</li>")[0] for row in html.split("<li class=")[1:]]
    gone = [row for row in rows if LEASE in row]
    assert len(gone) > 1
    assert not any("City" in row or "Ronna" in row for row in gone)


def test_who_works_in_a_district_sees_that_a_case_of_it_was_handed_over(world: World) -> None:
    """By the new town's district it would be on no list of theirs."""
    move(world, LEASE, ELSEWHERE, "2026-03-20")
    assert LEASE in world.browser("ronna").get(link("done")).text
    assert "City" not in world.browser("lena").get(link("team_csv")).text
    table = schema.tasks.c
    with world.engine.connect() as connection:
        mine = (table.lease_id == LEASE) & (table.municipality == TOWN)
        assert set(connection.scalars(select(table.district).where(mine))) == {"-"}


def test_the_command_lists_to_be_undone_no_act_of_the_town_that_had_the_case(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    send(world.browser("anna"), link("case", lease=LEASE), link("raise", lease=LEASE))
    for town, listed in ((TOWN, 1), (ELSEWHERE, 0)):
        if town == ELSEWHERE:
            move(world, LEASE, ELSEWHERE, "2026-03-20")
        known = StoredCases(world.engine).known(LEASE)
        assert known is not None
        show_acts(known, language("sv"), as_json=True)
        assert len(json.loads(capsys.readouterr().out)["case_acts"]) == listed
