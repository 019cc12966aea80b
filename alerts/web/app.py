"""The web application: every route of the table behind its guards, and the static files."""

from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan

from alerts.web.ask import Ask
from alerts.web.back import page_of
from alerts.web.bodies import Bodies
from alerts.web.headers import STATIC, SecurityHeaders
from alerts.web.hosts import OwnHost
from alerts.web.incoming import language_of
from alerts.web.lanes import Lanes
from alerts.web.links import PATHS
from alerts.web.rates import Rates
from alerts.web.routes import ROUTES
from alerts.web.served import Served, clock
from alerts.web.site import Site

_STATIC = Path(__file__).with_name("static")


def make_app(site: Site, lifespan: Lifespan[Starlette] | None = None) -> ASGIApp:
    """The application of a site; `lifespan` is entered before the first request, and left after
    the last."""
    rates, lanes = Rates(clock), Lanes()
    routes = [
        Route(
            PATHS[route.name],
            Served(site, route, rates, lanes),
            methods=[route.method],
            name=route.name,
        )
        for route in ROUTES
    ]
    made = Starlette(
        routes=[*routes, Mount(STATIC.rstrip("/"), StaticFiles(directory=_STATIC))],
        middleware=[Middleware(Bodies)],
        lifespan=lifespan,
        exception_handlers={404: _Missing(site), 405: _Missing(site), 500: _failed},
    )
    made.router.redirect_slashes = False  # it would send the browser to whatever host it named
    # Around all of it, so that the answer to a fault of ours has them too.
    return SecurityHeaders(OwnHost(made, site.url), issuer=site.issuer, secure=site.secure)


class _Missing:
    """The page of an address that there is not, or that is not asked for in that way."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __call__(self, request: Request, error: Exception) -> Response:
        ask = Ask(self._site, language_of(request, self._site.language), self._site.clock())
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        if status != HTTPStatus.METHOD_NOT_ALLOWED:
            return ask.page("fault.html", status, code="not_there")
        path = request.url.path
        code = "form_only" if path != page_of(path) else "not_so"
        response = ask.page("fault.html", status, code=code, to=page_of(path))
        response.headers["Allow"] = ", ".join(_methods(request))
        return response


def _methods(request: Request) -> list[str]:
    """What the address answers to, by all of its routes."""
    routes = [one for one in request.app.routes if isinstance(one, Route)]
    found = [one.methods or () for one in routes if one.matches(request.scope)[0] != Match.NONE]
    return sorted(set().union(*found))


def _failed(request: Request, error: Exception) -> Response:
    """What went wrong is in the server's log, never on the page."""
    return PlainTextResponse(
        "Något gick fel hos oss. Försök igen om en stund: samma sak två gånger räknas en gång.\n"
        "Something went wrong on our side. Try again in a while: what is done twice counts once.\n",
        500,
    )
