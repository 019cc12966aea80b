"""A real browser and a real identity provider for the tests of this folder.

Without them the tests are skipped with a sentence that says what to do; where CI is set they fail.
"""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import event_loop
from tests.browser.identity_provider import IdentityProvider, Person
from tests.browser.toolchain import NODE, PACKAGES, Toolchain, ToolMissing

HERE = Path(__file__).parent
# The sandbox needs rights that a container does not give; nothing but our own pages is shown.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PATIENCE_MS = 30_000  # of a machine that does much beside


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can forget it."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let Playwright's loop be the running one in this folder's tests, and in no others."""
    if not item.path.is_relative_to(HERE):
        return (yield)
    event_loop.take_up()
    try:
        return (yield)
    finally:
        event_loop.put_aside()


@pytest.fixture(scope="session", autouse=True)
def toolchain() -> Toolchain:
    """What `make browser` fetched."""
    fetched = Toolchain()
    if not fetched.has(PACKAGES):
        _do_without("The programs of the browser tests are not there: run `make browser`.")
    return fetched


@pytest.fixture(scope="session")
def browser(toolchain: Toolchain) -> Iterator[Browser]:
    """A headless Chromium, one for each process of the run; it ends with the process."""
    try:
        program = toolchain.chromium()
    except ToolMissing as missing:
        _do_without(str(missing))
    # The Node that Playwright brings needs a library that slim systems lack.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=program, args=FLAGS)
        expect.set_options(timeout=_PATIENCE_MS)
        yield running
        event_loop.take_up()  # the last test of the run may have been another folder's
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own: no cookies, Swedish, the size of a desk's screen."""
    with browser.new_context(
        locale="sv-SE", timezone_id="Europe/Stockholm", viewport={"width": 1280, "height": 900}
    ) as profile:
        profile.set_default_timeout(_PATIENCE_MS)
        yield profile.new_page()


@pytest.fixture(scope="module")
def identity_provider(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., IdentityProvider]]:
    """Start an identity provider: `identity_provider(people, returns_to=..., leaves_to=...)`.

    It is ended with the module's last test.
    """
    with ExitStack() as running:

        def start(
            people: Mapping[str, Person], *, returns_to: str, leaves_to: str
        ) -> IdentityProvider:
            folder = tmp_path_factory.mktemp("identity")
            return running.enter_context(
                IdentityProvider(people, returns_to=returns_to, leaves_to=leaves_to, folder=folder)
            )

        yield start


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
