"""A town changes a letter by a file, in its own language too, and is told what is wrong with it."""

from pathlib import Path

import pytest

from alerts.letters import pdf, plain, word
from alerts.letters.fault import TemplateFault
from alerts.letters.templates import SHIPPED, Templates
from alerts.letters.write import Letter, write
from tests.letters.samples import BY_NAME, LANGUAGES, given, lived
from tests.letters.test_every_letter import words

FORMS = """
months = ["1", "2", "maart", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
day = "{day} {month} {year}"
month = "{month} {year}"
money = "{amount} kr"
thousands = "."
decimals = ","
"""


def town(folder: Path, **files: str) -> Path:
    """A town's folder with these templates, by `language_name`."""
    for name, text in files.items():
        language, _, template = name.partition("_")
        path = folder / language / f"{template.replace('_', '-')}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def made(own: Path, name: str = "visit-arrears", language: str = "sv") -> Letter:
    found = write(BY_NAME[name], lived(name), given(), Templates(language, own))
    assert isinstance(found, Letter)
    return found


def said(letter: Letter) -> str:
    return words(plain.render(letter.document))


def test_a_town_changes_one_sentence_by_one_file(tmp_path: Path) -> None:
    own = town(tmp_path, sv_saving="Ring vår vräkningsjour.")
    text = said(made(own))
    assert "Ring vår vräkningsjour." in text
    assert "Besöket är frivilligt." in text


def test_a_town_changes_a_whole_letter(tmp_path: Path) -> None:
    own = town(tmp_path, sv_visit_arrears="# Hej\n\n{{ rent.ore | kr }}, {{ today | day }}\n")
    text = said(made(own))
    assert "HEJ 8 000 kr, 10 mars 2027" in text


def test_a_further_language_is_a_folder_of_templates_with_its_forms(tmp_path: Path) -> None:
    files = dict.fromkeys(("nl_sender", "nl_foot"), "{{ caseworker }}")
    own = town(tmp_path, nl_visit_arrears="# Huur\n\n{{ rent.ore | kr }}\\\n{{ today | day }}",
               nl_notes="> Let op", **files)  # fmt: skip
    (own / "nl" / "forms.toml").write_text(FORMS, "utf-8")
    found = made(own, language="nl")
    assert "8.000 kr 10 maart 2027" in said(found)
    assert b"/Lang" in pdf.render(found.document, Templates("nl", own))
    assert word.render(found.document)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# A\n\n{{ debt }}", "visit-arrears.md names debt, which the letter does not have"),
        ("# A\n\n{% if protected %}{{ debt }}{% endif %}", "names debt"),
        ("# A\n\n{{ rent.owed }}", "owed"),
        ("# A\n\n{{ when }}", "not known"),
        ("# A\n\n{% if %}", "visit-arrears.md:3"),
        ("# A\n\n{{ rent | money }}", "money"),
        ("# A\n\n{{ rent | kr }}", "visit-arrears.md"),
        ("# A\n\n{{ 1 // 0 }}", "visit-arrears.md"),
        ('# A\n\n{% include "none.md" %}', "none.md"),
        ('# A\n\n{% include "visit-arrears.md" %}', "recursion"),
        ("# A\n\n{% for n in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("Utan rubrik", "each sheet needs a title"),
        ("", "no text"),
        ("# A\n\n    indented", "indented by four spaces"),
        ("# A\n\n```\ncode\n```", "cannot have a fence"),
        ('# A\n\n{{ "".__class__.__mro__ }}', "unsafe"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(TemplateFault, match=told) as fault:
        made(town(tmp_path, sv_visit_arrears=text))
    assert "sv" in str(fault.value)


def test_a_template_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    own = town(tmp_path, sv_visit_arrears="")
    (own / "sv" / "visit-arrears.md").write_bytes("# Hyresgäst".encode("latin-1"))
    with pytest.raises(TemplateFault, match="UTF-8"):
        made(own)


def test_an_unknown_language_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="no letters in 'so', only in en, sv"):
        Templates("so")
    with pytest.raises(TemplateFault, match=r"no letters in '\.\./sv'"):
        Templates("../sv", tmp_path)


def test_a_letter_that_a_language_lacks_is_named(tmp_path: Path) -> None:
    own = town(tmp_path, nl_referral="# Bel")
    (own / "nl" / "forms.toml").write_text(FORMS, "utf-8")
    with pytest.raises(TemplateFault, match=r"no visit-arrears\.md in .*nl"):
        made(own, language="nl")


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        (None, "put a file forms.toml"),
        ("months = 1", "lacks day"),
        (FORMS.replace('"1", ', ""), "twelve"),
        ("[", "cannot be read"),
    ],
)
def test_a_language_without_its_forms_is_told(tmp_path: Path, forms: str | None, told: str) -> None:
    town(tmp_path, nl_referral="# Bel")
    if forms is not None:
        (tmp_path / "nl" / "forms.toml").write_text(forms, "utf-8")
    with pytest.raises(TemplateFault, match=told):
        Templates("nl", tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="no folder"):
        Templates("sv", tmp_path / "none")


def test_a_towns_layout_is_used_and_a_wrong_one_told(tmp_path: Path) -> None:
    document = made(tmp_path).document
    (tmp_path / "sheet.typ").write_text("#panic(1)", "utf-8")
    with pytest.raises(TemplateFault, match=r"sheet\.typ cannot lay the letter out"):
        pdf.render(document, Templates("sv", tmp_path))
    with pytest.raises(TemplateFault, match=r"sheet\.typ"):
        pdf.pages(document, Templates("sv", tmp_path))
    (tmp_path / "sheet.typ").write_text('#set document(title: "T")\n= T', "utf-8")
    assert pdf.pages(document, Templates("sv", tmp_path)) == 1


def test_every_language_has_the_same_templates_that_name_the_same() -> None:
    def named(language: str) -> dict[str, set[str]]:
        names = sorted(path.stem for path in (SHIPPED / language).glob("*.md"))
        return {name: Templates(language).names(name) for name in names}

    first, *others = map(named, LANGUAGES)
    assert others == [first] * len(others)
    assert set(BY_NAME) <= first.keys()
