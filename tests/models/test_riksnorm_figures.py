"""The periods of the norm: which day has which figures, and that the figures are right."""

from collections.abc import Iterator
from datetime import date

import pytest

from models.law import riksnorm
from models.law.riksnorm import MissingFiguresError, norm, period_on
from models.law.riksnorm_figures import (
    JANUARY_2025,
    JANUARY_2026,
    KNOWN_THROUGH,
    PERIODS,
    Period,
)
from models.law.riksnorm_formula import Cost, Costs
from models.law.riksnorm_household import NormHousehold
from models.law.riksnorm_table import Figures
from models.phrase import Phrase


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 6, 1), date(2099, 12, 31)])
def test_a_day_after_the_known_ones_is_refused_with_what_why_and_how_to_mend(day: date) -> None:
    with pytest.raises(MissingFiguresError) as refused:
        period_on(day)
    said = str(refused.value)
    assert said.startswith(f"no riksnorm figures for {day}: ")
    assert "hold through 2026-12-31" in said
    assert "would change the computation itself from 2027-01-01" in said
    assert "Add the period to models/law/riksnorm_figures.py" in said


def test_the_day_before_the_first_period_is_refused_and_no_later_figures_are_used() -> None:
    with pytest.raises(MissingFiguresError, match=r"2024-12-31: .* in force from 2025-01-01"):
        period_on(date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        (date(2025, 1, 1), JANUARY_2025),
        (date(2025, 12, 31), JANUARY_2025),
        (date(2026, 1, 1), JANUARY_2026),
        (date(2026, 12, 31), JANUARY_2026),
    ],
)
def test_the_first_and_last_day_of_a_period_have_its_own_figures(
    day: date, figures: Figures
) -> None:
    assert period_on(day).figures is figures


def test_a_period_that_computes_in_another_way_does_so_from_its_first_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ten_a_head(household: NormHousehold, figures: Figures) -> Costs:
        return Costs([], Cost(Phrase("norm.common"), 10 * household.adults))

    reform = Period(date(2026, 7, 1), JANUARY_2026, ten_a_head)
    monkeypatch.setattr(riksnorm, "PERIODS", (*PERIODS, reform))
    assert norm(NormHousehold(on=date(2026, 6, 30), adults=1)).total_kr == 5220
    assert norm(NormHousehold(on=date(2026, 7, 1), adults=1)).total_kr == 10


@pytest.mark.parametrize(("adults", "total_kr"), [(1, 5220), (2, 8510)])
def test_the_norm_of_2026_agrees_with_the_sums_that_the_government_gave(
    adults: int, total_kr: int
) -> None:
    household = NormHousehold(on=date(2026, 1, 1), adults=2 if adults == 2 else 1)
    assert norm(household).total_kr == total_kr


def test_each_figure_of_2026_is_that_of_2025_times_1_007_rounded_up_to_the_next_ten() -> None:
    raised = [-(-kr * 1007 // 10_000) * 10 for kr in amounts(JANUARY_2025)]
    assert list(amounts(JANUARY_2026)) == raised


def test_each_person_beyond_seven_adds_190_in_both_periods() -> None:
    assert [period.figures.more_kr for period in PERIODS] == [190, 190]


def test_the_periods_come_in_order_and_the_last_has_begun_by_the_last_day_known() -> None:
    days = [period.first_day for period in PERIODS]
    assert days == sorted(set(days))
    assert days[-1] <= KNOWN_THROUGH


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: str(period.first_day))
def test_the_figures_of_a_period_cover_every_age_once_and_rise_with_the_household(
    period: Period,
) -> None:
    figures = period.figures
    ages = [age for band in figures.children for age in range(band.first, band.last + 1)]
    assert ages == list(range(21))
    assert list(figures.common_kr) == sorted(figures.common_kr)
    assert all(band.kr_lunch_away <= band.kr for band in figures.children)


def amounts(figures: Figures) -> Iterator[int]:
    """Every amount of a table, in one order."""
    for band in figures.children:
        yield band.kr
        yield band.kr_lunch_away
    yield figures.single_kr
    yield figures.couple_kr
    yield from figures.common_kr
