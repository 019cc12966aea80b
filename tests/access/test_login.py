"""A login is believed only if this browser began it, and the provider signed that it is for us."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import Key
from sqlalchemy import Engine, select

from alerts.access import logins, oidc
from alerts.access.oidc import Finished, LoginFault, LoginRefused, Provider, ProviderAway, mark_of
from alerts.store import access_schema
from alerts.store.database import reading
from tests.access.persons import NOW
from tests.access.provider import (
    BACK,
    CLIENT,
    SECRET,
    TestProvider,
    basic,
    key_set,
    new_key,
    running,
)


@pytest.fixture(scope="module")
def keys() -> tuple[Key, Key]:
    return new_key("one"), new_key("two")


@pytest.fixture
def there(keys: tuple[Key, Key]) -> Iterator[TestProvider]:
    with running(TestProvider(keys[0])) as provider:
        yield provider


@pytest.fixture
def here(there: TestProvider) -> Provider:
    return Provider(there.issuer, CLIENT, SECRET, BACK)


def login(
    engine: Engine, here: Provider, there: TestProvider, now: float = NOW, **answer: Any
) -> Finished | LoginRefused:
    """A login from end to end; `answer` changes what the browser brings."""
    url = here.begin(engine, "/uppgifter", NOW)
    params = {k: v for k, v in {**there.log_in(url), **answer}.items() if v is not None}
    return here.finish(engine, params, now, mark_of(url))


def refused(fault: LoginFault) -> LoginRefused:
    return LoginRefused(fault)


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"nonce": "another"}, LoginFault.WRONG_NONCE),
        ({"nonce": None}, LoginFault.WRONG_NONCE),
        ({"iss": "https://login.evil.se"}, LoginFault.FOREIGN_ISSUER),
        ({"iss": None}, LoginFault.FOREIGN_ISSUER),
        ({"aud": "another"}, LoginFault.OTHER_AUDIENCE),
        ({"aud": None}, LoginFault.OTHER_AUDIENCE),
        ({"aud": []}, LoginFault.OTHER_AUDIENCE),
        ({"aud": [CLIENT, "another"]}, LoginFault.OTHER_AUDIENCE),
        ({"aud": [CLIENT, "another"], "azp": "another"}, LoginFault.OTHER_AUDIENCE),
        ({"azp": "another"}, LoginFault.OTHER_AUDIENCE),
        ({"exp": NOW - 121}, LoginFault.EXPIRED),
        ({"exp": None}, LoginFault.EXPIRED),
        ({"exp": "2099"}, LoginFault.EXPIRED),
        ({"exp": True}, LoginFault.EXPIRED),
        ({"exp": float("nan")}, LoginFault.EXPIRED),
        ({"iat": None}, LoginFault.WRONG_TIME),
        ({"iat": NOW + 121}, LoginFault.WRONG_TIME),
        ({"iat": NOW - 121}, LoginFault.WRONG_TIME),
        ({"nbf": NOW + 121}, LoginFault.WRONG_TIME),
        ({"nbf": "now"}, LoginFault.WRONG_TIME),
        ({"sub": None}, LoginFault.NO_SUBJECT),
        ({"sub": ""}, LoginFault.NO_SUBJECT),
        ({"sub": 7}, LoginFault.NO_SUBJECT),
    ],
)
def test_a_signed_token_that_is_not_of_this_login_is_refused(
    engine: Engine, here: Provider, there: TestProvider, claims: dict[str, Any], fault: LoginFault
) -> None:
    there.claims = claims
    assert login(engine, here, there) == refused(fault)


@pytest.mark.filterwarnings("ignore:JWS algorithm:joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_a_token_that_anybody_could_have_signed_is_refused(
    engine: Engine, here: Provider, there: TestProvider, algorithm: str
) -> None:
    there.key = new_key("one", "oct", 512)
    there.header = {"alg": algorithm, "kid": "one"}
    for published in (there.published, key_set(new_key("one")), [there.key.as_dict()]):
        there.published = published
        assert login(engine, here, there) == refused(LoginFault.BAD_SIGNATURE)


def test_a_token_signed_with_another_s_key_is_refused_under_any_name(
    engine: Engine, here: Provider, there: TestProvider, keys: tuple[Key, Key]
) -> None:
    there.key = keys[1]
    for header in (
        {"alg": "RS256", "kid": "one"},
        {"alg": "RS256", "kid": "two"},
        {"alg": "RS256"},
    ):
        there.header = header
        assert login(engine, here, there) == refused(LoginFault.BAD_SIGNATURE)


@pytest.mark.parametrize("token", ["x", "a.b.c", "", "e30.e30.", 7, None])
def test_what_is_no_token_is_refused(
    engine: Engine, here: Provider, there: TestProvider, token: object
) -> None:
    there.answer = {"access_token": "a", "id_token": token}
    found = login(engine, here, there)
    assert found in (refused(LoginFault.BAD_SIGNATURE), refused(LoginFault.NO_ID_TOKEN))


def test_a_state_is_used_once_whatever_came_of_it(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    url = here.begin(engine, "/", NOW)
    params, mark = there.log_in(url), mark_of(url)
    assert isinstance(here.finish(engine, params, NOW, mark), Finished)
    assert here.finish(engine, params, NOW, mark) == refused(LoginFault.UNKNOWN_LOGIN)
    url = here.begin(engine, "/", NOW)
    params, mark = there.log_in(url), mark_of(url)
    gave_up = {"state": params["state"], "error": "access_denied"}
    assert here.finish(engine, gave_up, NOW, mark) == refused(LoginFault.REFUSED_THERE)
    assert here.finish(engine, params, NOW, mark) == refused(LoginFault.UNKNOWN_LOGIN)


def test_of_two_that_bring_the_same_state_at_once_one_gets_in(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    url = here.begin(engine, "/", NOW)
    params = there.log_in(url)
    with ThreadPoolExecutor(2) as threads:
        found = list(
            threads.map(lambda _: here.finish(engine, params, NOW, mark_of(url)), range(2))
        )
    assert sorted(isinstance(one, Finished) for one in found) == [False, True]


@pytest.mark.parametrize("mark", [None, "", "å", "0" * 64])
def test_a_login_that_another_browser_began_is_refused(
    engine: Engine, here: Provider, there: TestProvider, mark: str | None
) -> None:
    params = there.log_in(here.begin(engine, "/", NOW))
    assert here.finish(engine, params, NOW, mark) == refused(LoginFault.OTHER_BROWSER)
    assert "/token" not in there.asked


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"state": "never begun"}, LoginFault.UNKNOWN_LOGIN),
        ({"state": None}, LoginFault.UNKNOWN_LOGIN),
        ({"state": "\ud800\0"}, LoginFault.UNKNOWN_LOGIN),
        ({"code": None}, LoginFault.NO_CODE),
        ({"code": ""}, LoginFault.NO_CODE),
        ({"code": "another"}, LoginFault.CODE_NOT_TAKEN),
        ({"iss": "https://login.evil.se"}, LoginFault.FOREIGN_ISSUER),
        ({"error": "access_denied"}, LoginFault.REFUSED_THERE),
    ],
)
def test_an_answer_that_is_not_of_this_login_is_refused(
    engine: Engine,
    here: Provider,
    there: TestProvider,
    answer: dict[str, Any],
    fault: LoginFault,
) -> None:
    assert login(engine, here, there, **answer) == refused(fault)


def test_a_provider_that_tells_its_name_in_each_answer_must_do_so(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    there.document = {"authorization_response_iss_parameter_supported": True}
    assert login(engine, here, there) == refused(LoginFault.FOREIGN_ISSUER)
    assert isinstance(login(engine, here, there, iss=there.issuer), Finished)


def test_a_login_holds_for_ten_minutes(engine: Engine, here: Provider, there: TestProvider) -> None:
    there.claims = {"exp": NOW + 900}
    assert isinstance(login(engine, here, there, NOW + logins.HOLDS), Finished)
    assert login(engine, here, there, NOW + logins.HOLDS + 1) == refused(LoginFault.TOO_LATE)


def test_a_verifier_of_another_login_does_not_do(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    url = here.begin(engine, "/", NOW)
    with engine.begin() as connection:
        connection.execute(access_schema.logins.update().values(verifier="x" * 64))
    found = here.finish(engine, there.log_in(url), NOW, mark_of(url))
    assert found == refused(LoginFault.CODE_NOT_TAKEN)


def test_a_wrong_secret_is_told_apart_from_a_wrong_code(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    there.token_status, there.answer = 401, {"error": "invalid_client"}
    assert login(engine, here, there) == refused(LoginFault.CLIENT_REFUSED)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://login.evil.se"},
        {"issuer": None},
        {"token_endpoint": "http://login.kommun.se/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://evil.se"},
        {"jwks_uri": None},
        {"jwks_uri": 7},
    ],
)
def test_a_provider_that_is_not_who_it_should_be_or_is_unsafe_is_away(
    engine: Engine, here: Provider, there: TestProvider, document: dict[str, Any]
) -> None:
    there.document = document
    with pytest.raises(ProviderAway):
        here.begin(engine, "/", NOW)


@pytest.mark.parametrize("status", [301, 500, 503])
def test_a_provider_that_fails_at_the_exchange_is_away(
    engine: Engine, here: Provider, there: TestProvider, status: int
) -> None:
    there.token_status, there.answer = status, {"why": "x"}
    if status == 301:
        assert login(engine, here, there) == refused(LoginFault.NO_ID_TOKEN)
        return
    with pytest.raises(ProviderAway, match="HTTPError"):
        login(engine, here, there)


def test_a_provider_that_is_down_is_away_and_then_asked_again(
    engine: Engine, keys: tuple[Key, Key]
) -> None:
    with running(TestProvider(keys[0])) as there:
        here = Provider(there.issuer, CLIENT, SECRET, BACK)
    with pytest.raises(ProviderAway, match="does not answer"):
        here.begin(engine, "/", NOW)
    assert here.logout_url("token", "https://bokvar.kommun.se/") is None


@pytest.mark.parametrize("issuer", ["http://login.kommun.se", "ftp://x", "", "https://", "login"])
def test_an_issuer_without_https_is_no_issuer(issuer: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Provider(issuer, CLIENT, SECRET, BACK)


def test_a_new_key_of_the_provider_is_asked_for_once(
    engine: Engine, here: Provider, there: TestProvider, keys: tuple[Key, Key]
) -> None:
    for _ in range(2):
        assert isinstance(login(engine, here, there), Finished)
    assert there.asked.count("/keys") == 1
    there.key, there.header = keys[1], {"alg": "PS256", "kid": "two"}
    there.published = [{"kty": "new"}, {"kty": "RSA", "n": "broken"}, *key_set(*keys)]
    for _ in range(2):
        assert isinstance(login(engine, here, there), Finished)
    assert there.asked.count("/keys") == 2


@pytest.mark.parametrize(
    ("kind", "size", "algorithm"), [("EC", "P-256", "ES256"), ("OKP", "Ed25519", "Ed25519")]
)
def test_keys_of_other_kinds_sign_as_well(
    engine: Engine, here: Provider, there: TestProvider, kind: str, size: str, algorithm: str
) -> None:
    there.key = new_key("curve", kind, size)
    there.header = {"alg": algorithm, "kid": "curve", "x-own": "header"}
    there.published = key_set(there.key)
    assert isinstance(login(engine, here, there), Finished)


def test_a_login_that_is_right_gives_its_claims_and_where_to_go(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    there.claims = {"roles": ["caseworker"], "aud": [CLIENT, "x"], "azp": CLIENT, "nbf": int(NOW)}
    found = login(engine, here, there)
    assert isinstance(found, Finished)
    assert (found.claims["sub"], found.claims["roles"]) == ("anna-1", ["caseworker"])
    assert found.next_path == "/uppgifter"
    assert found.id_token.count(".") == 2


def test_nobody_is_sent_to_another_site_after_login(
    engine: Engine, here: Provider, there: TestProvider
) -> None:
    url = here.begin(engine, "//evil.se", NOW)
    found = here.finish(engine, there.log_in(url), NOW, mark_of(url))
    assert isinstance(found, Finished)
    assert found.next_path == "/"


def test_the_table_of_logins_holds_no_state_and_the_address_no_verifier(
    engine: Engine, here: Provider
) -> None:
    url = here.begin(engine, "/", NOW)
    with reading(engine) as connection:
        row = connection.execute(select(access_schema.logins)).one()
    asked = parse_qs(urlsplit(url).query)
    assert asked["tenant"] == ["1"]
    assert row.state_sha256 == mark_of(url)
    assert asked["state"][0] not in tuple(row)
    assert row.verifier not in url
    assert len(row.verifier) >= 43


@pytest.mark.parametrize(
    ("methods", "secret"),
    [(None, SECRET), (["client_secret_post"], SECRET), (["client_secret_post"], None)],
)
def test_the_secret_goes_where_the_provider_wants_it_and_as_it_is(
    engine: Engine, there: TestProvider, methods: list[str] | None, secret: str | None
) -> None:
    there.document = {"token_endpoint_auth_methods_supported": methods}
    here = Provider(there.issuer, CLIENT, secret, BACK)
    assert isinstance(login(engine, here, there), Finished)
    if methods is None:
        assert basic(there.authorizations[0]) == (CLIENT, SECRET)
        assert "client_secret" not in there.forms[0]
    else:
        assert there.authorizations == [None]
        assert (there.forms[0]["client_id"], there.forms[0].get("client_secret")) == (
            CLIENT,
            secret,
        )


def test_logout_leads_to_the_provider_and_back(here: Provider, there: TestProvider) -> None:
    url = here.logout_url("a.b.c", "https://bokvar.kommun.se/ut")
    assert url is not None
    assert url.startswith(there.issuer + "/out?")
    asked = parse_qs(urlsplit(url).query)
    assert asked["id_token_hint"] == ["a.b.c"]
    assert asked["post_logout_redirect_uri"] == ["https://bokvar.kommun.se/ut"]
    there.document = {"end_session_endpoint": None}
    assert Provider(there.issuer, CLIENT, SECRET, BACK).logout_url(None, "https://x.se") is None


def test_every_name_the_pages_use_is_at_hand() -> None:
    assert all(hasattr(oidc, name) for name in oidc.__all__)
