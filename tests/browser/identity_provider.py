"""A real identity provider (OpenID Connect) with people of the test's choice."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.embedded.child_process import ChildProcess
from tests.browser.toolchain import NODE, SOURCE, Toolchain
from tests.waiting import wait_until

CLIENT_ID, CLIENT_SECRET = "bokvar", "only-for-tests"
_START_SECONDS = 30.0


@dataclass(frozen=True)
class Person:
    """The claims of someone who may log in; what is None is not claimed at all."""

    name: str
    roles: tuple[str, ...] = ()
    municipality: str | None = None
    districts: tuple[str, ...] = ()
    landlord: str | None = None


class IdentityProvider:
    """Runs from `with` to its end, on a free port of 127.0.0.1; PKCE is required.

    To log in, a person writes the key of `people` into the field "Användare". All claims come with
    the scopes `openid profile`, in the ID token too. An application at http://localhost:... is
    another site to the browser, as it would be at work.
    """

    client_id, client_secret = CLIENT_ID, CLIENT_SECRET

    def __init__(
        self, people: Mapping[str, Person], *, returns_to: str, leaves_to: str, folder: Path
    ) -> None:
        """The login ends at the address `returns_to`, the logout at `leaves_to`."""
        client = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "redirect_uris": [returns_to],
            "post_logout_redirect_uris": [leaves_to],
        }
        told = {"people": {login: _claims(who) for login, who in people.items()}, "client": client}
        self._output = folder / "identity_provider.out"
        self._errors = folder / "identity_provider.err"
        self._process = ChildProcess(
            [str(NODE), str(SOURCE / "identity_provider.mjs")],
            self._output,
            errors=self._errors,
            environment={"NODE_PATH": str(Toolchain().modules), "IDENTITIES": json.dumps(told)},
        )
        self.issuer = ""

    def __enter__(self) -> Self:
        try:
            self.issuer = wait_until(self._address, _START_SECONDS, "the identity provider listens")
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the process by its id; whoever then wants to log in finds nobody there."""
        self._process.kill()

    def _address(self) -> str:
        if self._process.exit_code is not None:
            raise AssertionError(f"the identity provider ended: {self._errors.read_text()[-2000:]}")
        first, newline, _ = self._output.read_text().partition("\n")
        return first if newline else ""


def _claims(who: Person) -> dict[str, object]:
    return {name: value for name, value in asdict(who).items() if value not in (None, ())}
