"""The lease that a Kafka key names."""

from functools import lru_cache

from models.contract.spelling import lease_id


@lru_cache(1 << 17)
def lease_of(key: bytes) -> str | None:
    """The lease that a Kafka key names, in its one spelling; None if it is no lease's id."""
    try:
        return lease_id(key.decode())
    except UnicodeDecodeError:
        return None


def respelled(key: bytes | None) -> str:
    """The lease of a key as the key spells it, if that is not how everything else does."""
    name = lease_of(key) if key is not None else None
    return key.decode() if key is not None and name is not None and name.encode() != key else ""
