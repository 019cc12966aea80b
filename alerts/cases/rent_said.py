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
    periods = months(lines)
    if len(periods) > 1:
        return phrase("rent.owed_for", ore=ore, periods=periods)
    part = ore < sum(line.rent_ore for line in lines)
    return phrase("rent.part" if part else "rent.owed", ore=ore, period=periods[0])


def months(lines: Sequence[Line]) -> list[str]:
    """The months of the lines, each once."""
    return list(dict.fromkeys(line.span for line in lines))
