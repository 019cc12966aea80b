"""Where a person comes after a login, a choice of language or an address that shows nothing; and
what the browser keeps of the one who sat there before."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from alerts.access import sessions
from alerts.web.back import FORMS_ONLY, page_of
from alerts.web.links import PATHS, link
from alerts.web.routes import ROUTES
from tests.web.forms import send
from tests.web.lived import events
from tests.web.page_forms import form_to, forms
from tests.web.site_world import NOON, PEOPLE, URL, World, site_world

CASE = link("case", lease="559990-0013:1")
LOST = "Inget sparades: du hade loggats ut"


class Idle:
    """A world whose clock is moved on by hand, and a browser in it."""

    def __init__(self, world: World, now: list[datetime]) -> None:
        self.world, self.now = world, now
        self.anna = world.browser("anna")

    def wait(self) -> None:
        self.now[0] += timedelta(seconds=sessions.IDLE + 1)


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Idle]:
    now = [NOON]
    with site_world(f"sqlite:///{tmp_path / 's.db'}", events(), lambda: now[0]) as world:
        yield Idle(world, now)


# A form that came after the session had ended


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        (f"{URL}{CASE}", CASE),
        (f"{URL}{CASE}?saved=case-1&later=1", CASE),
        (f"{URL}/search?words=2", "/search?words=2"),
        (f"{URL}{CASE}/wait", CASE),
        ("http://other.example/today", CASE),
        ("http://testserver.other.example/today", CASE),
        (f"{URL}//other.example/", "/"),
        ("", CASE),
    ],
)
def test_a_form_sent_too_late_is_said_to_be_lost_on_the_page_that_it_was_on(
    idle: Idle, referer: str, page: str
) -> None:
    note = form_to(idle.anna.get(CASE).text, "/note")
    idle.wait()
    fields = {**note.fields, "text": "en lång anteckning"}
    answer = idle.anna.post(note.action, data=fields, headers={"referer": referer})
    assert answer.status_code == 303
    at_login = idle.anna.get(answer.headers["location"])
    assert LOST in at_login.text
    chosen = next(one for one in forms(at_login.text) if one.action == "/login")
    back = chosen.send(idle.anna, subject="anna").headers["location"]
    assert back == page
    assert LOST in idle.anna.get(back, follow_redirects=True).text
    assert LOST not in idle.anna.get(back, follow_redirects=True).text, "it is said once"
    assert "en lång anteckning" not in idle.anna.get(CASE).text


def test_where_the_provider_logs_in_unseen_the_loss_is_said_on_the_page_after_it(
    idle: Idle,
) -> None:
    form = form_to(idle.anna.get(CASE).text, "/wait")
    idle.wait()
    form.send(idle.anna, until="2026-04-01", why="other")
    moment = idle.now[0].timestamp()
    token = sessions.open_session(idle.world.engine, PEOPLE["anna"], None, moment)
    idle.anna.cookies.set(idle.world.site.cookie, token, domain="testserver.local")
    assert LOST in idle.anna.get(link("today")).text


def test_who_only_looks_after_the_session_has_ended_has_lost_nothing(idle: Idle) -> None:
    idle.wait()
    answer = idle.anna.get(CASE)
    assert answer.headers["location"] == link("login", next=CASE)
    assert LOST not in idle.anna.get(answer.headers["location"]).text


def test_who_logs_out_after_the_session_has_ended_is_logged_out_and_not_in_again(
    idle: Idle,
) -> None:
    out = form_to(idle.anna.get(CASE).text, "/logout")
    idle.wait()
    answer = out.send(idle.anna)
    assert answer.headers["location"] == link("goodbye")
    assert LOST not in idle.anna.get(link("goodbye")).text


def test_every_address_that_only_takes_a_form_leads_back_to_a_page() -> None:
    pages = {PATHS[route.name] for route in ROUTES if not route.changes}
    only = {route.name for route in ROUTES if route.changes and PATHS[route.name] not in pages}
    assert set(FORMS_ONLY) == only
    for name in only:
        assert page_of(PATHS[name].replace("{", "").replace("}", "")) in {
            page.replace("{", "").replace("}", "") for page in pages
        }


# What the browser keeps


def test_logging_out_leaves_no_cookie_of_ours(world: World) -> None:
    anna = world.browser("anna")
    anna.get(link("today", district="Ronna"))
    letter = form_to(anna.get(link("letter_form", lease="559990-0013:1", kind="referral")).text,
                     "/referral")  # fmt: skip
    letter.send(anna, caseworker="Anna", phone="08-1")
    anna.post(link("language"), data={"to": "en"})
    assert {"filter", "sender", "language"} <= set(anna.cookies)
    send(anna, link("today"), link("logout"))
    assert not set(anna.cookies) - {world.site.cookie}  # set by hand, for another host


def test_the_next_person_begins_without_the_former_ones_filter_and_phone(world: World) -> None:
    anna = world.browser("anna")
    anna.get(link("today", district="Ronna"))
    written = link("letter_form", lease="559990-0013:1", kind="referral")
    form_to(anna.get(written).text, "/referral").send(anna, caseworker="Anna", phone="08-777")
    assert "08-777" in anna.get(written).text
    chosen = "<option selected>Ronna</option>"
    assert chosen in anna.get(link("today")).text
    berit = world.browser("berit")
    for name in ("filter", "sender"):
        berit.cookies.set(name, anna.cookies[name])
    assert chosen not in berit.get(link("today")).text
    assert "08-777" not in berit.get(written).text


# An address that shows nothing


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", f"{CASE}/report", "POST"),
        ("GET", "/logout", "POST"),
        ("PUT", CASE, "GET, HEAD"),
        ("DELETE", "/login", "GET, HEAD, POST"),
    ],
)
def test_an_address_used_in_another_way_says_which_ways_there_are(
    world: World, method: str, path: str, allow: str
) -> None:
    answer = world.browser("anna").request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)


def test_the_address_of_a_form_that_is_opened_leads_to_its_case(world: World) -> None:
    text = world.browser("anna").get(f"{CASE}/report").text
    assert "inget sådant hyresavtal" not in text
    assert "Hit skickas ett formulär" in text
    assert f'href="{CASE.replace(":", "%3A")}"' in text


@pytest.mark.parametrize("path", ["/nothing/here", f"{CASE}/report"])
def test_an_address_that_there_is_not_is_told_in_the_language_that_was_chosen(
    world: World, path: str
) -> None:
    anna = world.browser("anna")
    anna.cookies.set("language", "en")
    assert '<html lang="en">' in anna.get(path).text


# A choice of language


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("/search?words=en+tv%C3%A5", "/search?words=en+tv%C3%A5"),
        ("/today?district=Ronna&band=C", "/today?district=Ronna&band=C"),
        (f"{CASE}/wait", CASE),
        (f"{CASE}/norm", f"{CASE}/norm"),
        ("/team/handover", "/team"),
        ("/auth?code=x&state=y", "/auth"),
        ("//other.example/x", "/"),
        ("/language", "/"),
    ],
)
def test_the_language_is_chosen_on_the_page_that_one_stays_on(
    world: World, came: str, back: str
) -> None:
    anna = world.browser("anna")
    answer = anna.post(link("language"), data={"to": "en"}, headers={"referer": f"{URL}{came}"})
    assert answer.headers["location"] == back
    assert "In English" not in unescape(anna.get(link("goodbye")).text)
