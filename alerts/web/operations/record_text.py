"""The text of a record as a person mends it: JSON in lines, and nothing in it that hides."""

import json
from contextlib import suppress

from msgspec import Struct

LONGEST = 60_000  # characters shown; of a mended event only 20,000 can be released
_LINES = ("\n", "\t")


class RecordText(Struct, frozen=True):
    """What is shown of a record; `whole` if that is all of it, so that it can be mended here."""

    text: str
    whole: bool


def record_text(value: bytes) -> RecordText:
    """The text of a record's bytes. What is no UTF-8 in them is shown as the sign for that; other
    signs that cannot be seen are written as JSON writes them, and so mean the same."""
    text = value.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    if len(text) > LONGEST:
        return RecordText(_visible(text[:LONGEST]), False)
    return RecordText(_visible(text), True)


def _visible(text: str) -> str:
    return "".join(
        one if one.isprintable() or one in _LINES else json.dumps(one)[1:-1] for one in text
    )
