"""What a browser keeps of ours: each cookie by its name, and what is kept for one person alone.

People share computers. What a person chose is marked with whose it is, so that the next one who
logs in begins with nothing of it; logging out forgets all of them.
"""

from hashlib import sha256

from starlette.responses import Response

from alerts.web.ask import LOST, Ask

LANGUAGE, FILTER, SENDER = "language", "filter", "sender"
_TEN_MINUTES = 600


def keep(response: Response, ask: Ask, name: str, value: str, seconds: int) -> None:
    """Let the browser keep it for this person."""
    put(response, ask, name, f"{_mark(ask)}.{value}", seconds)


def kept(ask: Ask, name: str) -> str:
    """What was kept for this person; nothing of what was kept for another."""
    mark, _, value = ask.cookies.get(name, "").partition(".")
    return value if mark == _mark(ask) else ""


def put(response: Response, ask: Ask, name: str, value: str, seconds: int) -> None:
    """Let the browser keep it, whoever uses it."""
    response.set_cookie(
        name, value, max_age=seconds, secure=ask.site.secure, httponly=True, samesite="lax"
    )


def lose(response: Response, ask: Ask) -> None:
    """Let the next page say that a form was lost, however the login goes in between."""
    put(response, ask, LOST, "1", _TEN_MINUTES)


def forget(response: Response, ask: Ask) -> None:
    """Clear every cookie of ours."""
    for name in (ask.site.cookie, ask.site.mark, LANGUAGE, FILTER, SENDER, LOST):
        response.delete_cookie(name, secure=ask.site.secure, httponly=True)


def _mark(ask: Ask) -> str:
    """Whose it is, without naming them."""
    return sha256(f"bokvar cookie {ask.person.subject}".encode()).hexdigest()[:16]
