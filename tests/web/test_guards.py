"""What keeps a stranger, a stale form and a forged one out."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from alerts.access import audit_list, sessions
from alerts.access.audit import AuditLog, Entry, NotNoted
from alerts.web.app import make_app
from alerts.web.limits import Limit
from alerts.web.links import link
from tests.builders import lease_id
from tests.web.forms import form, send
from tests.web.lived import events
from tests.web.site_world import NOON, World, site_world

CASE, NOTE = link("case", lease=lease_id(1)), link("note", lease=lease_id(1))


def test_a_form_without_its_token_does_nothing(world: World) -> None:
    answer = world.browser("anna").post(NOTE, data={"text": "hej"})
    assert answer.status_code == 403
    assert "hej" not in world.browser("anna").get(CASE).text


def test_the_form_of_another_session_does_nothing(world: World) -> None:
    anna, berit = world.browser("anna"), world.browser("berit")
    fields = form(berit.get(CASE).text, NOTE)
    assert anna.post(NOTE, data={**fields, "text": "hej"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://other.example"},
        {"origin": "null"},
        {"origin": ""},
    ],
)
def test_a_form_from_another_site_does_nothing_even_with_the_right_token(
    world: World, headers: dict[str, str]
) -> None:
    anna = world.browser("anna")
    fields = form(anna.get(CASE).text, NOTE)
    answer = anna.post(NOTE, data={**fields, "text": "hej"}, headers=headers)
    assert answer.status_code == 403


def test_a_session_that_was_idle_or_is_old_asks_for_a_login(tmp_path: Path) -> None:
    now = [NOON]
    with site_world(f"sqlite:///{tmp_path / 's.db'}", events(), lambda: now[0]) as world:
        anna = world.browser("anna")
        assert anna.get(link("today")).status_code == 200
        now[0] += timedelta(seconds=sessions.IDLE + 1)
        assert anna.get(link("today")).headers["location"].startswith("/login")


def test_a_session_in_use_is_not_idle(tmp_path: Path) -> None:
    now = [NOON]
    with site_world(f"sqlite:///{tmp_path / 's.db'}", events(), lambda: now[0]) as world:
        anna = world.browser("anna")
        for _ in range(4):
            now[0] += timedelta(seconds=sessions.IDLE * 0.6)
            assert anna.get(link("today")).status_code == 200


def test_logging_out_ends_the_session_for_every_copy_of_its_cookie(world: World) -> None:
    anna = world.browser("anna")
    token = anna.cookies[world.site.cookie]
    answer = send(anna, link("today"), link("logout"))
    assert answer.status_code == 303
    thief = world.browser()
    thief.cookies.set(world.site.cookie, token)
    assert thief.get(link("today")).headers["location"].startswith("/login")


def test_every_answer_carries_a_policy_that_runs_no_script(world: World) -> None:
    for path in (link("today"), "/no/such/page", "/static/style.css", link("goodbye")):
        answer = world.browser("anna").get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert world.browser("anna").get(link("today")).headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(world: World) -> None:
    anna = world.browser("anna")
    for path in (link("today"), CASE, link("plan"), link("done")):
        html = anna.get(path).text
        assert "<script" not in html
        assert " style=" not in html


def test_text_of_others_is_shown_as_text(world: World) -> None:
    anna = world.browser("anna")
    evil = "<script>alert(1)</script> & <b>"
    assert send(anna, CASE, NOTE, text=evil).status_code == 303
    html = anna.get(CASE).text
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_form_that_is_too_long_is_told_so(world: World) -> None:
    anna = world.browser("anna")
    fields = form(anna.get(CASE).text, NOTE)
    assert anna.post(NOTE, data={**fields, "text": "x" * (1 << 19)}).status_code == 413


def test_a_browser_in_a_hurry_is_told_to_wait(at_one_moment: None, world: World) -> None:
    anna = world.browser("anna")
    answers = [anna.get(link("goodbye")).status_code for _ in range(150)]
    assert set(answers) == {200, 429}


def test_a_bucket_fills_up_again_and_each_has_its_own() -> None:
    now = [0.0]
    limit = Limit(1.0, 2.0, lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    assert limit.allows("b")
    now[0] = 1.0
    assert [limit.allows("a"), limit.allows("a")] == [True, False]


def test_every_look_and_every_act_is_in_the_audit_and_so_is_what_was_refused(
    world: World,
) -> None:
    anna = world.browser("anna")
    anna.get(CASE)
    send(anna, CASE, NOTE, text="hej")
    anna.get(link("case", lease=lease_id(2)))
    world.browser("hugo").get(link("today"))
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection)
    told = [(row["subject"], row["action"], row["lease_id"], row["allowed"]) for row in rows]
    assert told == [
        ("hugo", "today", None, False),
        ("anna", "case", lease_id(2), False),
        ("anna", "note", lease_id(1), True),
        ("anna", "note", lease_id(1), True),
        ("anna", "case", lease_id(1), True),
        ("anna", "case", lease_id(1), True),
    ]
    assert all(newer["seq"] == older["seq"] + 1 for newer, older in pairwise(rows))


class _Full(AuditLog):
    def note(self, entry: Entry) -> int:
        raise NotNoted("no room")


def test_what_cannot_be_noted_is_not_shown(world: World) -> None:
    audit = _Full(world.engine, lambda: 0.0)
    site = world.site.__class__(
        **{f: getattr(world.site, f) for f in world.site.__struct_fields__} | {"audit": audit}
    )
    anna = world.browser("anna")
    deaf = TestClient(make_app(site), base_url=site.url, raise_server_exceptions=False)
    deaf.cookies = anna.cookies
    answer = deaf.get(CASE)
    acted = deaf.post(NOTE, data={**form(anna.get(CASE).text, NOTE), "text": "hej"})
    audit.close()
    assert answer.status_code == acted.status_code == 500
    assert lease_id(1) not in answer.text
    assert answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "hej" not in anna.get(CASE).text, "what cannot be noted is not done"
