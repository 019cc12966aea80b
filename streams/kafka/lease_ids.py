"""What a lease's id looks like, as text and as a Kafka key."""

from functools import lru_cache


@lru_cache(1 << 17)
def lease_of(key: bytes) -> str | None:
    """The lease that a Kafka key names, or None if it is no lease's id."""
    try:
        name = key.decode()
    except UnicodeDecodeError:
        return None
    return name if looks_like_a_lease(name) else None


def looks_like_a_lease(name: str) -> bool:
    """Is it an organisation number, a colon and a number of the landlord's own?"""
    landlord, colon, number = name.partition(":")
    digits = landlord.replace("-", "", 1)
    numbered = len(digits) == 10 and digits.isascii() and digits.isdecimal()
    return numbered and bool(colon and number) and len(name) <= 100 and name.isprintable()
