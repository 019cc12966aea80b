"""Accounts and OCR references: one spelling, and none whose last digit is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contract import giro
from streams.simulate.tenancy import ocr as with_check_digit


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("5050-1055", "bankgiro 5050-1055"),
        ("bg 5050-1055", "bankgiro 5050-1055"),
        (" Bankgiro: 50501055 ", "bankgiro 5050-1055"),
        ("123-4566", "bankgiro 123-4566"),
        ("90 20 03-3", "plusgiro 90 20 03-3"),
        ("PG 9020033", "plusgiro 90 20 03-3"),
        ("postgiro 4-2", "plusgiro 4-2"),
        ("pg 12345-5", "plusgiro 1 23 45-5"),
    ],
)
def test_an_account_has_one_spelling_however_it_is_written(text: str, account: str) -> None:
    assert giro.account(text) == account


@pytest.mark.parametrize(
    "text",
    [
        *("", "bg", "bg -", "bg 5050-1056", "bg 123-4567", "pg 90 20 03-4", "5050-1056"),
        "9020033",  # a bankgiro or a plusgiro?
        "bg 90 20 03-30",  # too long for the one
        *("bg 18", "pg 123456789-7", "000-0000", "pg 0-0"),
        *("8327-9, 123 456 789-7", "SE45 5000 0000 0583 9825 7466", "eller 5050-1055"),
        *("\N{ARABIC-INDIC DIGIT FIVE}050-1055", "5050-1055\x00", "5050-1055 or 900-8004"),
    ],
)
def test_what_is_no_account_or_does_not_check_is_none(text: str) -> None:
    assert giro.account(text) is None


@pytest.mark.parametrize(
    ("text", "ocr"),
    [
        ("104220264", "104220264"),
        ("10 4220 264", "104220264"),
        ("18", "18"),
        ("104220260", None),
        ("0" * 9, None),
        ("8", None),
        ("1" * 26, None),
        ("10422026-4", None),
        ("\x00", None),
        ("", None),
    ],
)
def test_a_reference_is_digits_of_which_the_last_checks(text: str, ocr: str | None) -> None:
    assert giro.ocr(text) == ocr


@given(st.integers(1, 10**20), st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: int, place: int, off: int) -> None:
    right = with_check_digit(str(number))
    assert giro.ocr(right) == right
    at = place % len(right)
    wrong = right[:at] + str((int(right[at]) + off) % 10) + right[at + 1 :]
    assert giro.ocr(wrong) is None
