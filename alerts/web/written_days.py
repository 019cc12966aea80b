"""Reading a day that a person gives in a form."""

import re
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day_in(text: str) -> date | None:
    """The day that is written YYYY-MM-DD, as browsers send it; None of any other way to write one,
    for what a person types otherwise may be another day than they mean."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
