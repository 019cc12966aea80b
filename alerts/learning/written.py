"""Amounts and dates as landlords' exports write them, Swedish forms among them."""

import re
from collections.abc import Iterable
from datetime import date

from models.law.statute import FIRST_DAY, LAST_DAY

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_AMOUNT = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+|[+-]?\d{1,3}\.\d{3}")
_POINT = re.compile(r"[+-]?(\d+\.\d{1,2}|\d+\.\d{4,}|\d{4,}\.\d+)")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./ ](?P<y>\d{4})"),
)
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{4}")


def slash_order(text: str) -> str | None:
    """Which of a date with slashes comes first, day_first or month_first, where it can be no other;
    else None."""
    found = _SLASHED.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if second <= 12 < first:
        return "day_first"
    return "month_first" if first <= 12 < second else None


def has_points(samples: Iterable[str]) -> bool:
    """Do some of a file's amounts have a decimal point that can be nothing else? Then 845.250 in it
    is no thousands."""
    return any(_POINT.fullmatch(_SPACES.sub("", sample)) for sample in samples)


def ore(text: str, pointed: bool = False) -> int | None:
    """An amount in kronor as öre: 7 845,50, 7.845,50, 7845.5, 7845:50 kr, with a minus of any kind.
    1.234 is a thousand, unless the file's amounts are `pointed`. None for what is no amount."""
    plain = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-").lower()
    plain = plain.removesuffix(":-").removesuffix("kr").removesuffix("sek").replace(":", ",")
    if _THOUSANDS.fullmatch(plain) and not (pointed and plain.count(".") == 1):
        plain = plain.replace(".", "").replace(",", "")
    elif "," in plain and "." in plain:
        mark = max(",", ".", key=plain.rfind)
        other = "." if mark == "," else ","
        plain = plain.replace(other, "").replace(mark, ".")
    else:
        plain = plain.replace(",", ".")
    if not _AMOUNT.fullmatch(plain):
        return None
    whole, _, part = plain.partition(".")
    sign = -1 if whole.startswith("-") else 1
    hundredths = int((part + "00")[:2]) + (int(part[2]) >= 5 if len(part) > 2 else 0)
    return sign * (abs(int(whole)) * 100 + hundredths)


def day(text: str, since: date = FIRST_DAY) -> date | None:
    """A date: 2026-01-31, with a time behind it too, 20260131, 2026/1/31 or 31.1.2026. None for
    what is no date, or one outside the years from `since` to the last that Bokvar's calendar
    knows."""
    for form in _DATES:
        found = form.fullmatch(text.strip())
        if found is not None:
            try:
                read = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
            return read if since <= read <= LAST_DAY else None
    return None
