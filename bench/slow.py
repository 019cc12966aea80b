"""A TCP proxy that makes a database slower by a factor: each answer takes that many times as long.

It holds back what the server says in proportion to how long the server took, so that commits,
reads and bulk writes all slow down alike, and nothing else does.
"""

import asyncio
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_PIECE = 1 << 16


class SlowProxy:
    """Listens on a free port of loopback and passes on to `host`:`port`, while the block lasts.

    `factor` 10 makes the server ten times slower; it may be changed at any time.
    `held` is how long answers were held back so far, in seconds, all connections together.
    """

    def __init__(self, host: str, port: int, factor: float) -> None:
        self.factor = factor
        self.held = 0.0
        self.port = 0
        self._server = (host, port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.start_server(self._connected, "127.0.0.1", 0)
        found = asyncio.run_coroutine_threadsafe(listening, self._loop).result(10)
        self.port = found.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _connected(
        self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter
    ) -> None:
        server_in, server_out = await asyncio.open_connection(*self._server)
        link = _Link(self, self._loop.time())
        with suppress(OSError):
            await asyncio.gather(
                link.ask(client_in, server_out), link.answer(server_in, client_out)
            )


class _Link:
    """One connection; `passed` is when something last went through it."""

    def __init__(self, proxy: SlowProxy, now: float) -> None:
        self._proxy = proxy
        self._now = asyncio.get_running_loop().time
        self.passed = now

    async def ask(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Pass on what the client says, at once."""
        try:
            while piece := await source.read(_PIECE):
                target.write(piece)
                await target.drain()
                self.passed = self._now()
        finally:
            target.close()

    async def answer(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Pass on what the server says, after `factor` times as long as it took."""
        try:
            while piece := await source.read(_PIECE):
                hold = (self._proxy.factor - 1) * (self._now() - self.passed)
                await asyncio.sleep(hold)
                self._proxy.held += hold
                target.write(piece)
                await target.drain()
                self.passed = self._now()
        finally:
            target.close()
