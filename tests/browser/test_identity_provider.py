"""The identity provider of the tests refuses what a municipality's would refuse."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.browser.identity_provider import IdentityProvider, Person
from tests.browser.serving import served

ANNA = Person("Anna Ek", ("caseworker",), "0181", ("Geneta", "Ronna"))
BOLAGET = Person("Bo Lag", ("landlord",), landlord="5560000001")
VERIFIER, ANOTHER = "a" * 64, "b" * 64


@dataclass(frozen=True)
class Login:
    """An application that people come back to, and where they log in."""

    provider: IdentityProvider
    base: str
    addresses: dict[str, str]

    def session(self) -> Any:
        return OAuth2Session(
            self.provider.client_id, self.provider.client_secret, scope="openid profile",
            redirect_uri=f"{self.base}/auth", code_challenge_method="S256",
        )  # fmt: skip

    def address(self, session: Any, verifier: str | None = VERIFIER) -> str:
        where = self.addresses["authorization_endpoint"]
        return str(session.create_authorization_url(where, code_verifier=verifier)[0])

    def tokens(self, session: Any, page: Page, verifier: str = VERIFIER) -> dict[str, Any]:
        where = self.addresses["token_endpoint"]
        told = session.fetch_token(where, authorization_response=page.url, code_verifier=verifier)
        return dict(told)


@pytest.fixture(scope="module")
def login(identity_provider: Callable[..., IdentityProvider]) -> Iterator[Login]:
    async def back(_: object) -> PlainTextResponse:
        return PlainTextResponse("tillbaka")

    with served(Starlette(routes=[Route("/auth", back), Route("/out", back)])) as base:
        provider = identity_provider(
            {"anna": ANNA, "bo": BOLAGET}, returns_to=f"{base}/auth", leaves_to=f"{base}/out"
        )
        where = f"{provider.issuer}/.well-known/openid-configuration"
        yield Login(provider, base, requests.get(where, timeout=20).json())


def log_in(page: Page, address: str, who: str) -> None:
    page.goto(address)
    page.get_by_label("Användare").fill(who)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(re.compile(r"http://localhost:\d+/auth\?"))


def claims(token: str) -> dict[str, Any]:
    """What an ID token says; its signature is not checked here."""
    part = token.split(".")[1]
    told: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return told


def test_a_code_redeemed_with_another_verifier_is_refused(login: Login, page: Page) -> None:
    session = login.session()
    log_in(page, login.address(session), "anna")
    with pytest.raises(AuthlibBaseError, match="invalid_grant"):
        login.tokens(session, page, ANOTHER)


def test_a_login_without_pkce_is_refused_before_anyone_is_asked(login: Login, page: Page) -> None:
    page.goto(login.address(login.session(), verifier=None))
    assert "error=invalid_request" in page.url
    assert "PKCE" in page.url


def test_a_stranger_is_sent_back_without_a_code(login: Login, page: Page) -> None:
    log_in(page, login.address(login.session()), "toString")
    assert "error=access_denied" in page.url
    assert "code=" not in page.url


def test_whoever_logs_in_brings_all_claims_in_the_id_token(login: Login, page: Page) -> None:
    session = login.session()
    log_in(page, login.address(session), "anna")
    told = claims(login.tokens(session, page)["id_token"])
    assert (told["iss"], told["aud"], told["sub"]) == (login.provider.issuer, "bokvar", "anna")
    assert (told["name"], told["roles"]) == ("Anna Ek", ["caseworker"])
    assert (told["municipality"], told["districts"]) == ("0181", ["Geneta", "Ronna"])
    assert "landlord" not in told


def test_the_user_info_names_the_landlord_that_a_person_is_of(login: Login, page: Page) -> None:
    session = login.session()
    log_in(page, login.address(session), "bo")
    login.tokens(session, page)
    told = session.get(login.addresses["userinfo_endpoint"], timeout=20).json()
    assert told["landlord"] == "5560000001"
    assert "districts" not in told
    assert "municipality" not in told


def test_after_logging_out_the_provider_asks_who_it_is_again(login: Login, page: Page) -> None:
    session = login.session()
    log_in(page, login.address(session), "anna")
    page.goto(login.address(session))
    expect(page).to_have_url(re.compile(r"/auth\?code="))  # still known: nobody is asked

    back = {"client_id": "bokvar", "post_logout_redirect_uri": f"{login.base}/out"}
    page.goto(f"{login.addresses['end_session_endpoint']}?{urlencode(back)}")
    page.get_by_role("button", name="Logga ut").click()
    expect(page).to_have_url(re.compile(f"{login.base}/out"))
    page.goto(login.address(session))
    expect(page.get_by_label("Användare")).to_be_visible()


def test_a_provider_that_was_ended_answers_nobody(
    identity_provider: Callable[..., IdentityProvider],
) -> None:
    nowhere = "http://localhost:1/"
    provider = identity_provider({}, returns_to=nowhere, leaves_to=nowhere)
    provider.end()
    with pytest.raises(requests.ConnectionError):
        requests.get(provider.issuer, timeout=20)
