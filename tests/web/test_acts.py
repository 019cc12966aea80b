"""What a caseworker does on a case's page, and what the page shows then."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from alerts.access import audit_list
from alerts.store import access_schema
from alerts.web.links import link
from alerts.web.routes import ROUTES
from models.contract import facts
from tests.builders import MUNICIPAL, lease_id, say
from tests.web.forms import form, forms, send
from tests.web.lived import PAYS, SERVED
from tests.web.site_world import NOON, World

CASE = link("case", lease=lease_id(1))
REPORT, UNDO = link("report", lease=lease_id(1)), link("undo", lease=lease_id(1))
TODAY = NOON.date()


def day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def on_list(world: World, who: str = "anna", page: str = "today") -> int:
    """How many rows a list has of the first lease."""
    html = world.browser(who).get(link(page)).text
    return sum(f"{lease_id(1)}</span></a>" in row for row in html.split("<li class=")[1:])


def saved(world: World, who: str = "anna", **given: str) -> str:
    """Report on the case's first task; the page that follows."""
    browser = world.browser(who)
    answer = send(browser, CASE, REPORT, **given)
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["location"]).text


def test_an_outcome_closes_the_task_and_the_page_shows_it_at_once(world: World) -> None:
    before = on_list(world)
    html = saved(world, outcome="sent")
    assert "Sparat." in html
    assert "skickat (anna)" in html or "skickat (Anna Andersson)" in html
    assert on_list(world) < before


def test_a_slip_in_the_year_is_refused_with_the_day_and_the_task_stays(world: World) -> None:
    before, anna = on_list(world), world.browser("anna")
    answer = send(anna, CASE, REPORT, outcome="sent", on="2025-06-20")
    assert answer.status_code == 422
    assert "Dagen 20 juni 2025 är mer än 31 dagar innan uppgiften öppnades" in answer.text
    assert on_list(world) == before


def test_undoing_an_outcome_brings_the_task_back(world: World) -> None:
    before = on_list(world)
    saved(world, outcome="sent")
    anna = world.browser("anna")
    undo = next(fields for where, fields in forms(anna.get(CASE).text) if where == UNDO)
    assert anna.post(UNDO, data=undo).status_code == 303
    assert on_list(world) == before


def test_two_clicks_lead_from_the_list_to_a_reported_outcome(world: World) -> None:
    anna = world.browser("anna")
    html = anna.get(link("today")).text
    first = next(part for part in html.split('href="') if "/report/" in part).split('"')[0]
    page = anna.get(first)
    action = next(where for where, _ in forms(page.text) if where.endswith("/report"))
    fields = form(page.text, action)
    assert anna.post(action, data={**fields, "outcome": "other"}).status_code == 303


def test_a_form_sent_twice_counts_once(world: World) -> None:
    anna = world.browser("anna")
    fields = {**form(anna.get(CASE).text, REPORT), "outcome": "reached"}
    first, second = (anna.post(REPORT, data=fields) for _ in range(2))
    assert first.status_code == second.status_code == 303
    html = anna.get(CASE).text
    assert html.count('name="undone"') == 1


def test_a_second_person_sees_what_the_first_did_and_chooses(world: World) -> None:
    anna, berit = world.browser("anna"), world.browser("berit")
    theirs = form(berit.get(CASE).text, REPORT)
    send(anna, CASE, REPORT, outcome="reached")
    answer = berit.post(REPORT, data={**theirs, "outcome": "declined"})
    assert answer.status_code == 409
    assert "hyresgästen nåddes" in answer.text
    again = form(answer.text, "")
    assert again["outcome"] == "declined"
    assert berit.post(REPORT, data=again).status_code == 303


