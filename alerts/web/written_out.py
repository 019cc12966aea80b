"""What somebody else wrote, shown so that it can be taken for nothing but itself.

A character that turns the text around, hides or breaks the line could make a row say something that
was never noted; so could a value that looks like the next field.
"""

import unicodedata

_SPACE = " "


def written_out(text: object) -> str:
    """The text with every character that shows nothing of its own written as its number."""
    return "".join(map(_shown, str(text)))


def quoted(text: object) -> str:
    """The same between quotes; what is a quote within is marked."""
    told = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{written_out(told)}"'


def _shown(character: str) -> str:
    """Controls, marks of direction, joiners, lone halves, and spaces that are no plain space."""
    kind = unicodedata.category(character)
    if character == _SPACE or kind[0] not in "CZ":
        return character
    return f"\\u{{{ord(character):x}}}"
