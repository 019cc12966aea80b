"""The lines of a text file, packed or not, whatever letters it was written in."""

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from alerts.learning.packed import UNREADABLE, unpacked, why

_MARKS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARK = "\ufeff"
_BYTES = "latin-1"  # every byte is one letter: lines are split before their letters are known


class ExportError(Exception):
    """An export that cannot be read; the text says which file, why and how to mend it."""


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1, without its end: in UTF-8 or else in Windows-1252, line by
    line, for files are put together from several; UTF-16 if the file begins with its mark.
    `ExportError` when it cannot be read."""
    number, wide = 0, False
    try:
        with unpacked(path) as raw:
            wide = raw.read(2) in _MARKS_16
        letters = "utf-16" if wide else _BYTES
        with unpacked(path) as raw, TextIOWrapper(raw, letters, newline="") as lines:
            for number, line in enumerate(lines, 1):
                text = line if wide else _text(line.encode(_BYTES))
                yield number, text.removeprefix(_MARK).rstrip("\r\n")
    except UnicodeError:
        letters = "no UTF-16" if wide else "neither UTF-8 nor Windows-1252"
        raise ExportError(
            f"{path.name} cannot be read from line {max(1, number)} on: its letters are {letters}; "
            "save it anew as CSV in UTF-8"
        ) from None
    except UNREADABLE as error:
        raise ExportError(f"{path.name} cannot be read: {why(error)}; export it anew") from None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")
