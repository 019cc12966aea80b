"""A letter's Markdown for a person to edit before it is sent.

It is the filled-in template without what is quoted, for that is no part of the letter, and without
the backslashes that data needs in a template: only those that matter where they stand are left.
What comes back is read as it is, and never filled in.
"""

import re
from unicodedata import category

from alerts.letters.reading import tokens

# What begins a line or a list item means something there: the first of it stays as it is.
_BEGINNING = re.compile(r"\s*(?:(?:[-*+]|#+|\d+[.)])\s+)*\d*(?:\\.)?")
_NEEDLESS = re.compile(r"""\\(["%'(),./:;?@{}+-])""")
_EMPTY_LINES = re.compile(r"\n{3,}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def editable(filled: str) -> str:
    """The text of a letter, as it is read by `alerts.letters.reading`."""
    lines = filled.split("\n")
    for token in tokens(filled):
        if token.type == "blockquote_open" and token.level == 0 and token.map is not None:
            first, end = token.map
            lines[first:end] = [""] * (end - first)
    text = "\n".join(map(_bare, lines))
    return _EMPTY_LINES.sub("\n\n", text).strip("\n") + "\n"


def as_typed(text: str) -> str:
    """What was typed, without characters that nobody sees and no file can hold."""
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(c for c in line if category(c) not in _UNSEEN) for line in lines)


def _bare(line: str) -> str:
    beginning = _BEGINNING.match(line)
    end = beginning.end() if beginning else 0
    return line[:end] + _NEEDLESS.sub(r"\1", line[end:])
