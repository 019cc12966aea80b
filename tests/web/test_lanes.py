"""Who waits for a worker that stands still, or a provider that is silent, holds up nobody else."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import requests
from msgspec.structs import replace

from alerts.access.oidc import Provider
from alerts.commands.event_log import Position
from alerts.web.lanes import Busy, Lane
from alerts.web.links import link
from models.contract.events import Event
from tests.browser.serving import served_site
from tests.builders import lease_id
from tests.waiting import wait_until
from tests.web.forms import form
from tests.web.site_world import World

CASE, RAISE = link("case", lease=lease_id(1)), link("raise", lease=lease_id(1))


class StalledLog:
    """A log whose worker stands still until `go`."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def tell(self, event: Event, partition: int | None = None) -> Position:
        """In the log; nobody folds it."""
        return Position(0, 0)

    def wait(self, position: Position, seconds: float) -> bool:
        """Not folded."""
        self.go.wait(60)
        return False


@contextmanager
def silence() -> Iterator[str]:
    """The address of a provider that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=200) as silent:
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


def test_acts_that_wait_leave_the_pages_their_threads_and_one_session_only_a_few(
    world: World,
) -> None:
    log = StalledLog()
    anna = world.browser("anna")
    token = {world.site.cookie: anna.cookies[world.site.cookie]}
    fields = form(anna.get(CASE).text, RAISE)
    with served_site(replace(world.site, log=log)) as base, ThreadPoolExecutor(45) as crowd:

        def act(_: int) -> requests.Response:
            return requests.post(
                base + RAISE, fields | {"act": ""}, cookies=token, headers={"origin": base},
                timeout=30, allow_redirects=False,
            )  # fmt: skip

        acts = [crowd.submit(act, n) for n in range(45)]
        wait_until(lambda: sum(one.done() for one in acts) == 41, 20, "the others are refused")
        for path in (link("goodbye"), link("today")):
            assert requests.get(base + path, cookies=token, timeout=5).status_code == 200
        log.go.set()
        answers = [one.result() for one in acts]
    statuses = [one.status_code for one in answers]
    assert (statuses.count(503), statuses.count(303)) == (41, 4)
    (refused, *_) = [one for one in answers if one.status_code == 503]
    assert "Det är många om det just nu" in refused.text
    assert refused.headers["retry-after"] == "10"


def test_a_silent_provider_holds_up_no_page_and_is_not_asked_by_everybody(world: World) -> None:
    anna = world.browser("anna")
    token = {world.site.cookie: anna.cookies[world.site.cookie]}
    with silence() as issuer:
        login = Provider(issuer, "c", None, "http://localhost/auth")
        site = replace(world.site, login=login)
        with served_site(site) as base, ThreadPoolExecutor(45) as crowd:
            ask = lambda _: requests.get(base + link("login"), timeout=30)  # noqa: E731
            logins = [crowd.submit(ask, n) for n in range(45)]
            wait_until(lambda: sum(one.done() for one in logins) >= 20, 20, "many are refused")
            for path in (link("today"), link("healthy")):
                assert requests.get(base + path, cookies=token, timeout=2).status_code == 200
            answers = [one.result() for one in logins]
            assert requests.get(base + link("login"), timeout=2).status_code == 503
    assert {one.status_code for one in answers} == {503}


def test_a_lane_refuses_at_once_what_is_too_much_of_one_or_of_all_and_forgets_what_is_done() -> (
    None
):
    async def crowd() -> None:
        lane, go = Lane(2, each=2, most=3), threading.Event()
        work = [asyncio.create_task(lane.run(key, go.wait, 20)) for key in ("a", "a", "b")]
        await asyncio.sleep(0)
        for key in ("a", "c"):
            with pytest.raises(Busy):
                await lane.run(key, go.wait, 20)
        go.set()
        assert await asyncio.gather(*work) == [True] * 3
        assert await lane.run("a", go.wait, 20)
        assert not lane._under_way

    asyncio.run(crowd())
