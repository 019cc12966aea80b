"""An amount as a person writes it in a field: kronor, with or without öre."""

import re

MOST = 10_000_000  # kronor; more is a slip
_BLANK = re.compile(r"\s")  # of thousands, also those that do not break
_AMOUNT = re.compile(r"([0-9]{1,8})(?:[.,]([0-9]{1,2}))?(?:kr|:-)?", re.ASCII | re.IGNORECASE)


def ore(text: str) -> int | None:
    """The amount in öre, "8 450,50 kr" being 845 050; None for what is none, nothing, or more than
    `MOST`. Three digits behind a point may be thousands or a slip, and are none."""
    found = _AMOUNT.fullmatch(_BLANK.sub("", text))
    if found is None:
        return None
    amount = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return amount if 0 < amount <= MOST * 100 else None
