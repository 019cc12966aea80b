"""A login provider of the tests' own: it answers as it is told to, which a real one would not."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit

from joserfc import jwt
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry

from tests.access.persons import NOW

CLIENT, SECRET, BACK = "bokvar", "s%cret+:å", "https://bokvar.kommun.se/login/back"
_ANY = JWSRegistry(algorithms=list(JWSRegistry.algorithms), strict_check_header=False)


def new_key(kid: str, kind: str = "RSA", size: str | int = 2048) -> Key:
    """A key to sign with."""
    return JWKRegistry.generate_key(kind, size, {"kid": kid})


class TestProvider:
    """What the provider says can be changed at any time: `claims` over those that are right,
    `document` over its description of itself, `answer` in place of a token, `token_status`."""

    __test__ = False

    def __init__(self, key: Key) -> None:
        self.key = key
        self.published: list[dict[str, Any]] = [key.as_dict(private=False)]
        self.header: dict[str, Any] = {"alg": "RS256", "kid": key.kid}
        self.claims: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.answer: dict[str, Any] | None = None
        self.token_status = 200
        self.asked = list[str]()
        self.authorizations = list[str | None]()
        self.forms = list[dict[str, str]]()
        self.begun: dict[str, str] = {}
        self.issuer = ""

    def log_in(self, url: str) -> dict[str, str]:
        """What a browser sent to `url` brings back after a login."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["redirect_uri"] == BACK
        assert asked["code_challenge_method"] == "S256"
        self.begun = asked
        return {"code": "the-code", "state": asked["state"]}

    def describe(self) -> dict[str, Any]:
        """The discovery document."""
        pages = {
            "authorization_endpoint": "/auth?tenant=1",
            "token_endpoint": "/token",
            "jwks_uri": "/keys",
            "end_session_endpoint": "/out",
        }
        found = {name: self.issuer + path for name, path in pages.items()}
        return {"issuer": self.issuer, **found, **self.document}

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer to a code."""
        self.forms.append(form)
        if self.answer is not None:
            return self.token_status, self.answer
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()
        ).rstrip(b"=")
        if form["code"] != "the-code" or challenge.decode() != self.begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}

    def token(self) -> str:
        """An id token: right but for what the test changed."""
        right = {
            "iss": self.issuer,
            "sub": "anna-1",
            "aud": CLIENT,
            "nonce": self.begun["nonce"],
            "iat": int(NOW),
            "exp": int(NOW) + 300,
        }
        told = {k: v for k, v in {**right, **self.claims}.items() if v is not None}
        return jwt.encode(self.header, told, self.key, registry=_ANY)

    def respond(self, path: str, form: dict[str, str] | None) -> tuple[int, dict[str, Any]]:
        """The answer to a request."""
        self.asked.append(path)
        if path == "/token" and form is not None:
            return self.exchange(form)
        if path == "/keys":
            return 200, {"keys": self.published}
        if path == "/.well-known/openid-configuration":
            return 200, self.describe()
        return 404, {}


@contextmanager
def running(provider: TestProvider) -> Iterator[TestProvider]:
    """The provider, on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.authorizations.append(self.headers["Authorization"])
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str] | None) -> None:
            status, told = provider.respond(urlsplit(self.path).path, form)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        yield provider
        server.shutdown()
        thread.join()


def basic(header: str | None) -> tuple[str, str]:
    """The client and secret of a header, decoded as RFC 6749 says."""
    assert header is not None
    name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return unquote_plus(name), unquote_plus(secret)


def key_set(*keys: Key) -> list[dict[str, Any]]:
    """The public halves."""
    return [dict(key) for key in KeySet(list(keys)).as_dict(private=False)["keys"]]
