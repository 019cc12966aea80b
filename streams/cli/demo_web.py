"""The pages that `bokvar demo` serves at its end, until it is interrupted."""

import sys
import threading
from contextlib import suppress

from alerts.web.app import make_app
from streams.cli.screen import Screen
from streams.embedded.broker.config import HOST, free_ports, obstacle
from streams.embedded.demo_site import demo_site
from streams.embedded.pipeline import Pipeline
from streams.web.serving import config, served

_PORT = 8080


def is_watched() -> bool:
    """Whether a person sits there, who can look at pages and end them."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def serve_until_interrupted(pipeline: Pipeline, console: Screen) -> None:
    """Serve the worklist of the demo, and say where. `NotTheDemo` and `SettingError`."""
    with suppress(KeyboardInterrupt):
        port = _PORT if obstacle(_PORT) is None else free_ports(1)[0]
        made = demo_site(pipeline.settings, pipeline.engine, pipeline.folder, HOST, port)
        with made as site, served(config(make_app(site), HOST, port)):
            console.print()
            console.print(
                f"The worklist: {site.url} - choose there who you are: an invented caseworker, "
                "team leader, landlord, operator or auditor. End with Ctrl-C."
            )
            threading.Event().wait()
