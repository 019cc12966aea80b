"""A whole morning at the worklist, on the whole road: a real log-in, a real log, a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from alerts.web.links import link
from tests.browser.identity_provider import IdentityProvider
from tests.browser.whole_road import Road, whole_road
from tests.builders import lease_id

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def road(
    tmp_path_factory: pytest.TempPathFactory,
    kafka: str,
    identity_provider: Callable[..., IdentityProvider],
) -> Iterator[Road]:
    """The whole road, for all tests of the morning."""
    folder = tmp_path_factory.mktemp("morning")
    with whole_road(folder, kafka, f"{folder.name}.", identity_provider) as made:
        yield made


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with browser.new_context(locale="sv-SE", java_script_enabled=False) as profile:
        yield profile.new_page()


def log_in(page: Page, road: Road, who: str) -> None:
    """Log in at the provider, from the site's first page."""
    page.goto(road.base)
    page.get_by_label("Användare").fill(who)
    page.get_by_role("button", name="Logga in").click()


def rows(page: Page, lease: str) -> int:
    """How many rows the list has of a lease."""
    return page.locator("li.task", has_text=lease).count()


def test_a_morning_from_the_log_in_to_the_hand_over(page: Page, road: Road, tmp_path: Path) -> None:
    log_in(page, road, "anna")
    expect(page.get_by_role("heading", level=1)).to_contain_text("I dag")
    lease = lease_id(4)
    before = rows(page, lease)
    assert before

    page.get_by_role("link", name="Rädda hemmet").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(lease)

    page.goto(road.base + link("plan"))
    page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    assert len(pypdf.PdfReader(tmp_path / "plan.pdf").pages) == 1

    page.goto(road.base + link("today"))
    page.locator("li.task", has_text=lease).get_by_role("link", name="Redovisa").first.click()
    page.get_by_role("button", name="Betalningsplan erbjuden").click()
    expect(page.get_by_role("status")).to_contain_text("Sparat.")
    page.goto(road.base + link("today"))
    assert rows(page, lease) == before - 1

    page.goto(road.base + link("case", lease=lease))
    page.get_by_role("button", name="Ångra").first.click()
    expect(page.get_by_role("status")).to_contain_text("Sparat.")
    page.goto(road.base + link("today"))
    assert rows(page, lease) == before


def test_a_morning_without_script(without_script: Page, road: Road) -> None:
    log_in(without_script, road, "anna")
    page, case = without_script, road.base + link("case", lease=lease_id(5))
    page.goto(case)
    page.get_by_text("Barn: förhandsbedömning").click()
    page.get_by_role("button", name="Frågan är ställd").click()
    assert "frågan ställdes" in page.content()


def test_a_morning_by_the_keyboard_alone(page: Page, road: Road) -> None:
    page.goto(road.base)
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    page.wait_for_url("**/today")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    page.keyboard.press("Enter")
    name = _tab_to(page, lambda text: text.startswith("Redovisa"))
    assert lease_id(4) in name
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    _tab_to(page, lambda text: text == "Hänvisad vidare")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("hänvisad vidare")


def test_who_has_no_role_is_told_so_and_gets_no_further(page: Page, road: Road) -> None:
    log_in(page, road, "nils")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggningen gick inte")
    page.goto(road.base + link("today"))
    assert "/today" not in page.url


def test_who_logs_out_is_out_there_too(page: Page, road: Road) -> None:
    log_in(page, road, "berit")
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    page.goto(road.base + link("today"))
    expect(page.get_by_label("Användare")).to_be_visible()


def _tab_to(page: Page, wanted: Callable[[str], bool]) -> str:
    """Press Tab until what is in focus has such a text; the text."""
    for _ in range(200):
        page.keyboard.press("Tab")
        text = str(page.evaluate("document.activeElement.textContent")).strip()
        if wanted(text):
            return text
    raise AssertionError("nothing of that text can be reached with Tab")
