"""What a household's income and rent mean beside the norm."""

from datetime import date

import pytest

from alerts.language.sentences import LANGUAGES, language
from models.law.riksnorm import norm
from models.law.riksnorm_check import check_against_norm
from models.law.riksnorm_household import NormHousehold
from tests.spoken import SV

NORM = norm(NormHousehold(on=date(2025, 10, 1), adults=1))  # 5 180 kr


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        check_against_norm(NORM, income_ore=-1, rent_ore=0)


def test_one_krona_below_the_norm_support_may_be_due_and_the_words_decide_nothing() -> None:
    check = check_against_norm(NORM, income_ore=1_317_900, rent_ore=800_000)
    assert check.margin_ore == -100
    assert check.may_be_entitled
    assert "kan ha rätt till ekonomiskt bistånd" in SV.say(check.said)
    assert "inget beslut" in SV.say(check.said)


def test_exactly_at_the_norm_the_words_still_point_to_other_needs_and_decide_nothing() -> None:
    check = check_against_norm(NORM, income_ore=1_318_000, rent_ore=800_000)
    assert check.margin_ore == 0
    assert not check.may_be_entitled
    assert "går det att ansöka" in SV.say(check.said)
    assert "inget beslut" in SV.say(check.said)


OTHER_COSTS = {
    "sv": ("hushållsel", "hemförsäkring", "arbetsresor", "fackförening", "a-kassa"),
    "en": ("electricity", "home insurance", "travel to work", "union", "unemployment fund"),
}


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("income_ore", [0, 9_000_000])
def test_below_and_above_the_norm_the_other_costs_are_asked_for_and_given_no_figure(
    name: str, income_ore: int
) -> None:
    check = check_against_norm(NORM, income_ore=income_ore, rent_ore=800_000)
    asked = language(name).say(check.ask)
    assert [cost for cost in OTHER_COSTS[name] if cost not in asked] == []
    assert not any(character.isdigit() for character in asked)
