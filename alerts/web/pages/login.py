"""Logging in at the provider, or in the demo by name; logging out; the language; the start."""

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from alerts.access import sessions
from alerts.access.audit import Entry
from alerts.access.claims import Unfit, person_of
from alerts.access.local_path import local_path
from alerts.access.oidc import LoginFault, LoginRefused, Provider, ProviderAway, mark_of
from alerts.access.person import Person
from alerts.language.sentences import LANGUAGES
from alerts.web.ask import Ask
from alerts.web.back import after_language
from alerts.web.cookies import LANGUAGE, forget, put
from alerts.web.links import link
from alerts.web.menu import MENU
from alerts.web.site import DevelopmentLogin

_TEN_MINUTES = 600


def start(ask: Ask) -> Response:
    """Where a person's work begins."""
    if not ask.is_known:
        return ask.to(link("login"))
    return ask.to(link(MENU[ask.person.role][0]))


def login(ask: Ask) -> Response:
    """Send the browser to the provider; in the demo, show who may log in by name."""
    after = local_path(ask.query.get("next", "/"))
    if isinstance(ask.site.login, DevelopmentLogin):
        return ask.page("login_as.html", people=ask.site.login.people, after=after)
    try:
        address = ask.site.login.begin(ask.site.engine, after, ask.now.timestamp())
    except ProviderAway:
        return ask.page("fault.html", 503, code="provider_away")
    response = RedirectResponse(address, 303)
    put(response, ask, ask.site.mark, mark_of(address), _TEN_MINUTES)
    return response


def login_as(ask: Ask) -> Response:
    """In the demo: log in by name."""
    known = ask.site.login.people if isinstance(ask.site.login, DevelopmentLogin) else ()
    for person in known:
        if person.subject == ask.given("subject"):
            return _begin(ask, person, None, local_path(ask.given("after")))
    _note_refusal(ask, "not_there")
    return ask.page("fault.html", 404, code="not_there")


def auth(ask: Ask) -> Response:
    """The browser is back from the provider."""
    if not isinstance(ask.site.login, Provider):
        return ask.page("fault.html", 404, code="not_there")
    now = ask.now.timestamp()
    try:
        found = ask.site.login.finish(ask.site.engine, dict(ask.query), now, ask.mark)
    except ProviderAway:
        return ask.page("fault.html", 503, code="provider_away")
    if isinstance(found, LoginRefused):
        return _refused(ask, found.fault)
    person = person_of(found.claims, ask.site.claims)
    if isinstance(person, Unfit):
        return _refused(ask, person, str(found.claims.get("sub", "")))
    return _begin(ask, person, found.id_token, found.next_path)


def logout(ask: Ask) -> Response:
    """End the session here, and at the provider."""
    sessions.close(ask.site.engine, ask.token)
    address = None
    if isinstance(ask.site.login, Provider):
        address = ask.site.login.logout_url(ask.id_token, ask.site.url + link("goodbye"))
    response = RedirectResponse(address or link("goodbye"), 303)
    forget(response, ask)
    return response


def goodbye(ask: Ask) -> Response:
    """Logged out."""
    return ask.page("goodbye.html")


def language(ask: Ask) -> Response:
    """Choose the language of the pages, and go back to where it was chosen."""
    chosen = ask.given("to")
    response = ask.to(after_language(ask.back))
    if chosen in LANGUAGES:
        put(response, ask, LANGUAGE, chosen, 365 * 86_400)
    return response


def healthy(ask: Ask) -> Response:
    """For who watches: the server answers, and so does its database."""
    ask.site.remembered.healthy(lambda: _read(ask))
    return PlainTextResponse("ok\n")


def _read(ask: Ask) -> None:
    with ask.reading() as connection:
        ask.today(connection)


def _refused(ask: Ask, fault: LoginFault | Unfit, subject: str = "") -> Response:
    """Say why; `subject` is who the provider says it is."""
    _note_refusal(ask, fault.value, subject)
    return ask.page("login_refused.html", 403, why=f"login.{fault.value}")


def _note_refusal(ask: Ask, fault: str, subject: str = "") -> None:
    """A row of the audit, if this person or address does not have many already."""
    if ask.site.remembered.refused_logins.allows(subject or ask.address):
        detail = {"fault": fault}
        ask.site.audit.note(
            Entry(subject or "-", "", None, "login_refused", detail=detail, allowed=False)
        )


def _begin(ask: Ask, person: Person, id_token: str | None, after: str) -> Response:
    """A new session, once it is noted; the one that this browser had until now is over."""
    now = ask.now.timestamp()
    ask.site.audit.note(Entry(person.subject, person.role, person.municipality, "login"))
    sessions.sweep(ask.site.engine, now)
    sessions.close(ask.site.engine, ask.cookies.get(ask.site.cookie, ""))
    token = sessions.open_session(ask.site.engine, person, id_token, now)
    response = ask.to(after)
    response.set_cookie(
        ask.site.cookie, token, secure=ask.site.secure, httponly=True, samesite="lax", path="/"
    )
    response.delete_cookie(ask.site.mark, secure=ask.site.secure, httponly=True)
    return response
