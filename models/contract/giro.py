"""Where rent is paid to: bankgiro and plusgiro numbers and OCR references, by their check digits.

All three end in a digit that makes the sum of the Luhn method (modulus 10) even tens: Bankgirot,
"10-modulen". A wrong account costs a home, so what does not check is nowhere printed.
"""

from functools import lru_cache
from re import compile as pattern

_ACCOUNT = pattern(r"(?:(bankgiro|bg|plusgiro|postgiro|pg)[ :.]*)?([0-9][0-9 -]*)")
_BANKGIRO_FORM = pattern(r"[0-9]{3,4}-[0-9]{4}")
_PLUSGIRO_FORM = pattern(r"[0-9 ]+-[0-9]")
_OCR = pattern(r"[0-9]{2,25}")


@lru_cache(1 << 12)
def account(text: str) -> str | None:
    """The account in one spelling, "bankgiro 123-4566" or "plusgiro 12 34 56-6"; None for what is
    none, does not check, or could be either."""
    found = _ACCOUNT.fullmatch(text.strip().lower())
    if found is None:
        return None
    named, number = found[1], found[2].strip()
    digits = "".join(filter(str.isdigit, number))
    if not _checks(digits):
        return None
    if named in ("bankgiro", "bg") or (named is None and _BANKGIRO_FORM.fullmatch(number)):
        return _bankgiro(digits)
    return _plusgiro(digits) if named or _PLUSGIRO_FORM.fullmatch(number) else None


def ocr(text: str) -> str | None:
    """The reference in digits alone; None for what is none or does not check."""
    digits = text.replace(" ", "")
    return digits if _OCR.fullmatch(digits) and _checks(digits) else None


def _bankgiro(digits: str) -> str | None:
    return f"bankgiro {digits[:-4]}-{digits[-4:]}" if len(digits) in (7, 8) else None


def _plusgiro(digits: str) -> str | None:
    if not 2 <= len(digits) <= 8:
        return None
    body = digits[:-1]
    first = len(body) % 2
    pairs = [body[:first], *(body[at : at + 2] for at in range(first, len(body), 2))]
    return f"plusgiro {' '.join(filter(None, pairs))}-{digits[-1]}"


def check_digit(digits: str) -> int:
    """The digit that makes even tens when it stands behind `digits`."""
    doubled = (int(digit) * 2 for digit in digits[::-2])
    total = sum(map(int, digits[-2::-2])) + sum(n - 9 if n > 9 else n for n in doubled)
    return -total % 10


def _checks(digits: str) -> bool:
    """Does the last digit make even tens, of a number that is not nothing?"""
    return digits.strip("0") != "" and int(digits[-1]) == check_digit(digits[:-1])
