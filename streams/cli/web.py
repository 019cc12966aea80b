"""`bokvar web`: serve the worklist."""

from typing import Annotated

import typer

from alerts.playbooks.own import own_towns
from streams.cli.screen import say
from streams.cli.system import opened, told
from streams.quiet.logs import begin
from streams.web.factory import provider
from streams.web.serving import config, require_free, serve

Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that serve, side by side.")]
Proxies = Annotated[
    list[str] | None,
    typer.Option(
        "--proxy",
        metavar="ADDRESS",
        help="Address of the proxy in front, whose X-Forwarded-For is believed; repeat for more.",
    ),
]


def web(workers: Workers = 1, proxies: Proxies = None) -> None:
    """Serve the worklist to browsers until asked to stop.

    People log in at the provider that BOKVAR_OIDC_ISSUER names (docs/web.md).
    """
    with opened() as system:
        settings = system.settings
        provider(settings)
        own_towns()
    with told():
        require_free(settings.site_host, settings.site_port)
    begin()
    host, port = settings.site_host, settings.site_port
    say(f"The worklist of {settings.site_url} is served on {host}:{port}; end with Ctrl-C.")
    factory = "streams.web.factory:create"
    serve(config(factory, host, port, workers=workers, proxies=proxies or ()))
