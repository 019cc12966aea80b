"""Whose limit a request counts against: nobody's haste shuts others out.

Many people share an address, behind one proxy or one office's network. So who is logged in counts
by the session, who is back from the provider by the login that their browser began, and an address
counts only second and generously.
"""

from collections.abc import Callable

from alerts.web.limits import Limit, Taken

_PER_SECOND, _AT_ONCE = 10.0, 100.0  # of one session
_STRANGERS_PER_SECOND, _STRANGERS_AT_ONCE = 30.0, 300.0  # of one address, not logged in
_LOGINS_PER_SECOND, _LOGINS_AT_ONCE = 2.0, 100.0  # of one address
_TRIES_PER_SECOND, _TRIES_AT_ONCE = 0.2, 10.0  # of one login that was begun
LOGINS = ("login_as", "auth")


class Rates:
    """The limits of a site; `now` gives seconds that nobody can put back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._sessions = Limit(_PER_SECOND, _AT_ONCE, now)
        self._strangers = Limit(_STRANGERS_PER_SECOND, _STRANGERS_AT_ONCE, now)
        self._logins = Limit(_LOGINS_PER_SECOND, _LOGINS_AT_ONCE, now)
        self._tries = Limit(_TRIES_PER_SECOND, _TRIES_AT_ONCE, now)

    def take(self, route: str, *, session: str, mark: str, address: str) -> Taken:
        """Count a request to a route; `session` and `mark` are empty where there is none."""
        if route == "healthy":
            return Taken.ALLOWED
        if route in LOGINS:
            if mark and not self._tries.allows(mark):
                return Taken.REFUSED
            return self._logins.take(address)
        return self._sessions.take(session) if session else self._strangers.take(address)
