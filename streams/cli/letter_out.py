"""A letter on its way out: printed, written to files, or as JSON; its notes apart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from alerts.language.sentences import Language, language
from alerts.letters import pdf, plain, word
from alerts.letters.document import Document
from alerts.letters.fault import TemplateFault
from alerts.letters.templates import Templates
from alerts.letters.write import Letter
from models.phrase import Phrase, phrase
from models.stockholm import day_of
from streams.cli.refuse import refuse
from streams.cli.screen import say, say_page, show_json
from streams.cli.system import System

_FORMS: dict[str, Callable[[Document, Templates], bytes]] = {
    ".pdf": pdf.render,
    ".docx": lambda document, _: word.render(document),
    ".txt": lambda document, _: plain.render(document).encode(),
}


class Answer(Struct):
    """What `--json` prints."""

    kind: str
    language: str
    title: str
    to: str
    body_text: str
    last_day: date | None
    legal_basis: str
    blanks: tuple[str, ...]
    notes: tuple[str, ...]


def spoken_in(system: System, name: str, own: Path | None) -> tuple[Language, Templates]:
    """The language in which the caseworker is told, and the templates of the letter's."""
    settings = system.settings
    return language(settings.language), Templates(name, own or settings.letter_templates)


def stale(counted: date) -> list[Phrase]:
    """A note, where a letter is counted on another day than today."""
    real = day_of(datetime.now(UTC))
    return [] if counted == real else [phrase("letter.counted_on", on=counted, today=real)]


@contextmanager
def templated() -> Iterator[None]:
    """A template that cannot be used ends the command with its sentence."""
    try:
        yield
    except TemplateFault as fault:
        refuse(str(fault), status=1)


def check(out: list[Path] | None) -> None:
    """Every file to be written has a form that a letter can have."""
    for path in out or []:
        if path.suffix.lower() not in _FORMS:
            refuse(f"--out {path}: a letter is written as {', '.join(_FORMS)}")


def show(
    letter: Letter,
    templates: Templates,
    spoken: Language,
    out: list[Path] | None,
    as_json: bool,
    notes: list[Phrase],
) -> None:
    """Print the letter or write its files; the notes go to standard error."""
    pages, sheets = pdf.pages(letter.document, templates), len(letter.document.sheets)
    if pages > sheets:
        notes = [*notes, phrase("letter.too_long", pages=pages, sheets=sheets)]
    for path in out or []:
        _save(path, _FORMS[path.suffix.lower()](letter.document, templates))
    told = (*map(spoken.say, notes), *letter.notes)
    if as_json:
        show_json(_answer(letter, told))
        return
    if not out:
        say_page(plain.render(letter.document))
    for note in told:
        say(f"OBS: {note}", err=True)


def _answer(letter: Letter, notes: tuple[str, ...]) -> Answer:
    return Answer(
        kind=letter.kind,
        language=letter.language,
        title=letter.title,
        to=letter.to,
        body_text=plain.render(letter.document),
        last_day=letter.last_day,
        legal_basis=letter.legal_basis,
        blanks=letter.blanks,
        notes=notes,
    )


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        refuse(f"{path} cannot be written ({fault.strerror}): choose another --out", status=1)
