"""The port on which a worker answers: the one that was asked for, or a free one beside it."""

import errno
import socket

from msgspec.structs import replace

from alerts.settings import SettingError, Settings
from streams.embedded.broker.config import obstacle

_TAKEN = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)
_NEIGHBOURS = 50  # ports looked at, for as many workers on a machine


def with_free_port(settings: Settings, *, fixed: bool) -> Settings:
    """The settings with a web port that is free: the next one, if it was not `fixed` by whoever
    starts the worker. `SettingError` if there is none."""
    first = settings.web_port or 6066
    neighbours = 1 if fixed and settings.web_port else _NEIGHBOURS
    for port in range(first, first + neighbours):
        found = obstacle(port, settings.web_host)
        if found is None or found.errno not in _TAKEN:
            return replace(settings, web_port=port)
    raise SettingError(
        f"port {first} of {settings.web_host} cannot be used, another worker may have it: give this"
        " one another in BOKVAR_WEB_PORT, or leave that out and a free one is taken"
    )


def page(settings: Settings) -> str:
    """Where the worker answers, for people."""
    host = socket.gethostname() if settings.web_host in ("0.0.0.0", "::") else settings.web_host
    return f"http://{host}:{settings.web_port}"
