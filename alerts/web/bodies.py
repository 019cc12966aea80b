"""How much a request may carry and how long that may take: counted as it comes, whatever its
headers say."""

import time

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST, SECONDS = 1 << 18, 10.0  # bytes, and seconds for all of them


class TooLong(Exception):
    """More came, or was announced, than a request may carry: raised where it is received."""


class _TooSlow(Exception):
    """It did not come in time."""


class Bodies:
    """Holds every request to both limits. A request that tells its length in two ways is answered
    with 400, one that is too slow with 408. A connection whose body was not all taken is closed."""

    def __init__(self, app: ASGIApp, longest: int = LONGEST, seconds: float = SECONDS) -> None:
        self._app, self._longest, self._seconds = app, longest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(Headers(scope=scope), receive, send, self._longest, self._seconds)
        if body.is_told_twice:
            await PlainTextResponse("Bad request\n", 400)(scope, receive, body.send)
            return
        try:
            await self._app(scope, body.receive, body.send)
        except _TooSlow:
            await PlainTextResponse(
                "Det tog för lång tid att skicka. Inget har sparats. Försök igen.\n"
                "Sending took too long. Nothing was saved. Try again.\n",
                408,
            )(scope, receive, body.send)


class _Body:
    """The body of one request, on its way in."""

    def __init__(
        self, headers: Headers, receive: Receive, send: Send, longest: int, seconds: float
    ) -> None:
        lengths, chunked = headers.getlist("content-length"), "transfer-encoding" in headers
        self.is_told_twice = len(lengths) + chunked > 1
        told = lengths[0] if lengths else "0"
        self._announced = int(told) if told.isdecimal() and len(told) < 12 else longest + 1
        self._is_over = not chunked and self._announced == 0
        self._receive, self._send, self._left = receive, send, longest
        self._until = time.monotonic() + seconds

    async def receive(self) -> Message:
        """The next part. `TooLong`, `_TooSlow`."""
        if self._is_over:
            return await self._receive()
        if self._announced > self._left:
            raise TooLong
        try:
            with anyio.fail_after(max(0.0, self._until - time.monotonic())):
                message = await self._receive()
        except TimeoutError:
            raise _TooSlow from None
        size = len(message.get("body", b""))
        self._left, self._announced = self._left - size, max(0, self._announced - size)
        if self._left < 0:
            raise TooLong
        self._is_over = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Answer; what has not been taken by then will not be."""
        if message["type"] == "http.response.start" and not self._is_over:
            MutableHeaders(scope=message)["Connection"] = "close"
        await self._send(message)
