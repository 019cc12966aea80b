"""After login nobody is sent to another site."""

import pytest

from alerts.access.local_path import local_path


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "//evil.se",
        "///evil.se",
        "/\\evil.se",
        "\\\\evil.se",
        "https://evil.se",
        "javascript:alert(1)",
        "evil.se",
        " //evil.se",
        "/\t/evil.se",
        "/\n/evil.se",
        "/a\r\nSet-Cookie: x=1",
        "/\x00",
        "/\x7f",
        "/\u2028",
        "/\ud800",
        "/" + "a" * 2_000,
    ],
)
def test_what_a_browser_could_read_as_another_site_leads_to_the_first_page(asked: str) -> None:
    assert local_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/", "/uppgifter?flik=väntar#x", "/lease/559990-0013:7%20A"])
def test_a_page_of_this_site_stays_what_it_is(asked: str) -> None:
    assert local_path(asked) == asked
