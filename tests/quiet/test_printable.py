"""What senders write is shown on a terminal, never obeyed."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.quiet.printable import printable, printable_json, printable_lines

OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
EVIL = "a\x1b[31mb\x07\x9bc\u202ed\u2066e\u2028f\u2029g\x85h\ni\rj\u200bk\ufeffl\x7fm\U000e0041"


def obeyed(text: str) -> list[str]:
    """The characters that a terminal would act upon."""
    return [char for char in text if unicodedata.category(char) in OBEYED]


def test_escapes_bells_directions_and_separators_are_written_out() -> None:
    assert printable(EVIL) == (
        "a\\x1b[31mb\\x07\\x9bc\\u202ed\\u2066e\\u2028f\\u2029g\\x85h\\ni\\rj\\u200bk\\ufeffl"
        "\\x7fm\\U000e0041"
    )


def test_letters_money_and_punctuation_stay_as_they_are() -> None:
    assert printable("Hovsjö 8\u00a0000\u00a0kr – [bold]åäö[/] 李 é") == (
        "Hovsjö 8\u00a0000\u00a0kr – [bold]åäö[/] 李 é"
    )


@given(st.text())
def test_no_text_whatever_is_obeyed(text: str) -> None:
    assert not obeyed(printable(text))
    assert all(not obeyed(line) for line in printable_lines(text).split("\n"))


def test_half_of_a_surrogate_pair_can_be_printed() -> None:
    assert printable("\ud800").encode() == b"\\ud800"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_keeps_its_values_and_loses_what_is_obeyed(ascii_only: bool, text: str) -> None:
    escaped = printable_json(json.dumps([text], ensure_ascii=ascii_only).encode())
    assert json.loads(escaped) == [text]
    assert not obeyed(escaped.decode())
