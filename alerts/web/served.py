"""Answers a request to one route: who may, what came of it, and its row in the audit log.

Everything after the reading of a form happens in one thread: the pages read and write a database.
"""

import time
from datetime import datetime
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from alerts.access import sessions
from alerts.access.sessions import Session
from alerts.commands.event_log import NotTold
from alerts.store.database import reading
from alerts.web.ask import Ask
from alerts.web.back import came_from, form_page
from alerts.web.cookies import lose
from alerts.web.faults import ClosedCase, NotThere, SeenBefore, Wrong
from alerts.web.incoming import (
    address_of,
    form_of,
    has_nul,
    here_of,
    is_own_form,
    language_of,
    path_of,
)
from alerts.web.lanes import Busy, Lanes
from alerts.web.limits import Taken
from alerts.web.links import link
from alerts.web.pages import login
from alerts.web.pages.closed import closed
from alerts.web.rates import Rates
from alerts.web.route import PageRoute
from alerts.web.site import Site
from alerts.web.uncounted import uncounted


class Served:
    """One route of a site, as an ASGI application."""

    def __init__(self, site: Site, route: PageRoute, rates: Rates, lanes: Lanes) -> None:
        self._site, self._route, self._rates = site, route, rates
        self._lane, self._pages = lanes.of(route), lanes.pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        request = Request(scope, receive)
        try:
            form = await form_of(request)
        except ClientDisconnect:
            return
        response = await self._in_lane(request, form)
        await response(scope, receive, send)

    async def _in_lane(self, request: Request, form: FormData | None) -> Response:
        """The answer, made in a thread that this route may have."""
        session = request.cookies.get(self._site.cookie) if self._route.roles else None
        try:
            return await self._lane.run(session or address_of(request), self._answer, request, form)
        except Busy:
            return await self._pages.run("busy", self._busy, request)

    def _busy(self, request: Request) -> Response:
        ask = self._ask(request, None, None, "", self._site.clock())
        return _fault(ask, HTTPStatus.SERVICE_UNAVAILABLE, "busy")

    def _answer(self, request: Request, form: FormData | None) -> Response:
        token = request.cookies.get(self._site.cookie, "")
        now = self._site.clock()
        session = self._session(token, now) if token else None
        ask = self._ask(request, form, session, token, now)
        status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            response = self._refused(request, form, ask)
            if response is None:
                self._begin(ask)
                response = self._page(ask)
            status = response.status_code
        finally:
            if self._route.roles and session is not None and ask.is_news:
                self._note(ask, status)
        return response

    def _refused(self, request: Request, form: FormData | None, ask: Ask) -> Response | None:
        """Why the page is not even asked for; None if it may be."""
        refusal = uncounted(request, ask) or self._too_many(ask)
        if refusal is not None:
            return refusal
        if form is None:
            return _fault(ask, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long")
        if has_nul(ask):
            return _fault(ask, HTTPStatus.BAD_REQUEST, "odd_text")
        if self._route.changes and not is_own_form(request, self._site.url):
            return _fault(ask, HTTPStatus.FORBIDDEN, "other_site")
        if not self._route.roles:
            return None
        if not ask.is_known:
            return self._logged_out(request, ask)
        if ask.person.role not in self._route.roles:
            return _fault(ask, HTTPStatus.FORBIDDEN, "other_role")
        if self._route.changes and not sessions.matches(ask.token, ask.given("form_token")):
            return _fault(ask, HTTPStatus.FORBIDDEN, "old_form")
        return None

    def _logged_out(self, request: Request, ask: Ask) -> Response:
        """To the login, and then on to the page. What a form held is lost, which is said there."""
        if not self._route.changes:
            return ask.to(link("login", next=here_of(request)))
        if self._route.name == "logout":
            return login.logout(ask)
        response = ask.to(link("login", next=form_page(request, self._site.url)))
        lose(response, ask)
        return response

    def _too_many(self, ask: Ask) -> Response | None:
        """Of a burst the first refusal is news, and has a row."""
        taken = self._rates.take(
            self._route.name, session=ask.token, mark=ask.mark, address=ask.address
        )
        if taken is Taken.ALLOWED:
            return None
        ask.is_news = taken is Taken.REFUSED_FIRST
        return _fault(ask, HTTPStatus.TOO_MANY_REQUESTS, "too_many")

    def _page(self, ask: Ask) -> Response:
        try:
            return self._route.page(ask)
        except NotThere:
            return _fault(ask, HTTPStatus.NOT_FOUND, "not_there")
        except ClosedCase as fault:
            ask.noted["closed"] = fault.why.value
            return closed(ask, fault)
        except Wrong as fault:
            return ask.page("wrong.html", 422, said=str(fault), changes=self._route.changes)
        except SeenBefore as fault:
            fields = [(name, value) for name, value in ask.form.multi_items() if name != "seen"]
            return ask.page("seen_before.html", HTTPStatus.CONFLICT, fault=fault, fields=fields)
        except NotTold:
            return _fault(ask, HTTPStatus.SERVICE_UNAVAILABLE, "not_told")

    def _begin(self, ask: Ask) -> None:
        """An act is noted before it is done as well: what cannot be noted is not done."""
        if self._route.changes and self._route.roles:
            ask.note(self._route.name, {"status": "begun"})

    def _session(self, token: str, now: datetime) -> Session | None:
        with reading(self._site.engine) as connection:
            found = sessions.load(connection, token, now.timestamp())
        if found is not None and found.rests:
            sessions.touch(self._site.engine, token, now.timestamp())
        return found

    def _ask(
        self,
        request: Request,
        form: FormData | None,
        session: Session | None,
        token: str,
        now: datetime,
    ) -> Ask:
        return Ask(
            self._site,
            language_of(request, self._site.language),
            now,
            at=self._route.name,
            person=session.person if session else None,
            token=token if session else "",
            id_token=session.id_token if session else None,
            path=path_of(request),
            query=request.query_params,
            form=form,
            cookies=request.cookies,
            back=came_from(request, self._site.url),
            address=address_of(request),
        )

    def _note(self, ask: Ask, status: int) -> None:
        """The row of this look or act. Without it nothing is answered: a database that cannot
        keep it raises, and the answer is an error."""
        detail = {**ask.noted, "status": str(status)}
        did = ask.did or self._route.name
        ask.note(did, detail, allowed=status < HTTPStatus.BAD_REQUEST)


def _fault(ask: Ask, status: HTTPStatus, code: str) -> Response:
    response = ask.page("fault.html", status, code=code)
    if status is HTTPStatus.TOO_MANY_REQUESTS or code == "busy":
        response.headers["Retry-After"] = "10"
    return response


def clock() -> float:
    """Seconds that nobody can put back, for the limits."""
    return time.monotonic()
