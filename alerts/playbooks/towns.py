"""Which playbook a lease follows: its municipality's, or one for its kind or district there."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from alerts.playbooks.apart import told_apart
from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Playbook
from alerts.playbooks.moved import AfterMove
from alerts.playbooks.read import PlaybookError, read
from models.lease.state import Lease, Terms

DEFAULT = "sodertalje"  # of towns that have none of their own


class Towns:
    """Playbooks by town. Of several that fit a lease the one holds that says more of it."""

    def __init__(self, ways: Iterable[Way], default: Way) -> None:
        self.ways = {way.name: way for way in ways}
        self.default = default
        self._of_town: dict[str, list[Way]] = {}
        for way in self.ways.values():
            for code in way.playbook.applies.municipalities:
                self._of_town.setdefault(code, []).append(way)
        for ways_of in self._of_town.values():
            ways_of.sort(key=lambda way: (-_said(way.playbook), way.name))

    def way_of(self, lease: Lease) -> Way:
        """The playbook of a lease."""
        terms = lease.terms
        if terms is None:
            return self.default
        way = self._in_town(terms.municipality, terms)
        if not lease.moves:
            return way
        return AfterMove(way, self._in_town(lease.moves[-1].town, terms))

    def _in_town(self, municipality: str, terms: Terms) -> Way:
        found = self._of_town.get(municipality)
        if found is None:
            return self.default
        for way in found:
            if _fits(way.playbook, terms):
                return way
        return self.default

    def of_town(self, municipality: str) -> list[Way]:
        """The playbooks that leases of a town follow."""
        return self._of_town.get(municipality, [self.default])

    @property
    def digests(self) -> dict[str, str]:
        """What decides of each playbook, by its name; the default's stands under "*" too."""
        return {way.name: way.digest for way in self.ways.values()} | {"*": self.default.digest}


def _said(playbook: Playbook) -> int:
    return bool(playbook.applies.kinds) + bool(playbook.applies.districts)


def _fits(playbook: Playbook, terms: Terms) -> bool:
    kinds, districts = playbook.applies.kinds, playbook.applies.districts
    return (not kinds or terms.kind in kinds) and (not districts or terms.district in districts)


@cache
def shipped() -> Towns:
    """The playbooks that this program is shipped with."""
    folder = files("alerts.playbooks.shipped")
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    ways = [Way(read((folder / name).read_text("utf-8"), name)) for name in found]
    return Towns(ways, next(way for way in ways if way.name == DEFAULT))


def all_follow(way: Way) -> Towns:
    """Every lease follows one playbook."""
    return Towns([], way)


def with_own(playbooks: Iterable[Playbook]) -> Towns:
    """The shipped playbooks with a town's own; an own one takes the place of a shipped one of the
    same name, and of a shipped one's town, unless it is for some kinds or districts alone.
    `PlaybookError` if two of its own fit the same lease."""
    own = [Way(playbook) for playbook in playbooks]
    if faults := told_apart([(way.name, way.playbook) for way in own]):
        raise PlaybookError(faults)
    whole = [way.playbook.applies for way in own if not _said(way.playbook)]
    taken = {code for applies in whole for code in applies.municipalities}
    names = {way.name for way in own}
    kept = [
        way
        for way in shipped().ways.values()
        if way.name not in names and taken.isdisjoint(way.playbook.applies.municipalities)
    ]
    default = next((way for way in own if way.name == DEFAULT), shipped().default)
    return Towns([*kept, *own], default)
