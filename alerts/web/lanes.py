"""The threads that answer, set apart by what a page may have to wait for: a worker that stands
still, or a login provider that is silent, takes no thread from the lists and the cases."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

import anyio.to_thread

from alerts.web.route import PageRoute

P = ParamSpec("P")
T = TypeVar("T")
_ANY = 1_000_000  # no limit


class Busy(Exception):
    """Too much is under way already, of this browser or of all."""


class Lane:
    """Some threads. Of one key at most `each` requests are at work or in line, of all `most`."""

    def __init__(self, threads: int, each: int, most: int) -> None:
        self._limiter = anyio.CapacityLimiter(threads)
        self._each, self._most = each, most
        self._under_way = Counter[str]()

    async def run(self, key: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the work in a thread of the lane. `Busy`, at once, rather than stand in a long line;
        to be called from the event loop alone, whose one thread keeps the count."""
        if self._under_way[key] >= self._each or self._under_way.total() >= self._most:
            raise Busy
        self._under_way[key] += 1
        try:
            call = partial(work, *args, **kwargs)
            return await anyio.to_thread.run_sync(call, limiter=self._limiter)
        finally:
            self._under_way[key] -= 1
            self._under_way += Counter()  # keeps those that are above zero


class Lanes:
    """The lanes of a site, of which each route has one."""

    def __init__(self) -> None:
        self.pages = Lane(40, each=_ANY, most=_ANY)
        self._waiting = Lane(20, each=4, most=40)  # for a worker, Kafka, a letter, many rows
        self._provider = Lane(4, each=20, most=60)
        self._leaving = Lane(4, each=2, most=40)
        self._healthy = Lane(2, each=4, most=8)
        self._named = {
            "login": self._provider,
            "auth": self._provider,
            "logout": self._leaving,
            "healthy": self._healthy,
            "operations": self._waiting,
            "audit": self._waiting,
        }

    def of(self, route: PageRoute) -> Lane:
        """The lane of a route: every act of a person may have to wait."""
        act = self._waiting if route.changes and route.roles else self.pages
        return self._named.get(route.name, act)
