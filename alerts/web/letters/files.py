"""A letter as a file: PDF, Word or plain text, under a name that tells of nobody in hiding."""

import re
from collections.abc import Callable
from unicodedata import normalize

from msgspec import Struct
from starlette.responses import Response

from alerts.letters import pdf, plain, word
from alerts.letters.document import Document
from alerts.letters.templates import Templates


class Form(Struct, frozen=True):
    """A kind of file."""

    media_type: str
    render: Callable[[Document, Templates], bytes]


FORMS = {
    "pdf": Form("application/pdf", pdf.render),
    "docx": Form(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda document, _: word.render(document),
    ),
    "txt": Form("text/plain; charset=utf-8", lambda document, _: plain.render(document).encode()),
}


def letter_file(form: str, document: Document, templates: Templates, *names: str) -> Response:
    """The file, as a download. The names make its own; of a protected identity none of them is the
    lease's. Raises `TemplateFault` as `alerts.letters.pdf` does."""
    made = FORMS[form]
    name = f"{'-'.join(map(_ascii, names))}.{form}"
    return Response(
        made.render(document, templates),
        media_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _ascii(name: str) -> str:
    """The name in letters that every file system and header has."""
    bare = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
