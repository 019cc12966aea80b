"""Makes a letter: the facts of its kind, in the words of its template."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from alerts.cases.situation import Situation
from alerts.letters.document import Blank, Break, Document, Paragraph, Sheet, Text, plain
from alerts.letters.editing import as_typed, editable, require_size
from alerts.letters.facts import LetterFacts
from alerts.letters.fault import TextFault
from alerts.letters.given import Given
from alerts.letters.kinds import Kind
from alerts.letters.reading import read_line, read_sheets
from alerts.letters.refusal import Refusal, unguarded, unsigned
from alerts.letters.templates import Templates
from alerts.letters.words import NBSP
from models.phrase import Phrase


class Letter(Struct, frozen=True):
    """A letter ready to sign. `last_day` is the law's last day for it, if there is one; `blanks`
    are what is to be written in; `notes` are for the caseworker and not part of the letter; `text`
    is what it was made of, to be edited."""

    kind: str
    language: str
    title: str
    to: str
    last_day: date | None
    legal_basis: str
    blanks: tuple[str, ...]
    notes: tuple[str, ...]
    document: Document
    text: str


def write(kind: Kind, situation: Situation, given: Given, templates: Templates) -> Letter | Refusal:
    """The letter of this kind about a lease, or why there is none."""
    refused = unsigned(given) or unguarded(situation, given)
    if refused is not None:
        return refused
    facts = kind.read(situation)
    if isinstance(facts, Refusal):
        return facts
    protected, died_on = situation.lease.household.protected, situation.died_on
    return compose(kind.name, facts, given, situation.today, templates, protected, died_on)


def compose(
    name: str,
    facts: LetterFacts,
    given: Given,
    today: date,
    templates: Templates,
    protected: bool = False,
    died_on: date | None = None,
) -> Letter:
    """The letter of these facts. A protected one has a sheet before it that says how it goes; of a
    tenant who died on `died_on` it is for those who live there, and its first note says so."""
    values = {**_values(facts, given, today, protected), "kind": name, "died_on": died_on}
    filled = templates.fill(name, values)
    sheets, notes = read_sheets(f"{templates.language}/{name}.md", filled)
    text = editable(filled) if given.text is None else as_typed(given.text)
    if given.text is not None:
        require_size(text)
        sheets, _ = read_sheets(name, text)
    cover, warned = _sheets("protected-way", values, templates) if protected else ((), ())
    _, died = _sheets("died", values, templates) if died_on else ((), ())
    _, closing = _sheets("notes", values, templates)
    if not sheets:
        sentence = f"{templates.language}/{name}.md has no text for the letter"
        raise TextFault(sentence, Phrase("letter_text.no_title"))
    first = sheets[0]
    return Letter(
        kind=name,
        language=templates.language,
        title=plain(first.title),
        to=_first_line(first.to),
        last_day=facts.last_day,
        legal_basis=_small_print(first),
        blanks=tuple(dict.fromkeys(filter(None, _hints(sheets)))),
        notes=(*died, *warned, *notes, *closing),
        document=_document(templates, values, (*cover, *sheets), plain(first.title)),
        text=text,
    )


def _values(facts: LetterFacts, given: Given, today: date, protected: bool) -> dict[str, Any]:
    """What a template may name."""
    found: dict[str, Any] = msgspec.structs.asdict(facts)
    found |= msgspec.structs.asdict(given.signatory)
    found |= {"today": today, "protected": protected}
    found["phone"] = given.signatory.phone.replace(" ", NBSP)  # on one line
    return found | {name: text for name, text in given.fills.items() if text.strip()}


def _sheets(
    name: str, values: Mapping[str, Any], templates: Templates
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    filled = templates.fill(name, values)
    return read_sheets(f"{templates.language}/{name}.md", filled)


def _document(
    templates: Templates, values: Mapping[str, Any], sheets: tuple[Sheet, ...], title: str
) -> Document:
    today: date = values["today"]
    sender = read_line(templates.fill("sender", values))
    return Document(
        language=templates.language,
        title=title,
        author=plain(sender),
        dated=(today.year, today.month, today.day),
        day=templates.words.day(today),
        sender=sender,
        foot=read_line(templates.fill("foot", values)),
        sheets=sheets,
    )


def _first_line(to: Text) -> str:
    end = next((n for n, part in enumerate(to) if isinstance(part, Break)), len(to))
    return plain(to[:end]).strip("[]")


def _small_print(sheet: Sheet) -> str:
    small = (b for b in sheet.blocks if isinstance(b, Paragraph) and b.small)
    return " ".join(plain(block.text) for block in small)


def _hints(part: Any) -> Iterator[str]:
    """The hints of all blanks, wherever they stand."""
    if isinstance(part, Blank):
        yield part.hint
    elif isinstance(part, tuple):
        for one in part:
            yield from _hints(one)
    elif isinstance(part, Struct):
        yield from _hints(msgspec.structs.astuple(part))
