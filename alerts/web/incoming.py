"""What a request brings, read before anybody asks who sent it."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from alerts.language.sentences import LANGUAGES, Language, language
from alerts.web.ask import Ask
from alerts.web.bodies import TooLong
from alerts.web.cookies import LANGUAGE
from alerts.web.links import from_path
from models.contract import spelling

_FIELDS = 200  # of a form, at most


async def form_of(request: Request) -> FormData | None:
    """The form that was sent, empty where none was; None for one that is too long."""
    if request.method != "POST":
        return FormData()
    try:
        return await request.form(max_files=0, max_fields=_FIELDS)
    except (HTTPException, TooLong):
        return None


def is_own_form(request: Request, url: str) -> bool:
    """Was the form on a page of ours? The browser says so itself."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == url


def path_of(request: Request) -> dict[str, str]:
    """What the path names, a lease in its one spelling: so the audit knows it by one name."""
    found = {name: from_path(str(value)) for name, value in request.path_params.items()}
    if "lease" in found:
        found["lease"] = spelling.lease_id(found["lease"].strip()) or found["lease"]
    return found


def has_nul(ask: Ask) -> bool:
    """Is there a character that no database keeps?"""
    fields = (*ask.form.multi_items(), *ask.query.multi_items(), *ask.path.items())
    return any("\0" in name or (isinstance(text, str) and "\0" in text) for name, text in fields)


def address_of(request: Request) -> str:
    """Whose address it came from."""
    return request.client.host if request.client else "unknown"


def language_of(request: Request, usual: str) -> Language:
    """The language that this browser's person chose; `usual` where they chose none."""
    chosen = request.cookies.get(LANGUAGE, usual)
    return language(chosen if chosen in LANGUAGES else usual)


def here_of(request: Request) -> str:
    """Where to go on after the login: the page that was asked for."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"
