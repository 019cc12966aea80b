"""A letter as PDF that can be read aloud: tagged, with its language and title (PDF/UA-1).

Typst lays it out by `sheet.typ`, a town's own if its folder has one. It takes the letter as JSON,
so that nothing in it is ever code, and only the fonts that come with it or lie in the town's
`fonts`: the same letter looks alike on every machine.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
import typst

from alerts.letters.document import Document
from alerts.letters.fault import TemplateFault
from alerts.letters.templates import Templates

LAYOUT = "sheet.typ"


def render(document: Document, templates: Templates) -> bytes:
    """The PDF; the same letter gives the same bytes."""
    return _compiled(document, templates, "pdf")[0]


def images(document: Document, templates: Templates) -> list[bytes]:
    """Each page as a PNG image."""
    return _compiled(document, templates, "png")


def pages(document: Document, templates: Templates) -> int:
    """On how many pages the letter goes."""
    return len(_compiled(document, templates, "svg"))


def _compiled(
    document: Document, templates: Templates, form: Literal["pdf", "png", "svg"]
) -> list[bytes]:
    try:
        made = _compiler(document, templates).compile(
            format=form,
            ppi=110,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=datetime(*document.dated, tzinfo=UTC),
        )
    except typst.TypstError as fault:
        raise TemplateFault(f"{_layout(templates)} cannot lay the letter out: {fault}") from fault
    assert made is not None  # nothing is written to a file
    return made if isinstance(made, list) else [made]


def _compiler(document: Document, templates: Templates) -> typst.Compiler:
    layout = _layout(templates)
    fonts = [folder / "fonts" for folder in templates.folders if (folder / "fonts").is_dir()]
    return typst.Compiler(
        layout,
        root=layout.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"letter": msgspec.json.encode(document).decode()},
    )


def _layout(templates: Templates) -> Path:
    return next(folder / LAYOUT for folder in templates.folders if (folder / LAYOUT).is_file())
