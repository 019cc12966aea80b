"""Every route by every role: what is expected, written down here and nowhere else.

A new route fails the first test until it has a line of its own.
"""

import pytest
from starlette.testclient import TestClient

from alerts.access.person import Role
from alerts.access.sessions import form_token
from alerts.web.links import PATHS, link
from alerts.web.routes import ROUTES
from tests.builders import lease_id
from tests.web.site_world import World

C, L, H, O, A = (  # noqa: E741
    Role.CASEWORKER, Role.TEAM_LEADER, Role.LANDLORD, Role.OPERATOR, Role.AUDITOR
)  # fmt: skip
CASEWORK = {C, L}
EVERYONE = {C, L, H, O, A}
ANYBODY = None  # logged in or not

WHO: dict[tuple[str, str], set[Role] | None] = {
    ("start", "GET"): ANYBODY,
    ("login", "GET"): ANYBODY,
    ("login_as", "POST"): ANYBODY,
    ("auth", "GET"): ANYBODY,
    ("goodbye", "GET"): ANYBODY,
    ("language", "POST"): ANYBODY,
    ("healthy", "GET"): ANYBODY,
    ("logout", "POST"): EVERYONE,
    ("today", "GET"): CASEWORK,
    ("everyone", "GET"): CASEWORK,
    ("waiting", "GET"): CASEWORK,
    ("outcomes", "GET"): CASEWORK,
    ("done", "GET"): CASEWORK,
    ("plan", "GET"): CASEWORK,
    ("search", "GET"): CASEWORK,
    ("case", "GET"): CASEWORK,
    ("report_form", "GET"): CASEWORK,
    ("report", "POST"): CASEWORK,
    ("plan_task", "POST"): CASEWORK,
    ("assign", "POST"): CASEWORK,
    ("wait", "POST"): CASEWORK,
    ("raise", "POST"): CASEWORK,
    ("lower", "POST"): CASEWORK,
    ("question", "POST"): CASEWORK,
    ("undo", "POST"): CASEWORK,
    ("note", "POST"): CASEWORK,
    ("take_back_note", "POST"): CASEWORK,
    ("glass", "POST"): CASEWORK,
    ("letter_form", "GET"): CASEWORK,
    ("letter", "POST"): CASEWORK,
    ("norm_form", "GET"): CASEWORK,
    ("norm", "POST"): CASEWORK,
    ("case_text", "GET"): CASEWORK,
    ("map", "POST"): CASEWORK,
    ("team", "GET"): {L},
    ("load", "GET"): {L},
    ("team_csv", "GET"): {L},
    ("handover", "POST"): {L},
    ("name_caseworker", "POST"): {L},
    ("meeting_pack", "GET"): {L},
    ("meeting_pack_make", "POST"): {L},
    ("guarantees", "GET"): {L},
    ("landlords", "GET"): {C, L, H},
    ("landlord", "GET"): {C, L, H},
    ("basis", "POST"): {L},
    ("form3", "GET"): {C, L, H},
    ("form3_send", "POST"): {C, L, H},
    ("operations", "GET"): {O},
    ("record", "GET"): {O},
    ("release", "POST"): {O},
    ("discard", "POST"): {O},
    ("audit", "GET"): {A},
}
GIVEN = {
    "lease": lease_id(1),
    "task": "none",
    "kind": "visit-arrears",
    "landlord": "559990-0013",
    "partition": 0,
    "offset": 0,
}
NAMES = {C: "anna", L: "lena", H: "hugo", O: "olle", A: "greta"}
each_route = pytest.mark.parametrize(("name", "method"), WHO, ids=lambda one: str(one))


def test_every_route_has_its_line_here_and_no_line_is_without_a_route() -> None:
    assert {(route.name, route.method) for route in ROUTES} == set(WHO)


@each_route
def test_a_route_is_open_to_its_roles_and_to_no_other(
    looked_at: World, name: str, method: str
) -> None:
    expected = WHO[name, method]
    path = link(name, **{k: v for k, v in GIVEN.items() if f"{{{k}}}" in _path(name)})
    for role, who in NAMES.items():
        browser = looked_at.browser(who)
        data = {"form_token": _token(looked_at, browser)}
        answer = browser.get(path) if method == "GET" else browser.post(path, data=data)
        denied = answer.status_code == 403
        assert denied is (expected is not ANYBODY and role not in expected), (role, answer)


@each_route
def test_nobody_who_is_not_logged_in_gets_behind_the_login(
    looked_at: World, name: str, method: str
) -> None:
    path = link(name, **{k: v for k, v in GIVEN.items() if f"{{{k}}}" in _path(name)})
    browser = looked_at.browser()
    answer = browser.get(path) if method == "GET" else browser.post(path)
    behind = WHO[name, method] is not ANYBODY and name != "logout"  # who is out is out
    asked_to_log_in = answer.headers.get("location", "").startswith("/login")
    assert asked_to_log_in is (behind or name == "start")


def _path(name: str) -> str:
    return PATHS[name]


def _token(world: World, browser: TestClient) -> str:
    return form_token(browser.cookies[world.site.cookie])
