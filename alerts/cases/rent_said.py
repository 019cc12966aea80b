"""Which rent is unpaid, in words: its month, and how much of it."""

from collections.abc import Sequence

from models.lease.lines import Line
from models.phrase import Phrase, phrase


def rent_said(lines: Sequence[Line]) -> Phrase:
    """The rent of a task's rank: its oldest month, or what is left of it."""
    line = lines[0]
    if line.rent_left < line.rent_ore:
        return phrase("rent.part", ore=line.rent_left, period=line.span)
    return phrase("rent.whole", period=line.span)


def rent_owed(lines: Sequence[Line], ore: int) -> Phrase:
    """All of the unpaid rent, with its amount."""
    if len(lines) > 1:
        return phrase("rent.owed_for", ore=ore, periods=[line.span for line in lines])
    line = lines[0]
    name = "rent.part" if line.rent_left < line.rent_ore else "rent.owed"
    return phrase(name, ore=ore, period=line.span)