def test_a_second_person_sees_what_was_undone_beside_what_was_done(world: World) -> None:
    anna, berit = world.browser("anna"), world.browser("berit")
    send(anna, CASE, link("assign", lease=lease_id(1)), to="anna")
    theirs = form(berit.get(CASE).text, REPORT)
    undo = next(fields for where, fields in forms(anna.get(CASE).text) if where == UNDO)
    anna.post(UNDO, data=undo)
    send(anna, CASE, link("raise", lease=lease_id(1)))
    answer = berit.post(REPORT, data={**theirs, "outcome": "declined"})
    assert answer.status_code == 409
    assert "Ångrat: " in answer.text
    assert "ärendet lyft" in answer.text


def test_an_act_from_a_clock_that_is_behind_is_seen_as_the_act_it_is(world: World) -> None:
    berit = world.browser("berit")
    send(berit, CASE, link("assign", lease=lease_id(1)), to="berit")
    theirs = form(berit.get(CASE).text, REPORT)
    given = {"lease_id": lease_id(1), "task_id": theirs["task"], "to": "anna", "by": "anna"}
    behind = say(facts.TaskAssigned, MUNICIPAL, on=TODAY.isoformat(), **given)
    earlier = (NOON - timedelta(minutes=5)).isoformat()
    world.log.tell(replace(behind, time=earlier))
    answer = berit.post(REPORT, data={**theirs, "outcome": "declined"})
    assert answer.status_code == 409
    assert "ångrats" not in answer.text


def test_what_the_second_person_leaves_is_not_saved(world: World) -> None:
    anna, berit = world.browser("anna"), world.browser("berit")
    theirs = form(berit.get(CASE).text, REPORT)
    send(anna, CASE, REPORT, outcome="reached")
    berit.post(REPORT, data={**theirs, "outcome": "declined"})
    assert "tackade nej just nu (" not in berit.get(CASE).text


def test_a_case_that_waits_is_on_the_list_of_what_waits_and_nowhere_else(world: World) -> None:
    anna = world.browser("anna")
    wait = link("wait", lease=lease_id(1))
    answer = send(anna, CASE, wait, until=day(10), why="payment_promised")
    assert answer.status_code == 303
    assert on_list(world) == 0
    assert on_list(world, page="everyone") == 0
    assert lease_id(1) in anna.get(link("waiting")).text


def test_a_day_that_cannot_be_is_told_and_nothing_is_saved(world: World) -> None:
    anna, wait = world.browser("anna"), link("wait", lease=lease_id(1))
    for until, said in (("2026-02-31", "ingen dag"), (day(-1), "passerat"), ("", "Välj en dag"),
                        (day(900), "mer än ett år fram"), ("0001-01-01", "passerat"),
                        ("20260325", "ingen dag"), ("2026-W13-3", "ingen dag"),
                        ("٢٠٢٦-03-25", "ingen dag")):  # fmt: skip
        answer = send(anna, CASE, wait, until=until, why="other")
        assert answer.status_code == 422
        assert said in answer.text
    assert on_list(world) > 0


def test_an_outcome_that_there_is_not_is_told_and_nothing_is_saved(world: World) -> None:
    answer = send(world.browser("anna"), CASE, REPORT, outcome="vacation")
    assert answer.status_code == 422
    assert "Inget har ändrats" in answer.text


def test_a_planned_task_whose_day_has_come_is_to_be_reported_on(world: World) -> None:
    anna, plan = world.browser("anna"), link("plan_task", lease=lease_id(1))
    world.browser("berit")
    answer = send(anna, CASE, plan, day=day(0), who="anna", **{"with": "berit"})
    assert answer.status_code == 303
    assert lease_id(1) in anna.get(link("outcomes")).text
    assert "Anna Andersson och Berit Berg" in anna.get(link("plan")).text


def test_what_is_given_to_a_colleague_is_on_her_list_and_no_more_on_mine(world: World) -> None:
    anna, assign = world.browser("anna"), link("assign", lease=lease_id(1))
    world.browser("berit").get(link("today"))
    before = on_list(world)
    assert send(anna, CASE, assign, to="berit").status_code == 303
    assert on_list(world) == before - 1
    assert on_list(world, "berit") == before
    assert on_list(world, page="everyone") == before


