"""The board takes on the rent: what it tells the landlord."""

from datetime import date

from alerts.letters import plain
from models.contract import facts
from tests.builders import days, invoiced, registered
from tests.letters.samples import LATE, SERVED, TOLD, at, given, letter
from tests.letters.test_every_letter import words
from tests.papers import message, notice

NAME = "assume-rent"
TWO = registered(tenants=[facts.Tenant("11", 1980), facts.Tenant("12", 1982)])


def said(on: str, *events: object, **fills: str) -> str:
    found = letter(NAME, at(on, *events), given(**fills))  # type: ignore[arg-type]
    return words(plain.render(found.document))


def test_it_names_its_last_day_the_rent_and_how_it_reaches_the_landlord() -> None:
    found = letter(NAME, at("2027-04-01", *TOLD))
    assert found.last_day == date(2027, 4, 14)
    text = words(plain.render(found.document))
    for part in (
        "Sista dag för detta meddelande: 14 april 2027",
        "Hyra för mars 2027: 8 000 kr, förföll 28 februari 2027",
        "12 kap. 44 § fjärde stycket 1 jordabalken",
        "12 kap. 63 §",
        "Maria Andersson, telefon 08-465 004 01",
    ):
        assert part in text
    assert "rekommenderat" in found.notes[0]
    assert "senast 14 april 2027" in words(found.notes[0])


def test_it_pays_to_the_account_of_form_3_and_to_no_other() -> None:
    known = registered(account="bg 900-8004")
    named = message("2027-03-24", account="bg 5050-1055")
    text = said("2027-04-01", known, *SERVED[1:], named)
    assert "Konto som ni angav: bankgiro 5050-1055" in text
    unnamed = message("2027-03-24", account=None)
    text = said("2027-04-01", known, *SERVED[1:], unnamed)
    assert "Konto som ni angav: [konto, ur formulär 3]" in text


def test_it_holds_on_its_last_day() -> None:
    letter(NAME, at("2027-04-14", *TOLD))


def test_it_takes_on_no_rent_that_fell_due_after_the_notice() -> None:
    text = said("2027-04-06", *TOLD, invoiced("2027-04"))
    assert "mars 2027" in text
    assert "Hyra för april 2027" not in text


def test_it_sums_several_months() -> None:
    assert "Summa: 16 000 kr" in said("2027-04-01", *TOLD, invoiced("2027-02"))


def test_the_account_is_a_blank_until_it_is_given() -> None:
    assert "Konto som ni angav: [konto, ur formulär 3]" in said("2027-04-01", *TOLD)
    assert "Konto som ni angav: 123-4567" in said("2027-04-01", *TOLD, account="123-4567")


def test_a_form_that_came_whole_later_counts_from_then_and_is_said_to_lack_nothing() -> None:
    mended = [*SERVED, message("2027-03-24", account=None), message("2027-03-29")]
    notes = words(" ".join(letter(NAME, at("2027-04-01", *mended)).notes))
    assert "saknar" not in notes
    assert "19 april 2027" in notes


def told(*notices: object) -> str:
    events = [TWO, *LATE[1:], *days("2027-02-11", "2027-03-23"), *notices, message("2027-03-24")]
    return said("2027-04-01", *events)


def test_two_tenants_are_named_apart_each_with_their_own_service() -> None:
    text = told(
        notice("2027-03-16", "A", tenant_ref="11"), notice("2027-03-26", "B", tenant_ref="12")
    )
    assert "Hyresgäst 1 (ert nummer 11): [namn], delgavs 16 mars 2027" in text
    assert "Hyresgäst 2 (ert nummer 12): [namn], delgavs 26 mars 2027" in text
    assert "Åtagandet gäller hyran för alla hyresgäster i avtalet." in text
    assert "inte delgiven" not in text


def test_a_tenant_who_is_not_served_is_named_as_such() -> None:
    text = told(notice("2027-03-16", "A", tenant_ref="11"))
    assert "Hyresgäst 2 (ert nummer 12): [namn], är inte delgiven" in text
    assert "Minst en hyresgäst är inte delgiven" in text


def test_a_notice_that_names_no_tenant_was_served_on_both() -> None:
    text = told(notice("2027-03-16"))
    assert text.count("delgavs 16 mars 2027") == 2
    assert "inte delgiven" not in text
