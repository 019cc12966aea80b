"""When a browser first shows something of a page: what a person waits for."""

import os
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.toolchain import NODE, Toolchain

_TIMES = 7
# It may be painted after it is loaded: looked for frame by frame.
_FIRST_PAINT = """() => new Promise((done) => {
    const look = () => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        paint ? done(paint.startTime) : requestAnimationFrame(look);
    };
    look();
})"""


def first_paint(url: str, cookie: str) -> float:
    """Milliseconds until the first contentful paint of a page, the median of some visits."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    name, _, value = cookie.partition("=")
    parts = urlsplit(url)
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=Toolchain().chromium(), args=FLAGS)
        profile = chromium.new_context()
        origin = f"{parts.scheme}://{parts.netloc}"
        profile.add_cookies([{"name": name, "value": value, "url": origin}])
        page, found = profile.new_page(), []
        for _ in range(_TIMES):
            page.goto(url)
            found.append(float(page.evaluate(_FIRST_PAINT)))
        chromium.close()
    return median(found)