def test_a_raised_case_stands_with_the_first_of_its_band_marked_so_and_why_is_nowhere(
    world: World,
) -> None:
    anna = world.browser("anna")
    case, put = link("case", lease=lease_id(6)), link("raise", lease=lease_id(6))
    assert send(anna, case, put).status_code == 303
    rows = anna.get(link("today", band="C")).text.split("<li class=")[1:]
    assert lease_id(6) in rows[0]
    assert "prioriterad av handläggare" in rows[0]
    assert "prioriterad av handläggare" not in rows[-1]
    assert "prioriterad av handläggare" in anna.get(link("plan")).text
    again = send(anna, case, put)
    assert again.status_code == 422
    assert "redan lyft" in again.text


def test_the_question_about_the_children_is_noted(world: World) -> None:
    anna = world.browser("anna")
    assert send(anna, CASE, link("question", lease=lease_id(1))).status_code == 303
    assert "frågan ställdes" in anna.get(CASE).text


def test_an_act_that_no_worker_has_folded_yet_says_so(world: World) -> None:
    world.log.folds = False
    anna = world.browser("anna")
    answer = send(anna, CASE, REPORT, outcome="reached")
    html = anna.get(answer.headers["location"]).text
    assert "Det syns här om en stund" in html


def test_a_note_stands_on_the_case_and_on_no_list(world: World) -> None:
    anna, note = world.browser("anna"), link("note", lease=lease_id(1))
    assert send(anna, CASE, note, text="Ring helst efter klockan tre").status_code == 303
    assert "Ring helst efter klockan tre" in anna.get(CASE).text
    for page in ("today", "everyone", "plan", "waiting", "done", "outcomes"):
        assert "Ring helst" not in anna.get(link(page)).text


BACK = link("take_back_note", lease=lease_id(1))
WRITTEN = "Fel hushåll: ring hans mor"


def written(world: World) -> dict[str, str]:
    """Anna writes a note; the fields of the form that takes it back."""
    anna = world.browser("anna")
    send(anna, CASE, link("note", lease=lease_id(1)), text=WRITTEN)
    return form(anna.get(CASE).text, BACK)


@pytest.mark.parametrize("who", ["berit", "lena"])
def test_anothers_note_is_neither_offered_to_be_taken_back_nor_erased(
    world: World, who: str
) -> None:
    note, other = written(world)["note"], world.browser(who)
    page = other.get(CASE).text
    assert WRITTEN in page
    assert BACK not in [where for where, _ in forms(page)]
    own = form(page, link("note", lease=lease_id(1)))
    assert other.post(BACK, data={**own, "note": note}).status_code == 404
    assert WRITTEN in world.browser("anna").get(CASE).text


def test_ones_own_note_is_not_taken_back_by_the_address_of_another_case(world: World) -> None:
    fields, anna = written(world), world.browser("anna")
    own = form(anna.get(CASE).text, BACK)
    there = link("take_back_note", lease=lease_id(SERVED))
    assert anna.post(there, data={**own, "note": fields["note"]}).status_code == 404
    assert WRITTEN in anna.get(CASE).text


def test_ones_own_note_taken_back_is_erased_and_says_when_and_by_whom_also_in_the_audit(
    world: World,
) -> None:
    fields, anna = written(world), world.browser("anna")
    fields["form_token"] = form(anna.get(CASE).text, BACK)["form_token"]
    for _ in range(2):
        assert anna.post(BACK, data=fields).status_code == 303
    page = world.browser("berit").get(CASE).text
    assert WRITTEN not in page
    assert "2026-03-20, Anna Andersson</p><p>Anteckningen är tillbakatagen av den" in page
    assert BACK not in [where for where, _ in forms(anna.get(CASE).text)]
    with world.engine.connect() as connection:
        kept = connection.execute(select(access_schema.notes)).mappings().one()
        rows = audit_list.rows(connection, lease_id=lease_id(1), by="anna")
    assert kept["text"] == ""
    told = [row["detail"].get("note") for row in rows if row["action"] == "take_back_note"]
    assert told == [fields["note"], None, fields["note"], None]


