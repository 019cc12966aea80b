"""No act reaches another case than the one that was opened; no look hides under another name."""

from urllib.parse import unquote

import pytest

from alerts.access import audit_list
from alerts.web.links import from_path, link
from alerts.web.routes import ROUTES
from tests.builders import lease_id
from tests.web.forms import form, send
from tests.web.lived import OTHER_TOWN, PROTECTED
from tests.web.site_world import World

MINE = link("case", lease=lease_id(1))
# What a form of each act adds to its hidden fields.
ACTS = {
    "report": {"outcome": "sent"},
    "plan_task": {"day": "2026-03-23", "who": "anna"},
    "assign": {"to": "anna"},
    "wait": {"until": "2026-03-30", "why": "other"},
    "raise": {},
    "lower": {},
    "question": {},
    "map": {"cause": "forgotten"},
    "undo": {"undone": "newest"},
}


def open_task(world: World, number: int) -> str:
    """The id of a task of a case, as somebody may know it from another place."""
    who = "stock" if number == OTHER_TOWN else "anna"
    html = world.browser(who).get(link("everyone")).text
    there = f"/case/{lease_id(number)}/report/"
    return html.split(there)[1].split('"')[0]


def test_every_act_in_a_case_is_tried_here() -> None:
    others = {"note", "take_back_note", "glass", "letter", "norm", "name_caseworker"}  # no task
    in_cases = {r.name for r in ROUTES if r.changes and link(r.name).startswith("/case/")}
    assert in_cases == ACTS.keys() | others


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("number", [OTHER_TOWN, PROTECTED])
@pytest.mark.parametrize("named_by", ["task", "lease"])
def test_an_act_whose_form_names_another_case_is_not_done_and_tells_nothing(
    world: World, act: str, number: int, named_by: str
) -> None:
    anna, there = world.browser("anna"), link(act, lease=lease_id(1))
    foreign = open_task(world, number) if named_by == "task" else lease_id(number)
    fields = {**form(anna.get(MINE).text, link("report", lease=lease_id(1))), **ACTS[act]}
    before = world.log.end
    answer = anna.post(there, data={**fields, "task": foreign})
    assert answer.status_code == 404
    assert world.log.end == before
    assert anna.get(link("case", lease=lease_id(number))).status_code in (403, 404)


@pytest.mark.parametrize("spelt", ["5599900013:2", "%20559990-0013:2", "559990-0013:2%20"])
def test_a_case_is_noted_by_its_one_name_however_its_address_is_spelt(
    world: World, spelt: str
) -> None:
    world.browser("anna").get(f"/case/{spelt}")
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection, lease_id=lease_id(2))
    assert [row["action"] for row in rows] == ["case"]


def test_a_task_is_given_to_colleagues_of_the_town_alone(world: World) -> None:
    anna, assign = world.browser("anna"), link("assign", lease=lease_id(1))
    for name in ("hugo", "stock"):
        world.browser(name)
    for to in ("hugo", "stock", "ghost", "", "hotad av maken"):
        assert send(anna, MINE, assign, to=to).status_code == 422
    assert send(anna, MINE, assign, to="anna").status_code == 303


def test_who_goes_is_chosen_and_never_written(world: World) -> None:
    plan = link("plan_task", lease=lease_id(1))
    answer = send(world.browser("anna"), MINE, plan, day="2026-03-23", who="hotad av maken")
    assert answer.status_code == 422
    assert "hotad av maken" not in world.browser("anna").get(link("everyone")).text


def test_another_answer_on_the_same_form_is_shown_the_first_and_not_lost(world: World) -> None:
    anna, report = world.browser("anna"), link("report", lease=lease_id(1))
    fields = form(anna.get(MINE).text, report)
    assert anna.post(report, data={**fields, "outcome": "sent"}).status_code == 303
    answer = anna.post(report, data={**fields, "outcome": "not_needed"})
    assert answer.status_code == 409
    assert "skickat" in answer.text


@pytest.mark.parametrize("number", ["12/34", "7~7E", "a\\b", "1/text", "~2F", "å b?c#d%e"])
def test_a_landlords_number_with_any_sign_has_a_case_of_its_own(number: str) -> None:
    address = link("case", lease=f"559990-0013:{number}")
    assert "/" not in address.removeprefix("/case/")
    last = address.rpartition("/")[2]
    assert from_path(unquote(last)) == f"559990-0013:{number}"


@pytest.mark.parametrize("path", ["/case/559990-0013%00:1", "/search?words=%00", "/today?step=%00"])
def test_a_character_that_no_database_keeps_is_told(looked_at: World, path: str) -> None:
    answer = looked_at.browser("anna").get(path)
    assert answer.status_code == 400
    assert "tecken" in answer.text


def test_a_stroke_at_the_end_of_an_address_leads_to_no_other_host(looked_at: World) -> None:
    answer = looked_at.browser("anna").get("/today/", headers={"host": "evil.example"})
    assert answer.status_code in (400, 404, 421)
