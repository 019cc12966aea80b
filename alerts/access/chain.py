"""How rows of the audit hang together: the hash of each covers it and the hash of the one before.

Whoever can write the database can take the triggers away and write all of it anew, with hashes that
fit: the chain shows an edit that was not followed through to the end. That the whole was not made
anew is shown by an anchor alone (`SEQ:HASH`), kept where the database's keeper cannot write.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

NOTHING = "0" * 64  # what the first row follows on
FIELDS = ("at", "subject", "role", "municipality", "action", "lease_id", "detail", "allowed")
_FORM = 1  # of what is hashed; another one would be another number
_ANCHOR = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})", re.ASCII)

Anchor = tuple[int, str]


def digest(seq: int, row: Mapping[str, Any], previous: str) -> str:
    """The hash of a row: of a list in JSON, so that no two rows are spelled alike."""
    told = [_FORM, seq, *(row[name] for name in FIELDS), previous]
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"), default=_odd)
    return hashlib.sha256(text.encode()).hexdigest()


def _odd(value: object) -> list[str]:
    """What was never written by us, and yet stands in a row: its hash cannot be right."""
    return [type(value).__name__, repr(value)]


def written(anchor: Anchor) -> str:
    """An anchor as it is kept."""
    return f"{anchor[0]}:{anchor[1]}"


def read(text: str) -> Anchor | None:
    """The anchor that somebody kept; None if it is none."""
    found = _ANCHOR.fullmatch(text.strip())
    return (int(found[1]), found[2]) if found else None
