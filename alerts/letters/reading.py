"""A filled-in template as sheets.

Of Markdown a letter has headings, paragraphs, lists, tables, strong and stressed words. Its own:
what stands before the title is the address; `[[hint]]` is a blank (`[[hint; 40 mm]]`, `[[hint; 3]]`
three lines); a paragraph of blanks alone is signed on; a table without a head is facts; a
paragraph all stressed is small print; `---` begins a new sheet; what is quoted is told to the
caseworker and is not in the letter.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from alerts.letters.document import (
    BLANK_MM,
    Blank,
    Block,
    Break,
    Bullets,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Sheet,
    Signs,
    Span,
    Table,
    Text,
    plain,
)
from alerts.letters.fault import TextFault
from models.phrase import Phrase, phrase

# On one line and no longer than it: what is searched for from every place must end soon.
_BLANK = re.compile(r"\[\[((?:\\[^\n]|(?!\]\])[^\\\n]){1,300}?)\]\]")
_SIZE = re.compile(r";\s*(\d{1,3})\s*(mm)?\s*$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _blank_rule(state: StateInline, silent: bool) -> bool:
    found = _BLANK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("blank", "", 0).content = found[1]
    state.pos = found.end()
    return True


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_markdown.inline.ruler.before("link", "blank", _blank_rule)


def read_sheets(name: str, markdown: str) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets of a letter, and the notes to the caseworker."""
    try:
        return _read(name, SyntaxTreeNode(_markdown.parse(markdown)))
    except RecursionError:
        said = Phrase("letter_text.too_nested")
        raise TextFault(f"{name}: marks stand in marks, too deep to be read", said) from None


def tokens(markdown: str) -> list[Token]:
    """What a letter's Markdown consists of, with the lines on which each part stands."""
    return _markdown.parse(markdown)


def _read(name: str, tree: SyntaxTreeNode) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    sheets: list[Sheet] = []
    notes: list[str] = []
    part: list[SyntaxTreeNode] = []
    for node in tree.children:
        if node.type == "blockquote":
            notes += [plain(_text(child)) for child in node.children]
        elif node.type == "hr":
            sheets.append(_sheet(name, part))
            part = []
        else:
            part.append(node)
    if part:
        sheets.append(_sheet(name, part))
    return tuple(sheets), tuple(notes)


def read_line(markdown: str) -> Text:
    """The words of the first paragraph, as of a sender or a foot."""
    nodes = SyntaxTreeNode(_markdown.parse(markdown)).children
    return _text(nodes[0]) if nodes else ()


def _sheet(name: str, nodes: list[SyntaxTreeNode]) -> Sheet:
    at = next((n for n, node in enumerate(nodes) if node.tag == "h1"), None)
    if at is None or not plain(_text(nodes[at])):
        sentence = f"{name}: each sheet needs a title, a line that begins with '# '"
        raise TextFault(sentence, Phrase("letter_text.no_title"))
    to = [part for node in nodes[:at] for part in (*_text(node), Break())]
    blocks = tuple(_block(name, node) for node in nodes[at + 1 :])
    return Sheet(tuple(to[:-1]), _text(nodes[at]), blocks)


def _block(name: str, node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(_text(node), min(int(node.tag[1:]), 3))
        case "paragraph":
            return _paragraph(_text(node))
        case "bullet_list" | "ordered_list":
            return Bullets(tuple(_text(item) for item in node.children))
        case "table":
            return _table(name, node)
    line = node.map[0] + 1 if node.map else 0
    raise TextFault(
        f"{name} (line {line}): a letter cannot have a {node.type.replace('_', ' ')}; write "
        "headings, paragraphs, lists and tables, and no line indented by four spaces",
        phrase("letter_text.no_such_part", line=line),
    )


def _paragraph(text: Text) -> Block:
    blanks = tuple(part for part in text if isinstance(part, Blank))
    words = [part for part in text if isinstance(part, Span) and part.text.strip()]
    if blanks and not words:
        return Signs(blanks)
    small = bool(words) and all(span.em for span in words)
    if small:
        return Paragraph(tuple(_upright(part) for part in text), small=True)
    return Paragraph(text)


def _upright(part: Inline) -> Inline:
    return Span(part.text, part.strong) if isinstance(part, Span) else part


def _table(name: str, node: SyntaxTreeNode) -> Block:
    rows = [
        [_text(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    head, *body = rows
    if not any(head):
        if len(head) < 2:
            sentence = f"{name}: a table without a head needs two columns"
            raise TextFault(sentence, Phrase("letter_text.one_column"))
        return Facts(tuple((row[0], row[1]) for row in body))
    styles = [str(cell.attrs.get("style", "")) for cell in node.children[0].children[0].children]
    right = tuple(n for n, style in enumerate(styles) if "right" in style)
    return Table(tuple(head), tuple(map(tuple, body)), right)


def _text(node: SyntaxTreeNode) -> Text:
    return tuple(_parts(node, False, False))


def _parts(node: SyntaxTreeNode, strong: bool, em: bool) -> Iterator[Inline]:
    for child in node.children:
        match child.type:
            case "text" | "code_inline":
                if child.content:
                    yield Span(child.content, strong, em)
            case "softbreak":
                yield Span(" ", strong, em)
            case "hardbreak":
                yield Break()
            case "blank":
                yield _blank(child.content)
            case _:
                yield from _parts(child, strong or child.type == "strong", em or child.type == "em")


def _blank(content: str) -> Blank:
    size = _SIZE.search(content)
    hint = _ESCAPED.sub(r"\1", content[: size.start()] if size else content).strip()
    if size is None:
        return Blank(hint)
    number = int(size[1])
    return Blank(hint, mm=number) if size[2] else Blank(hint, BLANK_MM, lines=min(number, 12))
