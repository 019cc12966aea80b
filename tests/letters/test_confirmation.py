"""The same-day confirmation: to Kronofogden, its copy, and the tenant's letter."""

from datetime import date

from alerts.letters import plain
from alerts.letters.plain import PAGE_BREAK
from alerts.letters.write import Letter
from tests.letters.samples import SCHEDULED, TOLD, at, letter
from tests.letters.test_every_letter import words
from tests.papers import eviction

NAME = "confirm-eviction"
EARLY = eviction("scheduled", "2027-04-01", "2027-05-10")


def sheets(found: Letter) -> list[str]:
    return [words(sheet) for sheet in plain.render(found.document).split(PAGE_BREAK)]


def test_it_names_the_caseworker_the_day_and_the_law() -> None:
    found = letter(NAME, at("2027-05-21", *SCHEDULED))
    assert found.to == "Kronofogden"
    assert found.last_day == date(2027, 5, 21)
    assert "2025:468" in found.legal_basis
    confirmation, _, _ = sheets(found)
    for part in (
        "Ansvarig handläggare: Maria Andersson",
        "Telefon: 08-465 004 01",
        "Avhysningsdag: 22 juni 2027",
        "socialtjänstförordningen",
    ):
        assert part in confirmation


def test_the_tenants_copy_is_the_confirmation_itself() -> None:
    confirmation, _, copy = sheets(letter(NAME, at("2027-05-21", *SCHEDULED)))
    title = "BEKRÄFTELSE AV UNDERRÄTTELSE OM AVHYSNING"
    assert title in confirmation
    assert copy == confirmation.replace(title, f"KOPIA: {title}")


def test_the_tenants_letter_says_what_is_planned_whom_to_call_and_asks_for_children() -> None:
    _, to_tenant, _ = sheets(letter(NAME, at("2027-05-21", *SCHEDULED)))
    for part in (
        "Kronofogden planerar en avhysning (vräkning) den 22 juni 2027.",
        "Vår bekräftelse bifogas.",
        "Ring Maria Andersson på 08-465 004 01",
        "Bor det barn hos dig",
        "överenskommelse med hyresvärden kan ännu rädda hemmet",
        "Obetald hyra: 8 000 kr",
        "du väljer själv om du vill ta emot hjälp",
        "inte juridisk rådgivning",
    ):
        assert part in to_tenant


def test_the_tenant_is_told_the_last_day_to_pay_while_there_is_one() -> None:
    _, to_tenant, _ = sheets(letter(NAME, at("2027-04-01", *TOLD, EARLY)))
    assert "Betalar du senast 14 april 2027 får du bo kvar" in to_tenant
    assert "Betala precis: 8 000 kr" in to_tenant


def test_late_it_is_written_and_the_caseworker_told_to_hurry() -> None:
    found = letter(NAME, at("2027-05-25", *SCHEDULED))
    assert found.notes[0].endswith("Skicka den genast.")


def test_received_on_a_saturday_it_names_the_outer_limit() -> None:
    received = eviction("scheduled", "2027-05-22", "2027-06-22")
    found = letter(NAME, at("2027-05-22", *TOLD, received))
    assert found.last_day == date(2027, 5, 24)
    assert "i dag" in found.notes[0]
