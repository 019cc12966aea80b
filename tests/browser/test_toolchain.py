"""The checks that the browser tests rest on find what is planted, and nothing on a clean page."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.browser import event_loop
from tests.browser.nu import nu_faults
from tests.browser.page_checks import axe_violations, overflows
from tests.browser.serving import served

# As strict as the product's: neither scripts nor styles in the page itself, nothing from elsewhere.
CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
BODY = """<main><h1>Arbetslista</h1><p class="quiet">Två ärenden</p>
<img src="/a.png" alt="Ärenden per dag"></main>"""
STYLE = {
    "clean": "body { color: #111; background: #fff; }",
    "pale": "body { background: #fff; } .quiet { color: #ccc; }",
    "wide": "body { color: #111; background: #fff; } .quiet { width: 500px; }",
}


def document(body: str = BODY, style: str = "clean") -> str:
    return f"""<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><title>Arbetslista</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/{style}.css">
</head><body>{body}</body></html>"""


WITHOUT_ALT = document(BODY.replace(' alt="Ärenden per dag"', ""))
PAGES = {
    "clean": document(), "pale": document(style="pale"), "wide": document(style="wide"),
    "without-alt": WITHOUT_ALT,
    "scripted": document('<h1>Före</h1><script>document.title = "Efter"</script>'),
}  # fmt: skip


async def shown(request: Request) -> HTMLResponse:
    html = PAGES[request.path_params["name"]]
    return HTMLResponse(html, headers={"Content-Security-Policy": CSP})


async def style(request: Request) -> HTMLResponse:
    return HTMLResponse(STYLE[request.path_params["name"]], media_type="text/css")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    routes = [Route("/{name}.css", style), Route("/pages/{name}", shown)]
    with served(Starlette(routes=routes)) as address:
        yield address


@pytest.mark.parametrize(
    ("name", "rule", "target"),
    [("without-alt", "image-alt", "img"), ("pale", "color-contrast", "p")],
)
def test_a_page_with_one_fault_of_accessibility_is_told_of_it_and_where(
    page: Page, base: str, name: str, rule: str, target: str
) -> None:
    page.goto(f"{base}/pages/{name}")
    found = axe_violations(page)
    assert [(one.rule, one.targets) for one in found] == [(rule, (target,))]
    assert found[0].impact in ("serious", "critical")


def test_a_clean_page_under_a_strict_policy_has_no_violations_twice(page: Page, base: str) -> None:
    page.goto(f"{base}/pages/clean")
    assert axe_violations(page) == []
    assert axe_violations(page) == []


def test_a_profile_without_javascript_is_refused_at_once_not_waited_for(browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as profile:
        page = profile.new_page()
        with pytest.raises(AssertionError, match="needs JavaScript"):
            axe_violations(page)
        assert overflows(page) == []


def test_a_page_that_forbids_scripts_runs_none_of_its_own(page: Page, base: str) -> None:
    page.goto(f"{base}/pages/scripted")
    assert page.title() == "Arbetslista"


def test_a_part_wider_than_a_phone_is_named_and_the_page_keeps_its_width(
    page: Page, base: str
) -> None:
    page.goto(f"{base}/pages/wide")
    before = page.viewport_size
    assert overflows(page)[1:] == ["p.quiet"]
    assert page.viewport_size == before


def test_a_page_that_fits_a_phone_does_not_scroll_sideways(page: Page, base: str) -> None:
    page.goto(f"{base}/pages/clean")
    assert overflows(page) == []


def test_of_several_documents_the_one_with_a_faulty_line_is_named() -> None:
    twice = document('<h1 id="a">Ett</h1>\n<p id="a">Två</p>')
    found = nu_faults([document(), twice, document()])
    assert {fault.document for fault in found} == {1}
    assert "Duplicate ID" in found[0].message
    assert (found[0].line, found[0].extract) != (0, "")


def test_clean_documents_have_no_faults_and_no_document_has_none() -> None:
    assert nu_faults([document(), document()]) == []
    assert nu_faults([]) == []


def test_an_event_loop_of_another_test_runs_while_the_browser_is_open(page: Page) -> None:
    page.set_content("<title>Öppen</title>")
    with event_loop.aside():
        assert asyncio.run(asyncio.sleep(0, "svar")) == "svar"
    assert page.title() == "Öppen"


def test_two_pages_of_one_browser_share_no_cookie(browser: Browser, base: str) -> None:
    with browser.new_context() as one, browser.new_context() as other:
        one.add_cookies([{"name": "session", "value": "anna", "url": base}])
        assert one.cookies() != []
        assert other.cookies() == []
