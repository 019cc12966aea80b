"""The Word file can be edited and read aloud: headings, table heads and the language are marked."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.letters.samples import EVERY, LANGUAGES, in_word, sample


def opened(name: str, language: str = "sv") -> Any:
    return docx.Document(BytesIO(in_word(name, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_it_opens_with_its_title_and_language(name: str, language: str) -> None:
    file = opened(name, language)
    assert file.core_properties.title == sample(name, language).title
    assert file.core_properties.language == language
    assert file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == language
    first = next(p for p in file.paragraphs if p.style.name == "Heading 1")
    assert first.text == sample(name, language).title


def test_a_table_marks_its_head_and_a_blank_has_room() -> None:
    file = opened("payment-plan")
    table = next(t for t in file.tables if len(t.columns) == 3)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "____" in table.rows[1].cells[1].text


def test_each_sheet_begins_a_page() -> None:
    file = opened("confirm-eviction")
    breaks = file.element.body.findall(f".//{qn('w:br')}")
    assert sum(one.get(qn("w:type")) == "page" for one in breaks) == 2
