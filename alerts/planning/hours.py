"""Hours as a team leader writes them: `"08:00-12:00, 13:00-16:30"`, or a number of them."""

import re
from itertools import pairwise
from typing import Any

from alerts.planning.staff import Span

MOST_HOURS = 12
FORMS = f'"08:00-12:00, 13:00-16:30", or a number of hours from 0 to {MOST_HOURS}, as 6.5'
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")


def read_hours(value: Any) -> tuple[int, tuple[Span, ...]] | None:
    """The minutes of a day, and from when to when if that is said; None if it cannot be."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return (round(value * 60), ()) if 0 <= value <= MOST_HOURS else None
    if not isinstance(value, str):
        return None
    spans = tuple(_span(part.strip()) for part in value.split(","))
    found = tuple(span for span in spans if span is not None)
    minutes = sum(to - begin for begin, to in found)
    in_order = all(before[1] <= after[0] for before, after in pairwise(found))
    if len(found) < len(spans) or not in_order or minutes > MOST_HOURS * 60:
        return None
    return minutes, found


def _span(text: str) -> Span | None:
    written = _SPAN.fullmatch(text)
    if written is None:
        return None
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in written.groups())
    begin, to = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    fits = from_minute < 60 and to_minute < 60 and begin < to <= 24 * 60
    return (begin, to) if fits else None
