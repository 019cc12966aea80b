"""Which page a form stood on: where to go on after a login, or after a choice of language."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request

from alerts.access.local_path import HOME, local_path
from alerts.web.links import PATHS

# Addresses that only a form is sent to: its page is the address above.
FORMS_ONLY = (
    *("logout", "language", "handover", "basis", "release", "discard"),
    *("report", "plan_task", "assign", "wait", "raise", "lower", "question", "undo", "note"),
    *("glass", "name_caseworker", "map", "take_back_note"),
)
_FORMS = [re.compile(re.sub(r"{\w+}", "[^/]+", PATHS[name])) for name in FORMS_ONLY]
_PASSING = (PATHS["auth"],)  # answers once, to the provider's own query
_TOLD = ("saved", "later", "decided", "sent", "act")  # a query's words that say what was done


def page_of(path: str) -> str:
    """The page of a path of ours: itself, or the one with the form that is sent to it."""
    while any(form.fullmatch(path) for form in _FORMS):
        path = path.rpartition("/")[0]
    return local_path(path or HOME)


def form_page(request: Request, url: str) -> str:
    """The page whose form was sent, without a word of what an earlier one did; as the browser
    tells it, if it is ours."""
    path, _, query = (came_from(request, url) or request.url.path).partition("?")
    left = urlencode([(name, said) for name, said in parse_qsl(query) if name not in _TOLD])
    return local_path(f"{page_of(path)}?{left}" if left else page_of(path))


def came_from(request: Request, url: str) -> str:
    """The page of ours that the browser comes from, with its query; empty if it is none."""
    parts = urlsplit(request.headers.get("referer", ""))
    if f"{parts.scheme}://{parts.netloc}" != url:
        return ""
    query = "" if parts.path in _PASSING else parts.query
    return f"{parts.path}?{query}" if query else parts.path


def after_language(came: str) -> str:
    """Where the language was chosen; of the answer to a form the page that has the form."""
    path, _, query = came.partition("?")
    page = page_of(path)
    return local_path(f"{page}?{query}" if query and page == path else page)
