"""A letter as plain text, 72 columns wide; blanks stand in single brackets."""

from datetime import date
from textwrap import fill

from alerts.language.sentences import language
from alerts.letters.sheet import Sheet, Signatory

_SV = language("sv")  # letters are Swedish
_WIDTH = 72
_PAGE_BREAK = "\n\n" + "-" * _WIDTH + "\n\n"


def render(sheets: tuple[Sheet, ...], signatory: Signatory, on: date, legal_basis: str) -> str:
    """All sheets, one after the other."""
    text = _PAGE_BREAK.join(_sheet(sheet, signatory, on, legal_basis) for sheet in sheets)
    return text.replace("[[", "[").replace("]]", "]") + "\n"


def _sheet(sheet: Sheet, signatory: Signatory, on: date, legal_basis: str) -> str:
    parts = [
        f"{signatory.board}\n{_SV.day(on)}",
        "\n".join(sheet.to),
        sheet.title.upper(),
        *(fill(text, _WIDTH) for text in sheet.before),
        "\n".join(f"{name}: {value}" for name, value in sheet.facts),
        *(fill(text, _WIDTH) for text in sheet.after),
        "\n".join(sheet.signature),
        fill(legal_basis, _WIDTH),
    ]
    return "\n\n".join(part for part in parts if part)
