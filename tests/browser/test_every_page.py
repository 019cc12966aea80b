"""Every page, in both languages: accessible, sound HTML, and no wider than a phone."""

from collections.abc import Iterator
from itertools import chain

import pytest
from playwright.sync_api import Browser, Page

from alerts.access import sessions
from alerts.web.routes import ROUTES
from tests.browser.nu import nu_faults
from tests.browser.page_checks import axe_violations, overflows
from tests.browser.serving import served_site
from tests.web.every_page import NO_PAGES, PAGES
from tests.web.lived import events
from tests.web.site_world import NOON, PEOPLE, World, site_world

EVERY = [(name, who, path) for name, looks in PAGES.items() for who, path in looks]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """The small lived town, and where it is served."""
    folder = tmp_path_factory.mktemp("pages")
    with (
        site_world(f"sqlite:///{folder / 'site.db'}", events()) as world,
        served_site(world.site) as base,
    ):
        yield world, base


def test_every_route_that_shows_something_is_looked_at_here() -> None:
    looked_at = {route.name for route in ROUTES if route.method == "GET"}
    assert looked_at == PAGES.keys() | NO_PAGES


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_accessible_and_fits_a_phone(
    site: tuple[World, str], browser: Browser, language: str
) -> None:
    found = list(chain.from_iterable(_faults(site, browser, language, *one) for one in EVERY))
    assert not found, "\n".join(found)


def test_the_html_of_every_page_is_sound(site: tuple[World, str]) -> None:
    world, _ = site
    texts = []
    for _, who, path in EVERY:
        texts.append(world.browser(who).get(_first_report(world, path)).text)
    faults = nu_faults(texts)
    assert not faults, "\n".join(f"{EVERY[f.document][2]}: {f.message} {f.extract}" for f in faults)


def _faults(
    site: tuple[World, str], browser: Browser, language: str, name: str, who: str | None, path: str
) -> Iterator[str]:
    world, base = site
    with browser.new_context(locale="sv-SE") as profile:
        cookies = {"language": language}
        if who is not None:
            now = NOON.timestamp()
            cookies[world.site.cookie] = sessions.open_session(world.engine, PEOPLE[who], None, now)
        profile.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
        page = profile.new_page()
        page.goto(base + _first_report(world, path))
        yield from _of(page, f"{language} {path} as {who}")


def _of(page: Page, where: str) -> Iterator[str]:
    for fault in axe_violations(page):
        yield f"{where}: {fault.rule} ({fault.impact}) at {', '.join(fault.targets)}"
    wide = overflows(page)
    if wide:
        yield f"{where}: {wide}"


def _first_report(world: World, path: str) -> str:
    """The address of the first task's report, which has an id of its own."""
    if path != "FIRST_REPORT":
        return path
    html = world.browser("anna").get("/today").text
    return next(part for part in html.split('href="') if "/report/" in part).split('"')[0]
