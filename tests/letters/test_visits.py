"""The letters that announce a visit: what they say of rent, and of how we know."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from alerts.letters import plain
from models.contract import facts
from models.contract.events import Event
from tests.builders import days, invoiced, paid, registered, say
from tests.letters.samples import DISTURBED, LANGUAGES, LATE, SERVED, TOLD, at, given, letter
from tests.letters.test_every_letter import words
from tests.papers import message, notice

OF_RENT = {
    "sv": r"\bhyra(n|s|ns|rna)?\b|skuld|betal|krono(r|fogden)",
    "en": r"\brent|debt|\bpa(y|id)",
}


def said(name: str, on: str, *events: object, language: str = "sv", **fills: str) -> str:
    found = letter(name, at(on, *events), given(**fills), language)  # type: ignore[arg-type]
    return words(plain.render(found.document))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rent", [[], LATE[1:]], ids=["paid", "late"])
def test_a_disturbance_has_no_word_of_rent_or_debt(language: str, rent: list[object]) -> None:
    text = said("visit-disturbance", "2027-03-12", *DISTURBED, *rent, language=language)
    assert re.findall(OF_RENT[language], text, re.IGNORECASE) == []


def test_a_disturbance_asks_for_the_tenants_view_and_says_nothing_of_what_happened() -> None:
    text = said("visit-disturbance", "2027-03-12", *DISTURBED)
    assert "vill vi höra hur du ser på det" in text
    assert "Din hyresvärd har berättat för oss att störningar har anmälts" in text
    assert "noise" not in text
    assert "uppsägning" not in text


def test_told_by_the_law_the_disturbance_letter_names_the_law_and_the_notice() -> None:
    told = say(facts.CouncilNotified, matter="disturbance", sent_on="2027-03-01", how="registered")
    served = say(facts.NoticeServed, notice_id="N9", served_on="2027-03-11", reason="disturbance")
    text = said("visit-disturbance", "2027-03-12", *DISTURBED, told, served)
    assert "12 kap. 25 a § jordabalken" in text
    assert "fick du en uppsägning 11 mars 2027" in text


def test_a_visit_is_gladly_made_and_the_exact_rent_stands_there() -> None:
    text = said("visit-arrears", "2027-03-10", *LATE, account="bankgiro 123-4567", ocr="12344")
    for part in (
        "Vi kommer gärna hem till dig [dag och tid]",
        "Besöket är frivilligt.",
        "Betala precis: 8 000 kr",
        "Till konto: bankgiro 123-4567",
        "OCR-nummer: 12344",
        "Din hyresvärd har berättat för oss att hyran inte har kommit in.",
    ):
        assert part in text


def bill(period: str, **data: str) -> Event:
    event = invoiced(period)
    return replace(event, data=replace(event.data, **data))


def test_the_landlords_account_and_reference_stand_there_without_being_typed() -> None:
    march = bill("2027-03", account="bg 5050-1055", ocr="10 4220 264")
    text = said("visit-arrears", "2027-03-10", *LATE[:-1], march)
    assert "Till konto: bankgiro 5050-1055 OCR-nummer: 104220264" in text
    typed = said("visit-arrears", "2027-03-10", *LATE[:-1], march, ocr="18")
    assert "Till konto: bankgiro 5050-1055 OCR-nummer: 18" in typed


def test_an_account_that_does_not_check_leaves_room_to_write() -> None:
    march = bill("2027-03", account="bg 5050-1056", ocr="104220260")
    text = said("visit-arrears", "2027-03-10", *LATE[:-1], march)
    assert "Till konto: [hyresvärdens konto, ur formulär 3 eller avin]" in text
    assert "OCR-nummer: [ur avin]" in text


def test_rents_with_references_of_their_own_have_each_beside_its_sum() -> None:
    bills = bill("2027-03", account="5050-1055", ocr="18"), bill("2027-04", ocr="26")
    known = registered(account="5050-1055")
    text = said("visit-arrears", "2027-04-12", known, *LATE[1:-1], *bills)
    for part in (
        "Hyra för mars 2027: 8 000 kr, OCR 18",
        "Hyra för april 2027: 8 000 kr, OCR 26",
        "Till konto: bankgiro 5050-1055",
        "OCR-nummer: se varje hyra ovan, och betala dem var för sig",
    ):
        assert part in text
    half = said("visit-arrears", "2027-04-12", known, *LATE[1:-1], bills[0], invoiced("2027-04"))
    assert "Hyra för mars 2027: 8 000 kr, OCR 18" in half
    assert "OCR-nummer: [ur avin]" in half


def test_the_sum_is_to_the_ore_and_rent_alone() -> None:
    parking = say(facts.RentInvoiced, invoice_id="P", period="2027-03", due_on="2027-02-28",
                  amount_ore=30_000, lines=[{"kind": "parking", "amount_ore": 30_000}])  # fmt: skip
    text = said("visit-arrears", "2027-03-10", *LATE, parking, paid("2027-03-01", ore=123_456))
    assert "Betala precis: 6 765,44 kr" in text


def test_after_a_notice_the_rent_due_before_it_saves_the_home_until_the_last_day() -> None:
    text = said("visit-arrears", "2027-04-06", *TOLD, invoiced("2027-04"))
    assert "Betalar du senast 14 april 2027 får du bo kvar" in text
    assert "Betala precis: 8 000 kr" in text
    assert "12 kap. 44 § jordabalken). Vi fick veta det 24 mars 2027" in text


def test_with_a_notice_for_disturbances_too_it_does_not_promise_the_home() -> None:
    other = say(facts.NoticeServed, notice_id="N9", served_on="2027-03-24", reason="disturbance")
    text = said("visit-arrears", "2027-04-01", *TOLD, other)
    assert "får du bo kvar, som vi räknar" not in text
    assert "kan du inte förlora hemmet för den här hyran" in text


@pytest.mark.parametrize(
    ("on", "part"),
    [
        ("2027-04-16", "även om pengarna inte har kommit fram än"),
        ("2027-04-19", "överenskommelse med hyresvärden kan ännu rädda hemmet"),
    ],
)
def test_the_time_is_called_over_only_when_bookings_have_come(on: str, part: str) -> None:
    assert part in said("visit-arrears", on, *TOLD)


def test_with_notice_but_no_message_to_the_board_the_time_has_not_run_out() -> None:
    text = said("visit-arrears", "2027-03-25", *SERVED)
    assert "har inte gått ut" in text
    assert "att du är uppsagd för obetald hyra" in text


def test_the_referral_says_nothing_of_why_and_has_the_phone() -> None:
    text = said("referral", "2027-03-10", *LATE, hours="vardagar 9-11")
    assert "Ring: 08-465 004 01" in text
    assert "Telefontid: vardagar 9-11" in text
    assert "8 000" not in text
    assert "störning" not in text.lower()


def test_the_referral_names_the_last_talk() -> None:
    how: dict[str, Any] = {
        "by": "landlord",
        "direction": "outbound",
        "channel": "visit",
        "reached": True,
    }
    met = say(facts.TenantContacted, on="2027-03-05", **how)
    assert "när ni talades vid 5 mars 2027" in said("referral", "2027-03-10", *LATE, met)


def test_an_application_for_two_tenants_changes_nothing_in_the_visit() -> None:
    two = registered(tenants=[facts.Tenant("1", 1980), facts.Tenant("2", 1982)])
    served = notice("2027-03-24", tenant_ref="1")
    rest = [*LATE[1:], *days("2027-02-11", "2027-03-23"), served]
    assert "Betala precis: 8 000 kr" in said("visit-arrears", "2027-04-01", two, *rest)


FORM_3 = [*LATE, *days("2027-02-11", "2027-03-23"), message("2027-03-24")]


def test_form_3_alone_is_how_we_know_and_leaves_three_weeks_at_least() -> None:
    text = said("visit-arrears", "2027-04-14", *FORM_3)
    assert "12 kap. 44 § jordabalken). Vi fick veta det 24 mars 2027" in text
    assert "har inte gått ut" in text
    assert "innan du har fått en uppsägning" not in text


def test_when_nobody_knows_the_day_it_is_said_and_not_guessed() -> None:
    text = said("visit-arrears", "2027-04-15", *FORM_3)
    assert "Vi vet inte när tiden att betala och få bo kvar tar slut." in text


def test_after_an_eviction_is_applied_for_there_is_no_talk_of_a_notice_to_come() -> None:
    s = at("2027-03-26", *LATE, say(facts.EvictionApplied, on="2027-03-25"))
    assert "innan du har fått en uppsägning" not in words(
        plain.render(letter("visit-arrears", s).document)
    )


def test_what_the_law_tells_may_become_a_letter_although_the_tenant_objects() -> None:
    objects = say(facts.ObjectionMade, scope="early_signal", on="2027-03-01")
    said("visit-arrears", "2027-04-01", *FORM_3, objects)
    said("visit-arrears", "2027-03-26", *LATE, say(facts.EvictionApplied, on="2027-03-25"), objects)


# A tenant who has died

DEAD = [*TOLD, say(facts.LeaseEnded, ended_on="2027-03-28", reason="death")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_after_a_death_is_written_to_the_dead(language: str) -> None:
    found = letter("visit-arrears", at("2027-04-01", *DEAD), given(), language)
    to = {"sv": "Till den som bor i hemmet", "en": "To whoever lives in the home"}
    assert found.to == to[language]
    assert ("avlidit" if language == "sv" else "has died") in found.notes[0]
    assert "Betalar du senast" not in plain.render(found.document)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["assume-rent", "referral", "payment-plan", "housing-plan"])
def test_every_letter_after_a_death_first_warns_who_writes_it(name: str, language: str) -> None:
    found = letter(name, at("2027-04-01", *DEAD), given(), language)
    assert ("avlidit" if language == "sv" else "has died") in found.notes[0]
    signed = "Hyresgästen: datum och underskrift", "The tenant: date and signature"
    assert not set(signed) & set(found.blanks)


def test_a_letter_to_the_living_has_no_word_of_a_death() -> None:
    found = letter("visit-arrears", at("2027-04-01", *TOLD), given())
    assert found.to == "hyresgästens namn"
    assert not [note for note in found.notes if "avlidit" in note]
