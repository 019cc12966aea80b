"""What a log is folded with, as one value with one digest.

Two programs with the same digest make the same state of the same log. Sentences are no rules.
"""

from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

FOLD = 9  # raise it with every change after which the same log would give another state
_LENGTH = 32  # hexadecimal digits of a digest
_SHORT = 8


class Rules(Struct, frozen=True, omit_defaults=True):
    """The version of the fold's code, digests of the law's data and of the scorecard with what a
    model reads, the thresholds by name, digests of the playbooks by municipality, and the sha256 of
    the model that ranks the list; "" while the scorecard does."""

    fold: int
    statute: str
    thresholds: dict[str, str]
    scorer: str
    playbooks: dict[str, str] = {}
    model: str = ""

    @property
    def digest(self) -> str:
        """Names these rules and no others: 32 hexadecimal digits."""
        return digest(self)

    def differs(self, other: "Rules") -> list[str]:
        """What differs, in words an operator can use: `SECURE_AFTER 3 -> 2`."""
        found = [
            f"{name} {getattr(other, name) or 'none'} -> {getattr(self, name) or 'none'}"
            for name in ("fold", "statute", "scorer", "model")
            if getattr(self, name) != getattr(other, name)
        ]
        for part in ("thresholds", "playbooks"):
            mine, theirs = getattr(self, part), getattr(other, part)
            found += [
                f"{name} {theirs.get(name, 'none')} -> {mine.get(name, 'none')}"
                for name in sorted(mine.keys() | theirs.keys())
                if mine.get(name) != theirs.get(name)
            ]
        return found


def digest(value: Any) -> str:
    """A digest of a value by its content, whatever the order of its keys."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:_LENGTH]


def short(name: str) -> str:
    """A digest as people read it."""
    return name[:_SHORT]
