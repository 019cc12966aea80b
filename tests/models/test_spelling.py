"""What names a landlord or a lease has one spelling; what could name another is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import make_event
from models.contract.spelling import in_one_spelling, lease_id, organisation_number, source
from tests.builders import LEASE, ORGNR

BARE = ORGNR.replace("-", "")
WIDE = "".join(chr(ord(c) + 0xFEE0) for c in BARE)  # full-width figures


@pytest.mark.parametrize("spelled", [ORGNR, BARE])
def test_a_number_with_or_without_its_hyphen_is_one(spelled: str) -> None:
    assert organisation_number(spelled) == ORGNR
    assert lease_id(f"{spelled}:1") == LEASE
    assert source(f"urn:landlord:{spelled}") == f"urn:landlord:{ORGNR}"


@pytest.mark.parametrize(
    "text",
    ["", "-", f" {ORGNR}", f"{ORGNR} ", f"{ORGNR}\n", "5599-900013", "559990--0013", "16" + BARE,
     BARE[:-1], "559990\N{EN DASH}0013", WIDE, "SE559990001301"],
)  # fmt: skip
def test_what_is_no_organisation_number_is_none(text: str) -> None:
    assert organisation_number(text) is None
    assert lease_id(f"{text}:1") is None


@pytest.mark.parametrize("number", ["800101-1238", "800161-1239", "559990-0013", "0000000000"])
def test_a_number_is_no_more_than_ten_figures_a_persons_and_a_wrong_check_digit_too(
    number: str,
) -> None:
    assert organisation_number(number) is not None


@pytest.mark.parametrize(
    "number",
    ["", " ", " 1", "1 ", "1\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}1", "1\t", "1\n", "\x001",
     "a\x7f", "a\x85b", "1\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}1",
     "1\N{SOFT HYPHEN}2", "\N{RIGHT-TO-LEFT OVERRIDE}12", "K\N{REPLACEMENT CHARACTER}p 7",
     "\ue000", "\ud800", "x" * 90],
)  # fmt: skip
def test_blanks_at_an_edge_and_what_nobody_sees_make_no_lease_id(number: str) -> None:
    assert lease_id(f"{ORGNR}:{number}") is None


@pytest.mark.parametrize("number", ["1", "Hus 7 lgh 1201", "a:b", "7/12", "\xc57", "x" * 88])
def test_what_a_landlord_calls_its_lease_stays(number: str) -> None:
    assert lease_id(f"{ORGNR}:{number}") == f"{ORGNR}:{number}"


def test_letters_are_composed_and_capitals_tell_leases_apart() -> None:
    assert lease_id(f"{ORGNR}:A\N{COMBINING RING ABOVE}7") == f"{ORGNR}:\xc57"
    assert lease_id(f"{ORGNR}:\N{ANGSTROM SIGN}7") == f"{ORGNR}:\xc57"
    assert lease_id(f"{ORGNR}:a7") != lease_id(f"{ORGNR}:A7")


@given(st.text(max_size=110))
def test_spelling_is_the_same_once_and_twice_and_for_every_canonical_form(number: str) -> None:
    once = lease_id(f"{BARE}:{number}")
    if once is not None:
        assert lease_id(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert lease_id(f"{ORGNR}:{unicodedata.normalize('NFD', number)}") == once


def test_every_name_in_an_event_is_spelled_alike() -> None:
    fact = facts.LeaseChanged(
        lease_id=f"{BARE}:1", effective_on="2026-06-01", landlord_id="5599900021",  # type: ignore[arg-type]
    )  # fmt: skip
    event = in_one_spelling(make_event(fact, source=f"urn:landlord:{BARE}", event_id="1"))
    assert (event.source, event.subject) == (f"urn:landlord:{ORGNR}", LEASE)
    assert (event.data.lease_id, event.data.landlord_id) == (LEASE, "559990-0021")


def test_a_source_that_is_no_landlords_is_left_as_it_is() -> None:
    for text in ("urn:municipality:0181", "urn:landlord:x", "", "urn:LANDLORD:5599900013"):
        assert source(text) == text
