"""The site answers to its own name alone.

A name that a stranger points at this machine (DNS rebinding) would make the stranger's page one of
ours, to a browser that runs here.
"""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from alerts.web.links import PATHS

_PORTS = {"https": 443, "http": 80}
_FREE = (PATHS["healthy"],)  # who watches may know the machine by another name


class OwnHost:
    """Passes on what was asked of the host of `url`, with its port or, as some proxies send it on,
    without. Anything else is answered with 421, in plain text."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app, self._url = app, url
        self._hosts = _spellings(url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or not."""
        if scope["type"] == "http" and scope["path"] not in _FREE:
            told = [value.lower() for name, value in scope["headers"] if name == b"host"]
            if len(told) != 1 or told[0] not in self._hosts:
                await PlainTextResponse(
                    f"Här svarar bara {self._url}\nOnly {self._url} answers here.\n", 421
                )(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _spellings(url: str) -> frozenset[bytes]:
    parts = urlsplit(url)
    port = parts.port or _PORTS[parts.scheme]
    name = parts.netloc.lower().removesuffix(f":{port}")
    return frozenset({name.encode(), f"{name}:{port}".encode()})
