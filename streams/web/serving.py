"""Puts an application on a port, with uvicorn: in this process, in several, or in a thread."""

import errno
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from alerts.settings import SettingError
from streams.embedded.broker.config import obstacle
from streams.quiet.logs import configuration

KEEP_ALIVE = 75  # seconds; longer than a proxy's own 60, which else uses one that has just closed
GRACE = 4  # seconds that requests have when the end is asked for
_STARTS = 30.0  # seconds
_TAKEN = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)


def config(
    app: ASGIApp | str, host: str, port: int, *, workers: int = 1, proxies: Sequence[str] = ()
) -> uvicorn.Config:
    """How an application, or the factory of that name, is served. Of a client's address only
    `proxies` are believed."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=host,
        port=port,
        workers=workers,
        loop="uvloop",
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        access_log=False,  # the audit says who saw what, and addresses hold lease ids
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        log_config=configuration(),
    )


def require_free(host: str, port: int) -> None:
    """`SettingError` if nobody could listen there."""
    found = obstacle(port, host)
    if found is not None and found.errno in _TAKEN:
        raise SettingError(
            f"port {port} of {host} cannot be used ({found.strerror}): free it, or choose others "
            "in BOKVAR_SITE_HOST and BOKVAR_SITE_PORT"
        )


def serve(how: uvicorn.Config) -> None:
    """Serve until SIGTERM or SIGINT, and end with nothing left running."""
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal again when it has ended; that is no fault.
        signal.signal(number, lambda *_: None)
    if how.workers > 1:
        Multiprocess(how, [how.bind_socket()]).run()
    else:
        uvicorn.Server(how).run()


@contextmanager
def served(how: uvicorn.Config) -> Iterator[None]:
    """Serve in a thread while the block lasts. `SettingError` if it cannot be."""
    server = uvicorn.Server(how)
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    until = time.monotonic() + _STARTS
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    try:
        if not server.started:
            raise SettingError(f"nothing could be served on port {how.port} of {how.host}")
        yield
    finally:
        server.should_exit = True
        thread.join(GRACE + 2)
