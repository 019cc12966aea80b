"""Every kind of letter, in every language: a page each, read aloud, with what it must say."""

from functools import cache
from io import BytesIO
from typing import Any

import pypdf
import pytest

from alerts.letters import pdf, plain, word
from alerts.letters.given import Signatory
from tests.letters.samples import (
    EVERY,
    LANGUAGES,
    LIVES,
    SHEETS,
    given,
    in_word,
    letter,
    lived,
    printed,
    sample,
    templates,
)

TO_THE_TENANT = sorted(set(LIVES) - {"assume-rent"})
VOLUNTARY = {"sv": "frivillig", "en": "voluntary"}
KNOWN = {"sv": ("Hur vi vet", "sagt ja till"), "en": ("How we know", "agreed to")}
OBJECT = {"sv": ("Vill du inte", "ta tillbaka"), "en": ("do not want us", "do not want the",
                                                        "take that back")}  # fmt: skip
each = pytest.mark.parametrize("language", LANGUAGES)
every = pytest.mark.parametrize("name", EVERY)


@cache
def read(name: str, language: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(printed(name, language)))


def words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@each
@every
def test_is_one_page_a_sheet_and_tagged_with_language_and_title(name: str, language: str) -> None:
    found = read(name, language)
    root: Any = found.trailer["/Root"]
    assert len(found.pages) == SHEETS.get(name, 1)
    assert root["/StructTreeRoot"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == sample(name, language).title
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


@each
@every
def test_says_the_same_in_every_form(name: str, language: str) -> None:
    document = sample(name, language).document
    text = words(plain.render(document)).lower()
    on_paper = words(" ".join(page.extract_text() for page in read(name, language).pages))
    for sheet in document.sheets:
        title = words("".join(part.text for part in sheet.title if hasattr(part, "text")))
        assert title.lower() in text
        assert title in on_paper
    assert in_word(name, language).startswith(b"PK")


@each
@pytest.mark.parametrize("name", TO_THE_TENANT)
def test_says_that_it_is_voluntary_how_we_know_and_how_to_object(name: str, language: str) -> None:
    said = words(plain.render(sample(name, language).document))
    assert VOLUNTARY[language] in said.lower()
    assert any(how.lower() in said.lower() for how in KNOWN[language])
    assert any(how.lower() in said.lower() for how in OBJECT[language])
    assert "08-465 004 01" in said


@each
@every
def test_with_a_long_name_and_no_municipality_is_still_one_page(name: str, language: str) -> None:
    who = Signatory("Anna-Margareta Österberg Lindqvist-Hammarskjöld", "08-465 004 01, 08-465 00")
    document = sample(name, language, who).document
    assert pdf.pages(document, templates(language)) == len(document.sheets)


@each
@pytest.mark.parametrize("name", LIVES)
def test_holds_no_identity_but_blanks(name: str, language: str) -> None:
    found = sample(name, language)
    said = plain.render(found.document)
    assert "c2VhbGVk" not in said
    if name != "referral":
        assert any(hint.endswith(("namn", "name")) for hint in found.blanks)


@each
@pytest.mark.parametrize("name", LIVES)
def test_the_protected_way_has_a_cover_sheet_and_no_place_for_an_address(
    name: str, language: str
) -> None:
    found = letter(name, lived(name, True), given(protected_way=True), language)
    cover, *sheets = found.document.sheets
    assert "förmedlingsuppdrag" in plain.render(found.document)
    assert cover.to == ()
    kept = {"assume-rent": 1, "confirm-eviction": 2}.get(name, 0)  # to landlord and Kronofogden
    assert sum(bool(sheet.to) for sheet in sheets) == kept
    streets = {"gatuadress", "street and number", "hyresgästens namn", "the tenant's name"}
    assert name == "assume-rent" or not streets & set(found.blanks)
    assert pdf.pages(found.document, templates(language)) == len(found.document.sheets)


@every
def test_what_was_typed_is_only_ever_text(name: str) -> None:
    typed = "# **Eva** `& Co` [[x]] | <b> $1$ \\ #panic() \n\n---\n\u202e"
    document = sample(name, "sv", Signatory(typed, "1 < 2", "A & B")).document
    said = words(plain.render(document))
    assert "# **Eva** `& Co` [[x]] | <b> $1$ \\ #panic() ---" in said
    assert len(document.sheets) == SHEETS.get(name, 1)
    pdf.render(document, templates("sv"))
    word.render(document)


def test_the_same_letter_gives_the_same_bytes() -> None:
    document = sample("confirm-eviction").document
    assert pdf.render(document, templates()) == printed("confirm-eviction")


@each
@pytest.mark.parametrize("name", LIVES)
def test_says_that_bokvar_gives_no_legal_advice(name: str, language: str) -> None:
    notes = " ".join(sample(name, language).notes)
    assert {"sv": "inte juridisk rådgivning", "en": "no legal advice"}[language] in notes
