"""A letter as plain text, 72 columns wide unless asked otherwise; blanks stand in brackets."""

from textwrap import fill

from alerts.letters.document import (
    Block,
    Break,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Sheet,
    Signs,
    Table,
    Text,
    plain,
)

WIDTH = 72
PAGE_BREAK = "\n\n" + "-" * WIDTH + "\n\n"


def render(document: Document, width: int = WIDTH) -> str:
    """All sheets, one after the other."""
    sheets = (_sheet(sheet, document, width) for sheet in document.sheets)
    return PAGE_BREAK.join(sheets) + "\n"


def _sheet(sheet: Sheet, document: Document, width: int) -> str:
    parts = [
        f"{plain(document.sender)}\n{document.day}",
        _lines(sheet.to),
        fill(plain(sheet.title).upper(), width),
        *(_block(block, width) for block in sheet.blocks),
        plain(document.foot),
    ]
    return "\n\n".join(part for part in parts if part)


def _block(block: Block, width: int) -> str:
    match block:
        case Heading():
            return plain(block.text).upper() if block.level < 3 else plain(block.text)
        case Paragraph():
            return fill(plain(block.text), width)
        case Bullets():
            lines = (fill(plain(one), width, initial_indent="- ", subsequent_indent="  ")
                     for one in block.items)  # fmt: skip
            return "\n".join(lines)
        case Facts():
            return "\n".join(f"{plain(name)}: {plain(value)}" for name, value in block.rows)
        case Table():
            return _table(block)
        case Signs():
            return "\n\n".join(f"[{blank.hint}]" for blank in block.blanks)


def _lines(text: Text) -> str:
    """An address, line by line."""
    lines: list[Text] = [()]
    for part in text:
        if isinstance(part, Break):
            lines.append(())
        else:
            lines[-1] += (part,)
    return "\n".join(map(plain, lines))


def _table(table: Table) -> str:
    rows = [[plain(cell) for cell in row] for row in (table.head, *table.rows)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(table.head))]

    def line(row: list[str]) -> str:
        cells = (
            cell.rjust(wide[at]) if at in table.right else cell.ljust(wide[at])
            for at, cell in enumerate(row)
        )
        return "  ".join(cells).rstrip()

    return "\n".join(map(line, rows))
