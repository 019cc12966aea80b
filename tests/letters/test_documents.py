"""Payment plan, rent guarantee and housing plan: what is known, and what is to be written in."""

from datetime import date

import pytest

from alerts.commands.map_case import CAUSES, EFFORTS, NEEDS
from alerts.letters import pdf, plain
from models.contract import facts
from tests.builders import registered, say
from tests.letters.samples import LANGUAGES, LATE, TOLD, at, given, letter, sample, templates
from tests.letters.test_every_letter import words

PLAN = say(
    facts.PlanAgreed,
    plan_id="1",
    instalments=[
        {"due_on": "2027-03-31", "amount_ore": 400_050},
        {"due_on": "2027-04-30", "amount_ore": 399_950},
    ],
)


def said(name: str, on: str, *events: object, **fills: str) -> str:
    found = letter(name, at(on, *events), given(**fills))  # type: ignore[arg-type]
    return words(plain.render(found.document))


def test_a_plan_that_is_known_has_its_instalments_to_the_ore() -> None:
    text = said("payment-plan", "2027-03-10", *LATE, PLAN)
    assert "Planen gäller: 8 000 kr" in text
    assert "1 31 mars 2027 4 000,50 kr" in text
    assert "2 30 april 2027 3 999,50 kr" in text


def test_a_plan_to_be_agreed_has_room_for_six_instalments() -> None:
    text = said("payment-plan", "2027-03-10", *LATE)
    assert "Obetald hyra i dag: 8 000 kr" in text
    assert "6 [] []" in text
    assert "Avtalet är uppsagt" not in text


def test_after_a_notice_a_plan_says_that_it_does_not_save_the_home_by_itself() -> None:
    text = said("payment-plan", "2027-04-01", *TOLD)
    assert "Planen räcker inte för att få bo kvar, om inte hela hyran är betald senast" in text
    assert "[Hyresvärden: uppsägningen gäller inte längre. Datum och underskrift]" in text


def test_a_guarantee_says_how_much_for_how_long_and_what_it_covers_and_not() -> None:
    fills = {"limit": "24 000 kr", "months": "3", "valid_from": "1 april 2027", "landlord": "AB X"}
    text = said("rent-guarantee", "2027-03-10", *LATE, **fills)
    for part in (
        "Hyresvärd: AB X, 559990-0013",
        "Månadshyra i dag: 8 000 kr",
        "Högsta belopp: 24 000 kr",
        "Högst antal månadshyror: 3",
        "Gäller från och med: 1 april 2027",
        "Gäller till och med: [dag]",
        "GARANTIN TÄCKER INTE",
    ):
        assert part in text
    assert "24 000 kr" in words(" ".join(sample("rent-guarantee").notes))


def test_a_guarantee_of_the_register_stands_in_its_letter_without_being_typed() -> None:
    given_ = say(
        facts.GuaranteeGiven, guarantee_id="G1", on="2027-03-05", by="Vera", starts_on="2027-04-01",
        ends_on="2028-03-31", months_of_rent=3,
    )  # fmt: skip
    text = said("rent-guarantee", "2027-03-10", *LATE, given_)
    for part in (
        "Högsta belopp: 24 000 kr",
        "Högst antal månadshyror: 3",
        "Gäller från och med: 1 april 2027",
        "Gäller till och med: 31 mars 2028",
    ):
        assert part in text
    typed = said("rent-guarantee", "2027-03-10", *LATE, given_, valid_to="30 juni 2027")
    assert "Gäller till och med: 30 juni 2027" in typed


def test_a_guarantee_of_the_register_that_is_over_leaves_its_letter_blank() -> None:
    given_ = say(
        facts.GuaranteeGiven, guarantee_id="G1", on="2026-03-05", by="Vera", starts_on="2026-03-01",
        ends_on="2027-02-28", limit_ore=2_400_000,
    )  # fmt: skip
    text = said("rent-guarantee", "2027-03-10", *LATE, given_)
    assert "Högsta belopp: [kronor]" in text
    assert "Gäller från och med: [dag]" in text


def test_a_housing_plan_has_three_parties_goals_support_and_the_next_review() -> None:
    review = registered(review_on=date(2027, 9, 1), kind="trial")
    text = said("housing-plan", "2027-03-10", review, *LATE[1:])
    assert "Planen ses över: 1 september 2027" in text
    for part in ("[Den som bor här, datum]", "[Hyresvärden, datum]", "[Kommunen, datum]", "[Mål",
                 "[Stöd"):  # fmt: skip
        assert part in text


MAPPED = say(
    facts.CaseMapped, on="2027-02-11", by="Vera", causes=["forgotten", "in_record"],
    efforts=["paid_part"], needs=["payment_plan", "direct_debit"],
)  # fmt: skip
CONSENT = say(facts.ConsentGiven, on="2027-02-11", scope="municipality_to_landlord")


def test_what_was_mapped_stands_in_the_plan_when_the_landlord_may_know_it() -> None:
    text = said("housing-plan", "2027-03-10", *LATE, MAPPED, CONSENT)
    assert "Varför hyran blev sen: hyran glömdes Det som den som bor här redan gör" in text
    assert "Stöd som vi har talat om: autogiro eller e-faktura, en betalningsplan" in text
    assert "journal" not in text


def test_without_consent_what_was_mapped_is_told_the_caseworker_and_stands_in_no_plan() -> None:
    found = letter("housing-plan", at("2027-03-10", *LATE, MAPPED))
    assert "glömdes" not in plain.render(found.document)
    notes = words(" ".join(found.notes))
    assert "alla hyresgäster har inte sagt ja" in notes
    assert (
        "hyran glömdes, har betalat en del, autogiro eller e-faktura, en betalningsplan." in notes
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_with_as_much_mapped_as_can_be_is_still_one_page(language: str) -> None:
    every = say(
        facts.CaseMapped, on="2027-02-11", by="Vera", causes=CAUSES[2:7],
        efforts=EFFORTS[1:6], needs=NEEDS[1:6],
    )  # fmt: skip
    found = letter("housing-plan", at("2027-03-10", *LATE, every, CONSENT), language=language)
    assert pdf.pages(found.document, templates(language)) == 1


def test_a_review_that_has_passed_is_a_blank() -> None:
    text = said("housing-plan", "2027-03-10", registered(review_on=date(2027, 1, 1)), *LATE[1:])
    assert "Planen ses över: [dag]" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["rent-guarantee", "housing-plan"])
def test_neither_visits_sobriety_nor_treatment_are_conditions_of_the_home(
    name: str, language: str
) -> None:
    text = words(plain.render(sample(name, language).document))
    wanted = {
        "sv": ("besök, nykterhet eller behandling är aldrig ett villkor",
               "inga villkor om besök, nykterhet eller behandling"),
        "en": ("visits, sobriety or treatment are never a condition",
               "no conditions of visits, sobriety or treatment"),
    }  # fmt: skip
    assert any(part in text for part in wanted[language])
