"""What a town is told of a key or value that cannot be: what is wrong, and how to mend it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from msgspec import Meta, Struct

from alerts.playbooks import language
from alerts.playbooks.clocks import FORMS

CONTROL = "has a line break or a control character in it: write it on one line"
EMPTY = "is empty: write something there, or take the key away"
NO_LISTS = (
    "each of them stands in brackets of its own: write "
    '[["children"], ["young", "old", "unknown"], ["others"]]'
)
_LONGEST = 40  # characters of a value that are shown
_WORDS = '{ sv = "...", en = "..." }'
# How to write what must be there.
_EXAMPLES = {
    "Playbook.name": '"mytown"',
    "Playbook.title": _WORDS,
    "Playbook.source": '"our own way of working"',
    "Step.id": '"letter"',
    "Step.trigger": '"rent_late"',
    "Step.channel": '"letter"',
    "Step.actor": '["caseworker"]',
    "Step.within": '"3 working days"',
    "Words.sv": '"..."',
    "Words.en": '"..."',
    "Escalation.after": "5",
    "Escalation.to": '"coordinator"',
    "Meeting.id": '"network"',
    "Meeting.every": '"month"',
    "Meeting.who": '["socialtjänsten", "hyresvärdarna"]',
    "Rung.contract": '"Kommunalt kontrakt"',
    "Rung.review_after": "12",
    "Guarantee.id": '"rent_guarantee"',
    "Guarantee.who": '["person utan egen inkomst"]',
}
# How the tables are called where their keys may have been meant.
_TABLES: dict[type[Struct], str] = {
    language.Playbook: "the top of the file",
    language.Step: "[[steps]]",
    language.Applies: "[applies]",
    language.Audience: "a step's audience",
    language.Meeting: "[[meetings]]",
    language.Rung: "[[ladder]]",
    language.Guarantee: "[[guarantees]]",
}


def missing(kind: type[Struct], name: str, values: list[str]) -> str:
    """A key that must be there is not."""
    if name == "steps":
        return "there is none: add at least one [[steps]]"
    either = f"; it is one of {', '.join(values)}" if values else ""
    either = f"; it is {FORMS}" if name == "within" else either
    return f"is missing: add `{name} = {_EXAMPLES[f'{kind.__name__}.{name}']}`{either}"


def unknown(name: str, kind: type[Struct], known: list[str]) -> str:
    """A key that is none here: a slip, or one that belongs elsewhere."""
    if (close := meant(name, known)) is not None:
        return f"is no key here; did you mean `{close}`? Write that"
    if kind is not language.Playbook and name in language.Playbook.__struct_fields__:
        return "stands inside a table: move it to the top of the file, above the first [ line"
    for table, called in _TABLES.items():
        if table is not kind and name in table.__struct_fields__:
            return f"is a key of {called}: move it there"
    return f"is no key here: take it away, or use one of {', '.join(known)}"


def meant(name: str, known: Iterable[str]) -> str | None:
    """The name that a slip was meant to be; None if none is near."""
    return next(iter(get_close_matches(name, list(known), n=1)), None)


def no_value(value: Any, values: list[str]) -> str:
    """A value that is none of those that there are."""
    close = meant(value, values) if isinstance(value, str) else None
    if close is not None:
        return f"{shown(value)} is none of its values; did you mean `{close}`? Write that"
    return f"{shown(value)} is none of its values: use one of {', '.join(values)}"


def no_number(value: Any, meta: Meta) -> str:
    """A value that is no whole number, or one out of its range."""
    return f"{shown(value)} cannot be: write a whole number from {meta.ge} to {meta.le}"


def no_truth(value: Any) -> str:
    """A value that is neither true nor false."""
    return f"{shown(value)} is neither: write true or false, in small letters and without quotes"


def no_text(value: Any, meta: Meta) -> str:
    """A value that is no text, or not one of its form."""
    wanted = meta.description or "text in quotes"
    return f"{shown(value)} cannot be: write {wanted}"


def too_long(value: str, most: int) -> str:
    """A text that is too long."""
    return f"has {len(value)} characters: write at most {most}"


def no_list(value: Any, kind: Any, key: str) -> str:
    """One value where there is a list of them."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        if kind is language.Words:
            return f"is no list: write {key} = [{_WORDS}]"
        return f"is one table only: write [[{key}]], in two brackets, above each"
    if isinstance(value, str):
        return f'{shown(value)} is no list: put it in brackets, as ["{value[:_LONGEST]}"]'
    return f"{shown(value)} is no list: write it in brackets"


def no_table(value: Any, kind: Any, key: str) -> str:
    """A plain value where there are keys."""
    if kind is language.Words:
        return f"{shown(value)} is in no language: write both, {_WORDS}"
    if kind is dict:
        return f"{shown(value)} has no keys: write {key} = {{ reached = 5 }}"
    return f"{shown(value)} has no keys: write them in braces, as {{ key = value }}"


def shown(value: Any) -> str:
    """A value as the file has it, not longer than one can read."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
