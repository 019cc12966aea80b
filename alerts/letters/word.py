"""A letter as a Word file, to be edited: headings and tables are headings and tables."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from alerts.letters.document import (
    Blank,
    Block,
    Break,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Sheet,
    Signs,
    Span,
    Table,
    Text,
)

_FONT = "Calibri"
_MM_A_MARK = 2.1  # how wide an underscore is


def render(document: Document) -> bytes:
    """The file."""
    file = docx.Document()
    _set_up(file, document)
    for at, sheet in enumerate(document.sheets):
        if at:
            file.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _sheet(file, sheet, document)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _set_up(file: Any, document: Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    language = file.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), document.language)
    properties = file.core_properties
    properties.title, properties.author = document.title, document.author
    properties.language = document.language
    properties.created = properties.modified = datetime(*document.dated, tzinfo=UTC)
    _write(section.footer.paragraphs[0], document.foot)


def _sheet(file: Any, sheet: Sheet, document: Document) -> None:
    _write(file.add_paragraph(), (*document.sender, Break(), Span(document.day)))
    if sheet.to:
        address = file.add_paragraph()
        address.paragraph_format.left_indent = Mm(85)
        address.paragraph_format.space_before = address.paragraph_format.space_after = Pt(24)
        _write(address, sheet.to)
    _write(file.add_heading(level=1), sheet.title)
    for block in sheet.blocks:
        _block(file, block)


def _block(file: Any, block: Block) -> None:
    match block:
        case Heading():
            _write(file.add_heading(level=block.level), block.text)
        case Paragraph():
            _write(file.add_paragraph(), block.text, Pt(9) if block.small else None)
        case Bullets():
            for item in block.items:
                _write(file.add_paragraph(style="List Bullet"), item)
        case Facts():
            table = file.add_table(0, 2)
            for name, value in block.rows:
                _row(table, (name, value), (Mm(60), Mm(100)))
        case Table():
            _table(file, block)
        case Signs():
            for blank in block.blanks:
                _sign(file, blank)


def _table(file: Any, block: Table) -> None:
    table = file.add_table(0, len(block.head), style="Table Grid")
    for at, row in enumerate((block.head, *block.rows)):
        cells = _row(table, row, ())
        for right in block.right:
            cells[right].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if not at:
            _repeat(table.rows[0])
    file.add_paragraph()


def _row(table: Any, texts: tuple[Text, ...], widths: tuple[Any, ...]) -> Any:
    cells = table.add_row().cells
    for cell, text in zip(cells, texts, strict=True):
        _write(cell.paragraphs[0], text)
    for cell, width in zip(cells, widths, strict=False):
        cell.width = width
    return cells


def _repeat(row: Any) -> None:
    """Mark the row as the head of its table, which a screen reader says with each cell."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _sign(file: Any, blank: Blank) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(12)
    if blank.lines:
        _write(paragraph, (Span(blank.hint), *(Break(), Blank("", 150)) * blank.lines))
    else:
        _write(paragraph, (Blank("", 95), Break(), Span(blank.hint)))


def _write(paragraph: Any, text: Text, size: Any = None) -> None:
    for part in text:
        match part:
            case Span():
                run = paragraph.add_run(part.text)
                run.bold, run.italic, run.font.size = part.strong or None, part.em or None, size
            case Break():
                paragraph.add_run().add_break()
            case Blank():
                hint = f" ({part.hint})" if part.hint else ""
                paragraph.add_run("_" * round(part.mm / _MM_A_MARK) + hint)
