"""The forms of a page, as a person without a mouse would find them."""

from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient


class Form:
    """One form: where it goes, how, and what it holds before anybody writes in it."""

    def __init__(self, attrs: dict[str, str | None]) -> None:
        self.action, self.method = attrs.get("action") or "", attrs.get("method") or "get"
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self.names: set[str] = set()  # of all fields, ticked or not

    def send(self, client: TestClient, **given: str | list[str]) -> Any:
        """The answer to it with these fields changed."""
        return client.request(self.method, self.action, data={**self.fields, **given})


def forms(html: str) -> list[Form]:
    """All of them, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_to(html: str, action: str, at: int = 0) -> Form:
    """The one whose address ends so."""
    return [form for form in forms(html) if form.action.endswith(action)][at]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.forms.append(Form(found))
        name, form = found.get("name"), self.forms[-1] if self.forms else None
        if form is None:
            return
        chosen = "selected" in found or self._select not in form.fields
        if tag == "option" and self._select and chosen:
            form.fields[self._select] = found.get("value") or ""
        if not name:
            return
        form.names.add(name)
        if tag == "button":
            form.buttons.append((name, found.get("value") or ""))
        elif tag == "textarea":
            self._area, form.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            form.fields[name] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data
