"""Filling in a form of a page as a browser does: its hidden fields, and what a person adds."""

from html.parser import HTMLParser

from httpx2 import Response
from starlette.testclient import TestClient


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((found.get("action", ""), {}))
        elif tag == "input" and found.get("type") == "hidden" and self.forms:
            self.forms[-1][1][found["name"]] = found.get("value", "")


def forms(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every form of a page: where it is sent, and its hidden fields."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def form(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that is sent there."""
    return next(fields for where, fields in forms(html) if where == action)


def send(browser: TestClient, page: str, action: str, **given: str) -> Response:
    """Open a page, fill in its form for `action` and send it; the answer."""
    fields = form(browser.get(page).text, action)
    return browser.post(action, data={**fields, **given})
