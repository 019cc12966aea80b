"""The site answers to its own name: another's, pointed at this machine, gets nothing."""

import pytest

from alerts.web.hosts import OwnHost
from alerts.web.links import link
from tests.web.asked import asked, told_ok
from tests.web.site_world import URL, World

EVIL = "evil.example:8080"


def test_a_login_by_name_under_a_foreign_host_begins_no_session(looked_at: World) -> None:
    browser = looked_at.browser()
    headers = {"host": EVIL, "origin": f"http://{EVIL}", "sec-fetch-site": "same-origin"}
    answer = browser.post(link("login_as"), data={"subject": "anna"}, headers=headers)
    assert answer.status_code == 421
    assert URL in answer.text
    assert "set-cookie" not in answer.headers
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("path", ["/today", "/goodbye", "/static/style.css", "/none"])
def test_nothing_is_shown_under_a_foreign_host(looked_at: World, path: str) -> None:
    answer = looked_at.browser("anna").get(path, headers={"host": EVIL})
    assert answer.status_code == 421


def test_who_watches_may_know_the_machine_by_another_name(looked_at: World) -> None:
    assert looked_at.browser().get(link("healthy"), headers={"host": "10.0.0.7"}).text == "ok\n"


@pytest.mark.parametrize(
    ("url", "host", "status"),
    [
        ("https://bokvar.se", [b"bokvar.se"], 200),
        ("https://bokvar.se", [b"BOKVAR.se:443"], 200),
        ("https://bokvar.se", [b"bokvar.se:80"], 421),
        ("https://bokvar.se:8443", [b"bokvar.se"], 200),
        ("https://bokvar.se", [b"bokvar.se.evil.se"], 421),
        ("https://bokvar.se", [b"bokvar.se", b"evil.se"], 421),
        ("https://bokvar.se", [b"bokvar.se@evil.se"], 421),
        ("https://bokvar.se", [], 421),
        ("http://[::1]:8080", [b"[::1]:8080"], 200),
        ("http://[::1]:8080", [b"[::2]:8080"], 421),
    ],
)
def test_a_host_is_ours_with_its_port_or_without_and_never_in_part(
    url: str, host: list[bytes], status: int
) -> None:
    headers = [(b"host", one) for one in host]
    assert asked(OwnHost(told_ok, url), headers=headers).status == status