def test_a_note_that_was_taken_back_does_not_come_back_by_its_form(world: World) -> None:
    anna, note = world.browser("anna"), link("note", lease=lease_id(1))
    fields = {**form(anna.get(CASE).text, note), "text": WRITTEN}
    anna.post(note, data=fields)
    assert send(anna, CASE, BACK).status_code == 303
    assert anna.post(note, data=fields).status_code == 303
    assert WRITTEN not in anna.get(CASE).text


def test_a_case_without_a_task_says_so_and_can_still_be_raised(world: World) -> None:
    anna, case = world.browser("anna"), link("case", lease=lease_id(PAYS))
    assert "Ärendet har ingen öppen uppgift" in anna.get(case).text
    assert send(anna, case, link("raise", lease=lease_id(PAYS))).status_code == 303


def test_the_sum_that_saves_the_home_is_there_to_the_ore(world: World) -> None:
    html = world.browser("anna").get(link("case", lease=lease_id(SERVED))).text
    assert "16\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in html


ACTS = {
    "report": {"outcome": "reached"},
    "plan_task": {"day": day(3), "who": "anna"},
    "assign": {"to": "anna"},
    "wait": {"until": day(10), "why": "other"},
    "raise": {},
    "lower": {},
    "question": {},
    "map": {"cause": "forgotten"},
    "undo": {},
    "note": {"text": "Ring efter klockan tre"},
}


def test_every_act_and_note_is_sent_twice_here() -> None:
    forms_of_a_case = {r.name for r in ROUTES if r.changes and link(r.name).startswith("/case/")}
    # A letter and a check are made anew; the others have tests of their own.
    others = {"letter", "norm", "glass", "name_caseworker", "take_back_note"}
    assert forms_of_a_case == ACTS.keys() | others


@pytest.mark.parametrize("act", ACTS)
def test_the_same_form_sent_twice_is_once_and_is_answered_as_at_first(
    world: World, act: str
) -> None:
    anna, there = world.browser("anna"), link(act, lease=lease_id(1))
    if act in ("lower", "undo"):
        send(anna, CASE, link("raise", lease=lease_id(1)))
    fields = {**form(anna.get(CASE).text, there), **ACTS[act]}
    first = anna.post(there, data=fields)
    end, page = world.log.end, anna.get(CASE).text
    second = anna.post(there, data=fields)
    assert (second.status_code, second.headers.get("location")) == (
        first.status_code, first.headers["location"],
    )  # fmt: skip
    assert first.status_code == 303
    assert world.log.end == end
    after = anna.get(CASE).text
    assert after.count("<article>") == page.count("<article>")
    assert after.count('name="undone"') == page.count('name="undone"')


@pytest.mark.parametrize(
    ("name", "given", "kind"),
    [
        ("report", {"outcome": "sent"}, "reported"),
        ("raise", {}, "raised"),
        ("question", {}, "asked"),
        ("wait", {"until": "2026-03-25", "why": "other"}, "waits"),
    ],
)
def test_what_was_undone_is_named_in_the_audit_by_its_kind_and_its_id(
    world: World, name: str, given: dict[str, str], kind: str
) -> None:
    anna, act = world.browser("anna"), link(name, lease=lease_id(1))
    assert send(anna, CASE, act, **given).status_code == 303
    told = next(fields for where, fields in forms(anna.get(CASE).text) if where == UNDO)
    assert anna.post(UNDO, data=told).status_code == 303
    with world.engine.connect() as connection:
        row = audit_list.rows(connection, lease_id=lease_id(1), limit=1)[0]
    assert row["action"] == "undo"
    assert (row["detail"]["undone"], row["detail"]["undone_act"]) == (kind, told["undone"])
