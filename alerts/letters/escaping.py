"""Data in a template is only ever text: nothing in it is markup, a new line or a control."""

import re
from typing import Any
from unicodedata import category

from jinja2 import UndefinedError

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")  # CommonMark: any of these may be escaped
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Written(str):
    """Markdown that is not to be escaped again."""

    __slots__ = ()


def as_text(value: Any) -> str:
    """A value as it may stand in Markdown."""
    if isinstance(value, Written):
        return value
    if value is None:
        raise UndefinedError('a value that is not known is printed; give it | blank("what")')
    seen = "".join(" " if category(char) in _UNSEEN else char for char in str(value))
    return _MARKUP.sub(r"\\\1", re.sub(" +", " ", seen).strip(" "))


def blank(value: Any, hint: str, mm: int | None = None) -> Any:
    """The value, or room to write it in."""
    if value is not None and str(value).strip():
        return value
    width = f"; {mm} mm" if mm else ""
    return Written(f"[[{as_text(hint)}{width}]]")
