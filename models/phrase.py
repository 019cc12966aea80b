"""Something to be said, by its name and arguments; the words are found when a person reads it.

State, tasks, history and messages hold phrases, so that a reworded sentence changes nothing that
is stored, digested or compared.
"""

from datetime import date
from typing import Any

from msgspec import Struct


class Phrase(Struct, frozen=True, omit_defaults=True, gc=False):
    """A sentence or a part of one: `code` names it.

    `args` hold its dates (ISO), amounts (öre), counts, names and the phrases within it. `text` is
    its words in one language, filled in when it is sent or shown and never stored.
    """

    code: str
    args: dict[str, Any] = {}
    text: str = ""


def phrase(code: str, **args: Any) -> Phrase:
    """The phrase `code` with `args`: dates, phrases, and lists of them, in their plain forms."""
    return Phrase(code, {name: _plain(value) for name, value in args.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Phrase):
        return {"code": value.code, "args": value.args} if value.args else value.code
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
