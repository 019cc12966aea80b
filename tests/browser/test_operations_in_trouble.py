"""The pages for operations and the auditor when they have all that there is to say."""

from collections.abc import Iterator
from html import unescape

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from alerts.web.links import link
from tests.access.forging import edit, unlock
from tests.browser.nu import nu_faults
from tests.browser.page_checks import axe_violations, overflows
from tests.builders import lease_id
from tests.web.in_trouble import IN_TROUBLE
from tests.web.lived import events
from tests.web.site_world import World, site_world
from tests.web.test_operations_page import decide, of_unregistered, payment, record_page


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The HTML of each page."""
    folder = tmp_path_factory.mktemp("trouble")
    with site_world(f"sqlite:///{folder / 'site.db'}", events()) as calm:
        world = calm._replace(site=replace(calm.site, status=lambda: IN_TROUBLE))
        yield _texts(world)


def _texts(world: World) -> dict[str, str]:
    first, second, _ = (
        world.log.take_raw(lease_id(1), payment()),
        world.log.take_raw(lease_id(3), payment(payment_id="x" * 70_000)),
        world.log.take_raw(lease_id(77), of_unregistered()),
    )
    olle, greta = world.browser("olle"), world.browser("greta")
    wrong = decide(world, first, "release", event=payment(amount_ore=-6).decode(), reason="x")
    found = {
        "operations": olle.get(link("operations")).text,
        "record": olle.get(record_page(first)).text,
        "too long": olle.get(record_page(second)).text,
        "wrong": wrong.text,
    }
    saved = decide(world, first, "discard", reason="kom igen")
    found["decided"] = olle.get(saved.headers["location"]).text
    found["audit"] = greta.get(link("audit", verify=1)).text
    unlock(world.engine)
    with world.engine.begin() as connection:
        edit(connection, 2, subject="nobody")
    found["forged"] = greta.get(link("audit", verify=1)).text
    assert "row 2 is not as it was written" in unescape(found["forged"])
    return found


def test_they_are_accessible_and_fit_a_phone(texts: dict[str, str], browser: Browser) -> None:
    css = _style()
    found = list[str]()
    with browser.new_context(locale="sv-SE") as profile:
        for name, text in texts.items():
            page = profile.new_page()
            page.set_content(text.replace('<link rel="stylesheet" href="/static/style.css">', css))
            found += [f"{name}: {one.rule} at {one.targets}" for one in axe_violations(page)]
            found += [f"{name}: {wide}" for wide in [overflows(page)] if wide]
            page.close()
    assert not found, "\n".join(found)


def test_their_html_is_sound(texts: dict[str, str]) -> None:
    names = list(texts)
    faults = nu_faults(list(texts.values()))
    assert not faults, "\n".join(f"{names[f.document]}: {f.message} {f.extract}" for f in faults)


def _style() -> str:
    from alerts.web import app

    sheet = app._STATIC / "style.css"
    return f"<style>{sheet.read_text('utf-8')}</style>"
