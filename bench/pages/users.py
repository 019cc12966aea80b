"""People at their browsers: each asks for one page after the other on a connection of its own."""

import asyncio
import random
from collections.abc import Sequence
from time import perf_counter

from msgspec import Struct


class Asked(Struct):
    """How long one answer took, seconds, and what it was."""

    page: str
    status: int
    seconds: float


class Visit(Struct, frozen=True):
    """A page by its name and address; `weight` says how often it is asked for."""

    page: str
    path: str
    weight: int


class User:
    """A person with a session's cookie."""

    def __init__(self, port: int, cookie: str, visits: Sequence[Visit], seed: int) -> None:
        self._port, self._cookie, self._visits = port, cookie, visits
        self._random = random.Random(seed)
        self.asked: list[Asked] = []

    async def work(self, until: float, pause: float) -> None:
        """Ask until then, once every `pause` seconds."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            at = perf_counter() + self._random.random() * pause
            while perf_counter() < until:
                await asyncio.sleep(max(0.0, at - perf_counter()))
                at = max(at + pause, perf_counter())
                await self._ask(reader, writer)
        finally:
            writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        weights = [visit.weight for visit in self._visits]
        visit = self._random.choices(self._visits, weights)[0]
        began = perf_counter()
        writer.write(
            f"GET {visit.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Cookie: {self._cookie}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await reader.readexactly(_length(head))
        self.asked.append(Asked(visit.page, int(head.split(" ", 2)[1]), perf_counter() - began))


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


async def together(users: Sequence[User], seconds: float, pause: float) -> list[Asked]:
    """All of them at once for so many seconds; what they were answered."""
    for user in users:
        user.asked.clear()
    until = perf_counter() + seconds
    await asyncio.gather(*(user.work(until, pause) for user in users))
    return [one for user in users for one in user.asked]
