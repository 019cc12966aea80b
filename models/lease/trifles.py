"""What is too little to matter: below it nothing is late, nothing threatens and nobody is visited.

A tenancy is not forfeited when what lies the tenant to the charge is of little importance (JB 12:42
5 st). The law looks at what is unpaid in all, so trifles that gather are none any more.
"""

from collections.abc import Iterable

from models.lease.lines import Line

TRIFLE = 10_001  # öre (ours): the least that matters; 100 kr is of little importance


def is_trifle(ore: int) -> bool:
    """Is this much unpaid, or this much of a difference, of little importance?"""
    return ore < TRIFLE


def beyond_trifles(unpaid: Iterable[tuple[Line, int]]) -> list[Line]:
    """The lines, oldest first, with which what is unpaid in all (öre, by line) grows by more than
    a trifle: a rest of some öre is named neither beside a whole rent nor instead of it."""
    found, gathered = [], 0
    for line, ore in unpaid:
        gathered += ore
        if not is_trifle(gathered):
            found.append(line)
            gathered = 0
    return found
