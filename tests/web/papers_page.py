"""Filling in the form of a paper as a browser would, for tests."""

from typing import Any

from starlette.testclient import TestClient

from alerts.web.links import link
from tests.web.forms import form

WHOLE = {
    "landlord": "559990-0013",
    "number": "1",
    "matter": "arrears",
    "how": "registered",
    "sent_on": "2026-03-18",
    "landlord_name": "Exempelbostäder AB",
    "landlord_address": "Storgatan 1, 151 00 Södertälje",
    "landlord_phone": "08-465 004 00",
    "rooms": "3",
    "amount": "8 450,50",
    "due_on": "2026-01-31",
    "interest": "6 § räntelagen",
    "account": "bankgiro 123-4566",
    "named": "yes",
}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form."""
    return form(page, link("form3"))


def check(browser: TestClient, **changes: str) -> Any:
    """The second look at a form filled in as `WHOLE`, but for the changes."""
    page = browser.get("/form3", params={"paper": changes.get("paper", "form3")})
    assert page.status_code == 200
    return browser.post("/form3", data={**WHOLE, **hidden(page.text), **changes, "step": "check"})


def send(browser: TestClient, **changes: str) -> Any:
    """Both steps."""
    looked_at = check(browser, **changes)
    assert looked_at.status_code == 200, looked_at.text
    return again(browser, looked_at.text)


def again(browser: TestClient, page: str, **changes: str) -> Any:
    """Send the form of a second look, as it is or changed."""
    return browser.post("/form3", data={**hidden(page), **changes, "step": "send"})
