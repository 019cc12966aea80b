"""The rules that this program can fold with, found by the digest that the log names."""

from collections.abc import Iterable
from functools import cache

from alerts.rules import shipped
from alerts.rules.rules import Rules


class Rulebook:
    """Rules by digest. `own` are those that this program was shipped with."""

    def __init__(self, own: Rules, others: Iterable[Rules] = ()) -> None:
        self.own = own
        self.digest = own.digest
        self._known = {rules.digest: rules for rules in (own, *others)}

    def resolve(self, digest: str) -> Rules | None:
        """The rules of that digest; None if this program does not know them."""
        return self._known.get(digest)

    def knows(self, digest: str) -> bool:
        """May a partition under these rules be folded? "" are those of a log that names none."""
        return digest == "" or digest in self._known


@cache
def shipped_rulebook() -> Rulebook:
    """What this program knows, worked out once."""
    return Rulebook(shipped.read())
