"""A whole morning at the worklist, on the whole road: a real log-in, a real log, a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.web.links import link
from tests.browser.identity_provider import IdentityProvider
from tests.browser.page_checks import overflows
from tests.browser.whole_road import CONSENTED, PATIENCE, Road, whole_road
from tests.builders import lease_id
from tests.streams.arrived import values

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
    """Log in at the provider, from the site's first page, and wait for a page of ours."""
    page.goto(road.base)
    page.get_by_label("Användare").fill(who)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(f"{road.base}/**")


def log_out(page: Page) -> None:
    """Log out here, and at the provider."""
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")


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


def test_the_landlord_hears_that_contact_was_made_where_the_tenant_has_consented(
    page: Page, road: Road
) -> None:
    log_in(page, road, "anna")
    page.goto(road.base + link("case", lease=lease_id(CONSENTED)))
    page.get_by_role("button", name="Hyresgästen nåddes", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("Sparat.")
    road.pipeline.wait_idle(PATIENCE)
    told = values(road.pipeline.settings, LANDLORD_FEEDBACK)[lease_id(CONSENTED)]
    assert any('"outcome":"contact_made"' in one for one in told)


def test_form_3_of_a_lease_that_nobody_registered_is_a_task_at_once(page: Page, road: Road) -> None:
    log_in(page, road, "anna")
    page.get_by_role("link", name="Formulär 3").click()
    page.get_by_label("Hyresvärdens organisationsnummer").fill("559990-0013")
    page.get_by_label("Hyresvärdens nummer på avtalet").fill("4711")
    page.get_by_label("Uppsägning för obetald hyra").check()
    page.get_by_label("Rekommenderat brev").check()
    page.get_by_label("Dag det skickades").fill("2026-03-19")
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stämmer uppgifterna?")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("559990-0013:4711")
    page.goto(road.base + link("today"))
    assert rows(page, "559990-0013:4711") == 1


def test_a_colleagues_cases_are_handed_over_in_one_act(page: Page, road: Road) -> None:
    for who in ("berit", "anna"):
        log_in(page, road, who)
        log_out(page)
    log_in(page, road, "anna")
    page.goto(road.base + link("case", lease=lease_id(6)))
    page.get_by_text("Planera eller tilldela").first.click()
    page.get_by_role("button", name="Tilldela").first.click()
    expect(page.get_by_role("status")).to_contain_text("Sparat.")
    log_out(page)
    log_in(page, road, "lena")
    page.get_by_role("link", name="Grupp", exact=True).click()
    page.get_by_role("link", name="Belastning och överlämning").click()
    page.locator("#from").select_option(value="anna")
    page.locator("#to").select_option(value="berit")
    page.get_by_label("Ja, lämna över alla uppgifter").check()
    page.get_by_role("button", name="Lämna över").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Överlämning")
    log_out(page)
    log_in(page, road, "berit")
    assert rows(page, lease_id(6))


def test_the_morning_fits_a_phone(browser: Browser, road: Road) -> None:
    with browser.new_context(locale="sv-SE", viewport={"width": 360, "height": 740}) as profile:
        page = profile.new_page()
        log_in(page, road, "anna")
        for path in (link("today"), link("case", lease=lease_id(4)), link("plan")):
            page.goto(road.base + path)
            assert overflows(page) == []


def test_a_morning_without_script(without_script: Page, road: Road) -> None:
    log_in(without_script, road, "anna")
    page, case = without_script, road.base + link("case", lease=lease_id(5))
    page.goto(case)
    page.get_by_text("Barn: förhandsbedömning").click()
    page.get_by_role("button", name="Frågan är ställd").click()
    expect(page.locator("main")).to_contain_text("frågan ställdes")


def test_a_morning_by_the_keyboard_alone(page: Page, road: Road) -> None:
    page.goto(road.base)
    expect(page.get_by_label("Användare")).to_be_focused()  # a page can be there before its focus
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
    log_out(page)
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
