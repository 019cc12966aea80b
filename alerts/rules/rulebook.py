"""The rules that this program can fold with, found by the digest that the log names."""

from collections.abc import Iterable
from functools import cache

from alerts.playbooks.own import own_towns
from alerts.playbooks.towns import Towns
from alerts.rules import shipped
from alerts.rules.rules import Rules


class Rulebook:
    """Rules by digest. `own` are those that this program was shipped with; `mended` are digests
    of rules whose own release cannot fold on, so that this one takes over where it stands.
    `towns` are the playbooks that its own rules name."""

    def __init__(
        self,
        own: Rules,
        others: Iterable[Rules] = (),
        mended: Iterable[str] = (),
        towns: Towns | None = None,
    ) -> None:
        self.own = own
        self.towns = towns if towns is not None else own_towns()
        self.digest = own.digest
        self._known = {rules.digest: rules for rules in (own, *others)}
        self._may_fold = {"", *self._known, *mended}

    def by(self, towns: Towns) -> "Rulebook":
        """The same rules with other playbooks, to try what these would lead to."""
        tried = Rulebook(self.own, towns=towns)
        tried._may_fold = self._may_fold
        return tried

    def resolve(self, digest: str) -> Rules | None:
        """The rules of that digest; None if this program does not know them."""
        return self._known.get(digest)

    def knows(self, digest: str) -> bool:
        """May a partition under these rules be folded? "" are those of a log that names none."""
        return digest in self._may_fold


@cache
def shipped_rulebook() -> Rulebook:
    """What this program knows, worked out once."""
    towns = own_towns()
    return Rulebook(shipped.read(towns), mended=shipped.MENDED, towns=towns)
