"""A letter as plain text, 72 columns wide; blanks stand in single brackets."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING

from alerts.language import words

if TYPE_CHECKING:
    from alerts.letters.paper import Sender, Sheet

_WIDTH = 72
_PAGE_BREAK = "\n\n" + "-" * _WIDTH + "\n\n"


def render(sheets: tuple[Sheet, ...], sender: Sender, on: date, legal_basis: str) -> str:
    """All sheets, one after the other."""
    text = _PAGE_BREAK.join(_sheet(sheet, sender, on, legal_basis) for sheet in sheets)
    return text.replace("[[", "[").replace("]]", "]") + "\n"


def _sheet(sheet: Sheet, sender: Sender, on: date, legal_basis: str) -> str:
    parts = [
        f"{sender.board}\n{words.day(on)}",
        "\n".join(sheet.to),
        sheet.title.upper(),
        *(fill(text, _WIDTH) for text in sheet.before),
        "\n".join(f"{name}: {value}" for name, value in sheet.facts),
        *(fill(text, _WIDTH) for text in sheet.after),
        "\n".join(sheet.signature),
        fill(legal_basis, _WIDTH),
    ]
    return "\n\n".join(part for part in parts if part)
