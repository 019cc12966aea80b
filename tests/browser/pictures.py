"""`python -m tests.browser.pictures`: the pictures of the README, of a simulated town.

Everything in it is invented.
"""

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from alerts.access import sessions
from alerts.web.links import link
from streams.simulate import simulate
from tests.browser.conftest import FLAGS
from tests.browser.serving import served_site
from tests.browser.toolchain import NODE, Toolchain
from tests.processes import ROOT
from tests.web.site_world import PEOPLE, World, site_world

FOLDER = ROOT / "docs" / "pictures"
START, DAYS, HOMES, SEED = date(2026, 1, 1), 340, 900, 4
NOW = datetime(2026, 12, 7, 7, tzinfo=UTC)
DESK, PHONE = (1180, 900), (360, 740)


def main() -> None:
    """Take them all."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    FOLDER.mkdir(exist_ok=True)
    town = list(simulate(HOMES, START, DAYS, SEED))
    with (
        tempfile.TemporaryDirectory() as folder,
        site_world(f"sqlite:///{Path(folder) / 'site.db'}", town, lambda: NOW) as world,
        served_site(world.site) as base,
        sync_playwright() as started,
    ):
        chromium = started.chromium.launch(executable_path=Toolchain().chromium(), args=FLAGS)
        first = _first_case(world)
        for name, who, path, size in (
            ("today", "anna", link("today"), DESK),
            ("today-phone", "anna", link("today"), PHONE),
            ("case", "anna", first, DESK),
            ("case-phone", "anna", first, PHONE),
            ("team", "lena", link("load"), DESK),
        ):
            _take(chromium, world, base + path, who, size, FOLDER / f"{name}.png")
        chromium.close()


def _first_case(world: World) -> str:
    """The case that stands first on the list."""
    html = world.browser("anna").get(link("today")).text
    return next(part for part in html.split('href="') if part.startswith("/case/")).split('"')[0]


def _take(
    chromium: Browser, world: World, url: str, who: str, size: tuple[int, int], file: Path
) -> None:
    width, height = size
    with chromium.new_context(
        locale="sv-SE", viewport={"width": width, "height": height}
    ) as profile:
        now = world.site.clock().timestamp()
        token = sessions.open_session(world.engine, PEOPLE[who], None, now)
        profile.add_cookies([{"name": world.site.cookie, "value": token, "url": url}])
        page = profile.new_page()
        page.goto(url)
        page.screenshot(path=file)


if __name__ == "__main__":
    main()
