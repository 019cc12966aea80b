from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.law.riksnorm import MissingFiguresError, norm
from models.law.riksnorm_figures import JANUARY_2025, PERIODS
from models.law.riksnorm_formula import common_costs_kr
from models.law.riksnorm_household import Child, HouseholdError, NormHousehold

AUTUMN = date(2025, 10, 1)


@pytest.mark.parametrize("year", [2024, 2027, 1999])
def test_a_year_without_figures_names_the_file_to_fill_in(year: int) -> None:
    with pytest.raises(MissingFiguresError, match=rf"{year}.*models/law/riksnorm_figures\.py"):
        norm(NormHousehold(year=year, adults=1))


def test_a_household_without_a_day_or_with_two_is_refused() -> None:
    for household in (
        NormHousehold(adults=1),
        NormHousehold(adults=1, on=AUTUMN, year=2025),
    ):
        with pytest.raises(HouseholdError, match="2026-03-01"):
            norm(household)


def test_a_year_asks_for_its_last_day() -> None:
    for year in (2025, 2026):
        by_year = norm(NormHousehold(year=year, adults=1))
        assert by_year == norm(NormHousehold(on=date(year, 12, 31), adults=1))


def test_a_shared_home_without_others_is_refused() -> None:
    with pytest.raises(HouseholdError, match="extra_household_members"):
        norm(NormHousehold(on=AUTUMN, adults=1, shared_home=True))


def test_a_child_over_twenty_is_refused() -> None:
    with pytest.raises(HouseholdError, match="no amount for a child of 21"):
        norm(NormHousehold(on=AUTUMN, adults=1, children=[Child(21)]))


def test_a_single_parent_with_two_children_as_worked_out_by_hand() -> None:
    household = NormHousehold(on=AUTUMN, adults=1, children=[Child(2, lunch_away=True), Child(12)])
    answer = norm(household)
    assert (answer.personal_kr, answer.common_kr, answer.total_kr) == (11040, 1770, 12810)
    assert [line.kr for line in answer.lines] == [3910, 2780, 4350, 1770]


@pytest.mark.parametrize(
    ("age", "kr", "kr_lunch_away"),
    [
        (0, 2720, 2540),
        (1, 3030, 2780),
        (2, 3030, 2780),
        (3, 2700, 2480),
        (4, 3030, 2700),
        (6, 3030, 2700),
        (7, 3790, 3790),
        (10, 3790, 3790),
        (11, 4350, 4350),
        (14, 4350, 4350),
        (15, 4920, 4920),
        (18, 4920, 4920),
        (19, 4960, 4960),
        (20, 4960, 4960),
    ],
)
def test_each_age_at_its_limits_with_and_without_lunch(
    age: int, kr: int, kr_lunch_away: int
) -> None:
    home = norm(NormHousehold(on=AUTUMN, adults=1, children=[Child(age)]))
    away = norm(NormHousehold(on=AUTUMN, adults=1, children=[Child(age, lunch_away=True)]))
    assert home.personal_kr - 3910 == kr
    assert away.personal_kr - 3910 == kr_lunch_away


@pytest.mark.parametrize(
    ("members", "kr"),
    [(1, 1270), (2, 1400), (3, 1770), (4, 2010), (5, 2310), (6, 2620), (7, 2810), (8, 3000)],
)
def test_common_costs_by_the_size_of_the_household(members: int, kr: int) -> None:
    assert common_costs_kr(members, JANUARY_2025) == kr


def test_a_couple_with_seven_children_adds_the_difference_for_each_beyond_seven() -> None:
    answer = norm(NormHousehold(on=AUTUMN, adults=2, children=[Child(8)] * 7))
    assert answer.common_kr == 2810 + 2 * 190
    assert answer.personal_kr == 7050 + 7 * 3790


def test_extra_members_count_in_the_size_but_not_in_the_personal_costs() -> None:
    answer = norm(NormHousehold(on=AUTUMN, adults=1, extra_household_members=2))
    assert (answer.personal_kr, answer.common_kr) == (3910, 1770)


@pytest.mark.parametrize(("extra", "share"), [(1, 700), (2, 590), (3, 503), (6, 401)])
def test_in_a_shared_home_an_adult_carries_the_share_of_one_head(extra: int, share: int) -> None:
    answer = norm(
        NormHousehold(on=AUTUMN, adults=1, extra_household_members=extra, shared_home=True)
    )
    assert (answer.personal_kr, answer.common_kr) == (3910, share)


@given(
    st.sampled_from([period.first_day for period in PERIODS]),
    st.sampled_from([1, 2]),
    st.lists(st.builds(Child, st.integers(0, 20), st.none() | st.booleans()), max_size=12),
    st.none() | st.integers(0, 9),
)
def test_the_lines_add_up_and_one_more_child_never_lowers_the_norm(
    day: date, adults: int, children: list[Child], extra: int | None
) -> None:
    def ask(of: list[Child]) -> int:
        household = NormHousehold(
            on=day,
            adults=2 if adults == 2 else 1,
            children=of,
            extra_household_members=extra,
        )
        answer = norm(household)
        assert sum(line.kr for line in answer.lines) == answer.total_kr
        assert answer.total_kr == answer.personal_kr + answer.common_kr
        return answer.total_kr

    assert ask([*children, Child(5)]) > ask(children)
