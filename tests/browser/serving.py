"""Serve an application inside the test's own process, as a browser wants it: on a port."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import uvicorn
from msgspec.structs import replace
from starlette.types import ASGIApp

from alerts.web.app import make_app
from alerts.web.site import Site
from tests.waiting import wait_until

_PATIENCE = 20.0


def served(application: ASGIApp) -> AbstractContextManager[str]:
    """The base address, on a free port of localhost, for as long as the block lasts."""
    return _served(lambda _: application)


def served_site(site: Site) -> AbstractContextManager[str]:
    """The same of a site, which answers to no other address than its own."""
    return _served(lambda base: make_app(replace(site, url=base)))


@contextmanager
def _served(application: Callable[[str], ASGIApp]) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://localhost:{listener.getsockname()[1]}"
    config = uvicorn.Config(application(base), log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive(), _PATIENCE, "the server answers")
        yield base
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listener.close()
