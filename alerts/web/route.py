"""A route: its name, its method, who may use it, and the page behind it."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from starlette.responses import Response

from alerts.access.person import Role
from alerts.web.ask import Ask


class PageRoute(Struct, frozen=True):
    """`name` names its path in `alerts.web.links` and its rows in the audit log. No roles: for
    everybody, logged in or not."""

    name: str
    method: Literal["GET", "POST"]
    page: Callable[[Ask], Response]
    roles: frozenset[Role] = frozenset()

    @property
    def changes(self) -> bool:
        """Whether it changes anything: then its form is checked."""
        return self.method == "POST"
