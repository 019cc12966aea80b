"""Logging in at a provider: what it leaves in the audit, at the browser, and of the session
before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx2 import Response
from msgspec.structs import replace
from starlette.testclient import TestClient

from alerts.access import audit_list
from alerts.access.oidc import Provider
from alerts.web.links import link
from tests.access.persons import NOW
from tests.access.provider import BACK, CLIENT, SECRET, TestProvider, new_key, running
from tests.web.forms import send
from tests.web.lived import events
from tests.web.site_world import TOWN, World, site_world

MOMENT = datetime.fromtimestamp(NOW, UTC)
ANNA = {"roles": ["caseworker"], "municipality": TOWN}


@pytest.fixture(scope="module")
def there() -> Iterator[TestProvider]:
    with running(TestProvider(new_key("one"))) as provider:
        yield provider


@pytest.fixture
def town(tmp_path: Path, there: TestProvider) -> Iterator[World]:
    """A site whose people log in at the provider."""
    there.claims = ANNA
    with site_world(f"sqlite:///{tmp_path / 's.db'}", events(), lambda: MOMENT) as world:
        login = Provider(there.issuer, CLIENT, SECRET, BACK)
        remembered = type(world.site.remembered)(lambda: 0.0)
        site = replace(world.site, login=login, remembered=remembered)
        yield world._replace(site=site)


def log_in(browser: TestClient, there: TestProvider, **brought: str) -> Response:
    """The whole way; `brought` changes what the browser comes back with."""
    begun = browser.get(link("login"))
    return browser.get(link("auth"), params={**there.log_in(begun.headers["location"]), **brought})


def told(world: World) -> list[tuple[str, str, bool, str | None]]:
    """The audit, the oldest first."""
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection)
    return [
        (row["subject"], row["action"], row["allowed"], row["detail"].get("fault"))
        for row in reversed(rows)
    ]


def test_a_login_and_a_logout_are_each_a_row(town: World, there: TestProvider) -> None:
    browser = town.browser()
    assert log_in(browser, there).status_code == 303
    assert send(browser, link("today"), link("logout")).status_code == 303
    assert [one for one in told(town) if one[1] != "today"] == [
        ("anna-1", "login", True, None),
        ("anna-1", "logout", True, None),  # noted before it was done,
        ("anna-1", "logout", True, None),  # and what came of it
    ]


def test_a_refused_login_is_a_row_with_its_fault_and_who_the_provider_says_it_was(
    town: World, there: TestProvider
) -> None:
    assert log_in(town.browser(), there, error="access_denied").status_code == 403
    there.claims = {**ANNA, "roles": []}
    assert log_in(town.browser(), there).status_code == 403
    assert told(town) == [
        ("-", "login_refused", False, "refused_there"),
        ("anna-1", "login_refused", False, "no_role"),
    ]


def test_logins_refused_over_and_over_do_not_fill_the_audit(
    town: World, there: TestProvider
) -> None:
    browser = town.browser()
    for _ in range(30):
        assert log_in(browser, there, error="access_denied").status_code == 403
    assert len(told(town)) == 20
    there.claims = {**ANNA, "roles": []}
    log_in(browser, there)
    assert told(town)[-1] == ("anna-1", "login_refused", False, "no_role")


def test_to_log_in_anew_ends_the_session_that_this_browser_had(
    town: World, there: TestProvider
) -> None:
    browser = town.browser()
    log_in(browser, there)
    copied = browser.cookies[town.site.cookie]
    log_in(browser, there)
    assert browser.get(link("today")).status_code == 200
    thief = town.browser()
    thief.cookies.set(town.site.cookie, copied)
    assert thief.get(link("today")).headers["location"].startswith("/login")


def test_by_https_the_mark_of_a_login_is_kept_to_this_host(
    town: World, there: TestProvider
) -> None:
    secure = town._replace(site=replace(town.site, url="https://testserver"))
    browser = secure.browser()
    browser.base_url = "https://testserver"
    begun = browser.get(link("login"))
    set_ = begun.headers["set-cookie"]
    assert set_.startswith("__Host-login=")
    assert "Secure" in set_
    assert "Path=/" in set_
    assert "Domain" not in set_
    back = browser.get(link("auth"), params=there.log_in(begun.headers["location"]))
    assert back.status_code == 303
    deleted = next(one for one in back.headers.get_list("set-cookie") if "__Host-login" in one)
    assert "Secure" in deleted  # else a browser does not take it for the same cookie
    assert "Max-Age=0" in deleted


def test_who_began_no_login_here_is_refused_without_a_row_and_shuts_nobody_out(
    town: World, there: TestProvider
) -> None:
    stranger = town.browser()
    for _ in range(150):
        answer = stranger.get(link("auth"), params={"state": "x", "code": "y"})
        assert answer.status_code == 403
    assert "påbörjades inte här" in answer.text
    assert told(town) == []
    # The same browser, and so the same site and address.
    assert log_in(stranger, there).status_code == 303


def test_pictures_on_another_site_shut_nobody_out(town: World, there: TestProvider) -> None:
    browser = town.browser()
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"}
    for path in (link("auth"), link("login"), link("goodbye")):
        for _ in range(150):
            assert browser.get(path, headers=picture).status_code == 403
    assert log_in(browser, there).status_code == 303


def test_a_login_that_was_begun_is_tried_a_few_times_only_and_another_goes_on(
    at_one_moment: None, town: World, there: TestProvider
) -> None:
    browser = town.browser()
    browser.get(link("login"))
    answers = [browser.get(link("auth"), params={"state": "x"}).status_code for _ in range(15)]
    assert set(answers) == {403, 429}
    assert log_in(browser, there).status_code == 303
