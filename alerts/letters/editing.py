"""A letter's Markdown for a person to edit before it is sent.

It is the filled-in template without what is quoted, for that is no part of the letter, and without
the backslashes that data needs in a template: only those that matter where they stand are left.
What comes back is read as it is, and never filled in.
"""

import re
from unicodedata import category

from alerts.letters.fault import TextFault
from alerts.letters.reading import tokens
from models.phrase import phrase

# Of what people write by hand: more than any letter has, and no more than is laid out in no time.
LONGEST, MOST_LINES, MOST_COLUMNS = 12_000, 500, 12

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


def require_size(text: str) -> None:
    """`TextFault` for a text that is longer than a letter is, or a table wider than its page."""
    lines = text.split("\n")
    if len(text) > LONGEST or len(lines) > MOST_LINES:
        sentence = f"a letter has at most {LONGEST} characters on {MOST_LINES} lines"
        raise TextFault(sentence, phrase("letter_text.too_long", most=LONGEST, lines=MOST_LINES))
    wide = next((n for n, line in enumerate(lines, 1) if line.count("|") > MOST_COLUMNS + 1), None)
    if wide is not None:
        sentence = f"line {wide}: a table has at most {MOST_COLUMNS} columns"
        raise TextFault(sentence, phrase("letter_text.too_wide", line=wide, most=MOST_COLUMNS))


def _bare(line: str) -> str:
    beginning = _BEGINNING.match(line)
    end = beginning.end() if beginning else 0
    return line[:end] + _NEEDLESS.sub(r"\1", line[end:])
