"""A letter's text as a person edits it: the same letter, and nothing typed is ever filled in."""

from io import BytesIO
from time import process_time

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.letters import plain, word
from alerts.letters.document import Table
from alerts.letters.editing import (
    LONGEST,
    MOST_COLUMNS,
    MOST_LINES,
    as_typed,
    editable,
    require_size,
)
from alerts.letters.escaping import as_text
from alerts.letters.fault import TextFault
from alerts.letters.given import Given
from alerts.letters.reading import read_sheets
from alerts.letters.templates import Templates
from alerts.letters.write import Letter, write
from tests.letters.samples import BY_NAME, LANGUAGES, LIVES, SENDER, at


def letter(name: str, text: str | None = None, language: str = "sv") -> Letter:
    day, life = LIVES[name]
    found = write(BY_NAME[name], at(day, *life), Given(SENDER, text=text), Templates(language))
    assert isinstance(found, Letter)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BY_NAME)
def test_a_letter_that_nobody_changed_is_the_same_letter(name: str, language: str) -> None:
    first = letter(name, language=language)
    again = letter(name, first.text, language)
    assert again.document == first.document
    assert again.notes == first.notes


@pytest.mark.parametrize("name", BY_NAME)
def test_the_text_to_edit_has_no_note_to_the_caseworker_and_no_backslash_but_of_lines(
    name: str,
) -> None:
    lines = letter(name).text.splitlines()
    assert not [line for line in lines if line.startswith(">")]
    assert not [line for line in lines if "\\" in line.removesuffix("\\")]


@given(st.text("ab1 .-+*_#>|[]()!`~=\\&;:<{}%\n", max_size=20))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_blank_reads_the_same_once_it_can_be_edited(words: str) -> None:
    said = as_text(words)
    for form in (f"# Brev\n\n{said} x", f"# Brev\n\nx {said}\n\n- {said}\n- y",
                 f"# Brev {said}\n\n| a | b |\n|---|---|\n| {said} | **{said} z** |"):  # fmt: skip
        assert read_sheets("x", editable(form)) == read_sheets("x", form)


def test_a_template_that_somebody_types_is_text() -> None:
    found = letter("referral", "# {{ phone }}\n\n{% include 'board.md' %} {{ 7 * 7 }}")
    said = plain.render(found.document)
    assert "{{ 7 * 7 }}" in said
    assert "{% INCLUDE" in said.upper()
    assert "49" not in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bara text", "letter_text.no_title"),
        ("", "letter_text.no_title"),
        ("# \n\ntext", "letter_text.no_title"),
        ("# Brev\n\n---\n\nett blad utan rubrik", "letter_text.no_title"),
        ("# Brev\n\n    kod", "letter_text.no_such_part"),
        ("# Brev\n\n```\nkod\n```", "letter_text.no_such_part"),
        ("# Brev\n\n|   |\n|---|\n| x |", "letter_text.one_column"),
        ("# Brev\n\n" + "a" * LONGEST, "letter_text.too_long"),
        ("# Brev" + "\n" * MOST_LINES, "letter_text.too_long"),
        ("# Brev\n\n" + "|a" * 14 + "\n" + "|-" * 14, "letter_text.too_wide"),
        ("# Brev\n\n" + "*a **b " * 900 + "** c*" * 900, "letter_text.too_nested"),
    ],
)
def test_what_is_no_letter_is_refused_by_what_to_mend(text: str, code: str) -> None:
    with pytest.raises(TextFault) as fault:
        letter("referral", text)
    assert fault.value.said.code == code


def test_what_nobody_sees_is_taken_out_for_no_file_can_hold_it() -> None:
    text = "# Brev\r\n\r\nHej\x00\x0b\u200b \u202edu\ttill \ufffe\ud800"
    assert as_typed(text) == "# Brev\n\nHej du till "
    made = word.render(letter("referral", text).document)
    assert "Hej du till" in "\n".join(p.text for p in docx.Document(BytesIO(made)).paragraphs)


def test_markup_of_other_kinds_is_text() -> None:
    found = letter("referral", "# Brev\n\n<script>x</script> #set page() $x$ \\input{x}")
    assert "<script>x</script> #set page() $x$ \\input{x}" in plain.render(found.document, 999)


HARD = {
    "brackets": "[",
    "blanks that never end": "[[a",
    "blanks of backslashes": "[[" + "\\" * 30,
    "blanks": "[[a; 12]]\n\n",
    "stars": "*a_",
    "images": "![a",
    "links": "[a](",
    "code": "`` ` ",
    "lists": "- a\n",
    "sheets": "---\n\n# T\n\n",
    "rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * 9 + "\n",
}


@pytest.mark.parametrize("name", HARD)
def test_four_times_the_text_is_read_in_about_four_times_the_time(name: str) -> None:
    """What is quadratic takes sixteen times as long, and what tries every way never ends."""
    once = LONGEST // 4 // len(HARD[name])

    def seconds(times: int) -> float:
        text, found = "# T\n\n" + HARD[name] * times, []
        for _ in range(4):
            began = process_time()
            read_sheets("t", text)
            found.append(process_time() - began)
        return min(found)

    assert seconds(4 * once) < 9 * seconds(once)


def test_the_widest_table_with_the_most_rows_has_few_cells_to_read() -> None:
    """Markdown fills up each row to the width of its head."""
    head = "# T\n\n" + "|a" * MOST_COLUMNS + "|\n" + "|-" * MOST_COLUMNS + "|\n"
    text = head + "|x\n" * (MOST_LINES - 5)
    require_size(text)
    ((sheet,), _) = read_sheets("t", text)
    (table,) = sheet.blocks
    assert isinstance(table, Table)
    assert sum(map(len, table.rows)) < MOST_COLUMNS * MOST_LINES
