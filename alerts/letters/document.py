"""What a letter is made of, before it is a PDF, a Word file or plain text.

Names and addresses are sealed and never known here: where they belong, or where something is not
known, there is a `Blank`, with room to write in.
"""

from msgspec import Struct

BLANK_MM = 70  # as long as a name and a street


class Span(Struct, frozen=True, tag_field="is", tag="span"):
    """Words in one style."""

    text: str
    strong: bool = False
    em: bool = False


class Break(Struct, frozen=True, tag_field="is", tag="break"):
    """A new line within a paragraph."""


class Blank(Struct, frozen=True, tag_field="is", tag="blank"):
    """Room to write in: a line so many millimetres long, or `lines` whole ones."""

    hint: str
    mm: int = BLANK_MM
    lines: int = 0


Inline = Span | Break | Blank
Text = tuple[Inline, ...]


class Heading(Struct, frozen=True, tag_field="is", tag="heading"):
    """A heading within a letter; the letter's own is its sheet's title."""

    text: Text
    level: int


class Paragraph(Struct, frozen=True, tag_field="is", tag="paragraph"):
    """A paragraph; `small` for what states the law."""

    text: Text
    small: bool = False


class Bullets(Struct, frozen=True, tag_field="is", tag="bullets"):
    """A list."""

    items: tuple[Text, ...]


class Facts(Struct, frozen=True, tag_field="is", tag="facts"):
    """Names and what they are, a line each."""

    rows: tuple[tuple[Text, Text], ...]


class Table(Struct, frozen=True, tag_field="is", tag="table"):
    """A table with a head; `right` has the columns of numbers."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    right: tuple[int, ...] = ()


class Signs(Struct, frozen=True, tag_field="is", tag="signs"):
    """Lines to sign or write on, side by side."""

    blanks: tuple[Blank, ...]


Block = Heading | Paragraph | Bullets | Facts | Table | Signs


class Sheet(Struct, frozen=True):
    """One page: to whom, if it goes by post, its title and what stands there."""

    to: Text
    title: Text
    blocks: tuple[Block, ...]


class Document(Struct, frozen=True):
    """A whole letter; `dated` is its year, month and day, and `day` the same as people write it."""

    language: str
    title: str
    author: str
    dated: tuple[int, int, int]
    day: str
    sender: Text
    foot: Text
    sheets: tuple[Sheet, ...]


def plain(text: Text) -> str:
    """The words in one line; a blank in brackets."""
    parts = []
    for part in text:
        match part:
            case Span():
                parts.append(part.text)
            case Break():
                parts.append(" ")
            case Blank():
                parts.append(f"[{part.hint}]")
    return "".join(parts).strip()
