"""What is refused before it counts: another site can make any browser send it, as a picture does,
and it must cost the people of that browser's address nothing."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from alerts.access.oidc import Provider
from alerts.web.ask import Ask


def uncounted(request: Request, ask: Ask) -> Response | None:
    """The refusal, which needs no database; None if the request is to be counted."""
    if ask.is_known:
        return None
    told = request.headers
    if told.get("sec-fetch-site") == "cross-site" and told.get("sec-fetch-dest") not in (
        None,
        "document",
    ):
        return ask.page("fault.html", HTTPStatus.FORBIDDEN, code="other_site")
    if ask.at == "auth" and isinstance(ask.site.login, Provider) and not ask.mark:
        return ask.page("login_refused.html", HTTPStatus.FORBIDDEN, why="login.unknown_login")
    return None
