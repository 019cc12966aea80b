"""Why a task closed, as it is stored and as it is said.

A task stores one text: the name of the reason, and after a colon what the sentence says of it.
"""

import json
from typing import Any

from models.phrase import Phrase, phrase


def closed_as(name: str, **said: Any) -> str:
    """The stored form of a reason."""
    args = phrase(name, **said).args
    return f"{name}:{json.dumps(args, sort_keys=True)}" if args else name


def closed_said(closed: str) -> Phrase:
    """The reason in words; a report says what came of the task."""
    name, _, said = closed.partition(":")
    if name == "reported":
        return phrase("closed.reported", outcome=f"outcome.{said}")
    return Phrase(f"closed.{name}", json.loads(said) if said else {})
