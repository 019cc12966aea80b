"""Text as a terminal may have it: nothing in it moves the cursor, turns the reading direction or
begins a line. What senders write is shown, never obeyed.
"""

from unicodedata import category

# Control, format (bidi, zero width), surrogate, private, unassigned; line and paragraph separators.
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """The text in one line, what a terminal would obey written out: `\\x1b`, `\\u202e`, `\\n`."""
    if text.isprintable():
        return text
    return "".join(_written(char) if category(char) in _OBEYED else char for char in text)


def printable_lines(text: str) -> str:
    """The same for a text of several lines of our own."""
    return "\n".join(map(printable, text.split("\n")))


def printable_json(text: bytes) -> bytes:
    """JSON, or JSON lines, with the same values, in which such characters are escaped."""
    if text.isascii() and b"\x7f" not in text:
        return text  # JSON has escaped all that is below a blank
    return "".join(
        char if char == "\n" or category(char) not in _OBEYED else _escaped(char)
        for char in text.decode()
    ).encode()


def _written(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
