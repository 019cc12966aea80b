"""The rules that this program can fold with, found by the digest that the log names."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from msgspec.structs import replace

from alerts.playbooks.own import own_towns
from alerts.playbooks.towns import Towns
from alerts.rules import shipped
from alerts.rules.rules import Rules
from models.risk.scorer import BY_POINTS, Scorer


class Models(Protocol):
    """The models that are at hand, by the sha256 of their files."""

    def versions(self) -> Iterable[str]:
        """All there are, usable or not; they may come while the program runs."""

    def scorer(self, version: str) -> Scorer | None:
        """The scorer of a model; None where it is not at hand, or must not be used."""


class Rulebook:
    """Rules by digest. `own` are those that this program was shipped with, which hold with the
    scorecard and with each of the `models`; `mended` are digests of rules whose own release cannot
    fold on, so that this one takes over where it stands. `towns` are the playbooks that its own
    rules name."""

    def __init__(
        self,
        own: Rules,
        others: Iterable[Rules] = (),
        mended: Iterable[str] = (),
        towns: Towns | None = None,
        models: Models | None = None,
    ) -> None:
        self.own = own
        self.towns = towns if towns is not None else own_towns()
        self.digest = own.digest
        self._known = {rules.digest: rules for rules in (own, *others)}
        self._may_fold = {"", *self._known, *mended}
        self._models = models
        self._scorers: dict[str, Scorer] = {}

    def by(self, towns: Towns) -> "Rulebook":
        """The same rules with other playbooks, to try what these would lead to."""
        tried = Rulebook(self.own, towns=towns)
        tried._may_fold = self._may_fold
        return tried

    def beside(self, models: Models) -> "Rulebook":
        """The same rules, with models at hand."""
        found = Rulebook(self.own, towns=self.towns, models=models)
        found._known, found._may_fold = dict(self._known), set(self._may_fold)
        return found

    def ranked_by(self, model: str) -> Rules:
        """Its own rules with a model, of that sha256, in the scorecard's place; "" for none."""
        return replace(self.own, model=model)

    def resolve(self, digest: str) -> Rules | None:
        """The rules of that digest; None if this program does not know them."""
        if digest not in self._may_fold:
            self._look_for(digest)
        return self._known.get(digest)

    def knows(self, digest: str) -> bool:
        """May a partition under these rules be folded? "" are those of a log that names none."""
        return digest in self._may_fold or self.resolve(digest) is not None

    def scorer(self, digest: str) -> Scorer:
        """What scores under rules that are known."""
        self.resolve(digest)
        return self._scorers.get(digest, BY_POINTS)

    def _look_for(self, digest: str) -> None:
        """A model that makes these rules of its own, if one is at hand and may be used."""
        if self._models is None:
            return
        for version in self._models.versions():
            rules = self.ranked_by(version)
            if rules.digest != digest:
                continue
            scorer = self._models.scorer(version)
            if scorer is not None:
                self._known[digest], self._scorers[digest] = rules, scorer
                self._may_fold.add(digest)
            return


@cache
def shipped_rulebook() -> Rulebook:
    """What this program knows by itself, worked out once; models are not among it."""
    towns = own_towns()
    return Rulebook(shipped.read(towns), mended=shipped.MENDED, towns=towns)
