"""Asking an ASGI application by hand, as no client would."""

import asyncio
from typing import NamedTuple

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[bytes, bytes]


async def told_ok(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers `ok` once it has all of the body."""
    while (await receive()).get("more_body"):
        pass
    await PlainTextResponse("ok")(scope, receive, send)


def asked(
    app: ASGIApp,
    *parts: bytes,
    headers: list[tuple[bytes, bytes]],
    method: str = "POST",
    ends: bool = True,
) -> Answer:
    """The answer to a body that comes in these parts; with `ends` false the last never comes."""
    waiting = [*parts, *([b""] if ends else [])]
    sent: list[Message] = []

    async def receive() -> Message:
        if not waiting:
            await asyncio.sleep(60)
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting) or not ends}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/x", "headers": headers}

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    return Answer(sent[0]["status"], dict(sent[0]["headers"]))
