"""The application of the worklist by the settings in the environment, one for each process."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Lifespan

from alerts import settings as options
from alerts.access.oidc import Provider
from alerts.playbooks.own import own_towns
from alerts.settings import SettingError, Settings
from alerts.store.database import open_database
from alerts.web.app import make_app
from alerts.web.links import link
from streams.web.building import site
from streams.web.process import end_when_asked

_NEEDED = {
    "BOKVAR_SITE_URL": "the worklist's public address, such as https://bokvar.kommun.se",
    "BOKVAR_OIDC_ISSUER": "the address of the login provider (OpenID Connect's issuer)",
    "BOKVAR_OIDC_CLIENT": "the id under which the login provider knows the worklist",
}


def create() -> ASGIApp:
    """The application. `SettingError` and `PlaybookError` for what `bokvar web` tells before."""
    settings = options.read(os.environ)
    login = provider(settings)
    with ExitStack() as stack:
        engine = open_database(settings.database)
        stack.callback(engine.dispose)
        made = site(
            settings,
            engine,
            login=login,
            towns=own_towns(),
            url=settings.site_url,
            issuer=_origin(settings),
        )
        app = make_app(stack.enter_context(made), _closing(stack.pop_all()))
    end_when_asked()
    gc.freeze()  # what stays for good is looked through at no collection, while somebody waits
    return app


def provider(settings: Settings) -> Provider:
    """The login provider of the settings. `SettingError` says which is missing and how to give
    it."""
    given = (settings.site_url, settings.oidc_issuer, settings.oidc_client)
    for (name, what), value in zip(_NEEDED.items(), given, strict=True):
        if not value:
            raise SettingError(f"{name} is not given: set it to {what}")
    return Provider(
        issuer=settings.oidc_issuer or "",
        client_id=settings.oidc_client,
        client_secret=_secret(settings),
        redirect_uri=settings.site_url + link("auth"),
        scope=settings.oidc_scopes,
    )


def _secret(settings: Settings) -> str | None:
    """The client's secret; None for a client that has none, which PKCE alone protects."""
    path = settings.oidc_secret_file
    if path is None:
        return None
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingError(
            f"BOKVAR_OIDC_SECRET_FILE: {path} cannot be read ({why}): name the file that holds the "
            "client's secret, and only that"
        ) from None
    if not secret:
        raise SettingError(f"BOKVAR_OIDC_SECRET_FILE: {path} is empty: put the secret there")
    return secret


def _origin(settings: Settings) -> str:
    """The provider's origin, which a form may be sent on to at logout."""
    parts = urlsplit(settings.oidc_issuer or "")
    return f"{parts.scheme}://{parts.netloc}"


def _closing(stack: ExitStack) -> Lifespan[Starlette]:
    """Closes all that was opened when the server ends."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await run_in_threadpool(stack.close)

    return lifespan
