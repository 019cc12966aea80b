"""Whom a step is for."""

from collections.abc import Callable

from alerts.cases.situation import Situation
from alerts.playbooks.language import Audience
from models.lease.groups import has_children, has_old, has_young
from models.lease.state import Terms

SMALL_PART = 10  # rent of at most a tenth of a month is small (ours)
Fits = Callable[[Situation], bool]


def compiled(whom: Audience) -> Fits:
    """The question whether a lease's household is among `whom`."""
    asks: list[Fits] = []
    if whom.ages:
        asks.append(lambda s: any(_AGES[age](s) for age in whom.ages))
    if whom.children is not None:
        asks.append(lambda s: has_children(s.lease.household, s.today) == whom.children)
    if whom.subtenants is not None:
        asks.append(lambda s: s.lease.household.sublet_children == whom.subtenants)
    if whom.districts:
        asks.append(lambda s: _terms(s).district in whom.districts)
    if whom.kinds:
        asks.append(lambda s: _terms(s).kind in whom.kinds)
    if whom.small is not None:
        asks.append(lambda s: is_small(s) == whom.small)
    if not asks:
        return lambda situation: True
    return lambda situation: all(ask(situation) for ask in asks)


def _terms(situation: Situation) -> Terms:
    terms = situation.lease.terms
    assert terms is not None, "a playbook is asked about leases with terms only"
    return terms


def is_small(situation: Situation) -> bool:
    """Is so little rent late that one calls or writes, and does not visit (JB 12:42)?"""
    terms, ore = situation.lease.terms, situation.arrears.rent_ore
    return terms is not None and 0 < ore * SMALL_PART <= terms.rent_ore


_AGES: dict[str, Fits] = {
    "young": lambda s: has_young(s.lease.household, s.today),
    "old": lambda s: has_old(s.lease.household, s.today),
}
