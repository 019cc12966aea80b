"""Whom the municipality puts first, at the edges of the ages; unknown is never none."""

from datetime import date
from typing import Any

import pytest

from models.contract.facts import Child, Tenant
from models.lease.groups import Group, group, has_children, has_impossible_age, has_old, has_young
from models.lease.state import Household

DAY = date(2026, 6, 15)
NEW_YEARS_EVE = date(2026, 12, 31)


def home(birth_year: int | None = 1980, **fields: Any) -> Household:
    return Household(known="yes", tenants=[Tenant("1", birth_year)], **fields)


def child(birth_year: int, day: date = DAY) -> bool:
    return has_children(home(children=[Child(birth_year)]), day)


def young(birth_year: int, day: date = DAY) -> bool:
    return has_young(home(birth_year), day)


def old(birth_year: int, day: date = DAY) -> bool:
    return has_old(home(birth_year), day)


def test_a_person_who_turns_18_this_year_may_still_be_a_child_until_new_years_eve() -> None:
    assert child(2008)
    assert child(2008, date(2026, 12, 30))
    assert not child(2008, NEW_YEARS_EVE)
    assert child(2009, NEW_YEARS_EVE)


def test_a_person_who_turned_18_last_year_is_no_child() -> None:
    assert not child(2007)
    assert not child(2007, date(2026, 1, 1))


def test_a_tenant_who_turns_26_this_year_may_still_be_25_until_new_years_eve() -> None:
    assert young(2000)
    assert young(2000, date(2026, 12, 30))
    assert not young(2000, NEW_YEARS_EVE)
    assert young(2001, NEW_YEARS_EVE)
    assert not young(1999)


def test_a_tenant_who_turns_66_this_year_may_be_over_65_from_new_years_day() -> None:
    assert old(1960, date(2026, 1, 1))
    assert old(1960)
    assert not old(1961)
    assert not old(1961, NEW_YEARS_EVE)
    assert old(1961, date(2027, 1, 1))


@pytest.mark.parametrize("living", ["permanent", "alternating", "visiting"])
def test_a_child_counts_however_much_of_the_time_it_lives_there(living: Any) -> None:
    assert group(home(children=[Child(2020, living)]), DAY) is Group.CHILDREN


def test_a_subtenants_child_counts_too() -> None:
    assert group(home(sublet_children=True), DAY) is Group.CHILDREN


def test_a_household_that_nobody_knows_is_not_one_without_children() -> None:
    unknown = Household(known="unknown", tenants=[Tenant("1", 1980)])
    assert group(unknown, DAY) is Group.YOUNG_OLD_OR_UNKNOWN
    refused = Household(known="no", tenants=[Tenant("1", 1980)])
    assert group(refused, DAY) is Group.YOUNG_OLD_OR_UNKNOWN


def test_a_tenant_of_unknown_age_may_be_young_or_old() -> None:
    assert group(home(None), DAY) is Group.YOUNG_OLD_OR_UNKNOWN
    nobody = Household(known="yes", tenants=[])
    assert group(nobody, DAY) is Group.YOUNG_OLD_OR_UNKNOWN


def test_only_a_household_known_to_have_no_children_and_no_one_young_or_old_comes_last() -> None:
    assert group(home(), DAY) is Group.OTHERS
    assert group(home(2004), DAY) is Group.YOUNG_OLD_OR_UNKNOWN
    assert group(home(1950), DAY) is Group.YOUNG_OLD_OR_UNKNOWN


def test_children_come_before_young_and_old() -> None:
    assert group(home(2004, children=[Child(2024)]), DAY) is Group.CHILDREN
    assert Group.CHILDREN < Group.YOUNG_OLD_OR_UNKNOWN < Group.OTHERS


def test_one_young_tenant_of_two_is_enough() -> None:
    both = Household(known="yes", tenants=[Tenant("1", 1980), Tenant("2", 2003)])
    assert has_young(both, DAY)
    assert not has_old(both, DAY)


@pytest.mark.parametrize("born", [2027, 2062, 1904, 1909, 1880])
def test_a_tenant_who_cannot_be_born_then_is_of_unknown_age_and_neither_young_nor_old(
    born: int,
) -> None:
    assert not young(born)
    assert not old(born)
    assert has_impossible_age(home(born), DAY)
    assert group(home(born), DAY) is Group.YOUNG_OLD_OR_UNKNOWN


def test_a_tenant_may_be_born_this_year_and_be_115() -> None:
    assert not has_impossible_age(home(2026), DAY)
    assert old(1910)
    assert not has_impossible_age(home(1910), DAY)
    assert has_impossible_age(home(1910), NEW_YEARS_EVE)


@pytest.mark.parametrize("born", [2027, 2062, 1919, 1979, 2004])
def test_a_child_who_cannot_be_one_leaves_the_household_unknown_and_never_last(born: int) -> None:
    listed = home(children=[Child(born)])
    assert not child(born)
    assert has_impossible_age(listed, DAY)
    assert group(listed, DAY) is Group.YOUNG_OLD_OR_UNKNOWN
    assert group(home(children=[Child(born), Child(2020)]), DAY) is Group.CHILDREN


def test_a_child_of_20_at_school_is_a_known_age() -> None:
    assert not has_impossible_age(home(children=[Child(2005)]), DAY)
    assert group(home(children=[Child(2005)]), DAY) is Group.OTHERS


def test_a_child_who_has_grown_up_since_it_was_told_of_is_no_slip() -> None:
    grown = home(children=[Child(2004)], told_on=date(2021, 3, 1))
    assert not has_impossible_age(grown, DAY)
    assert group(grown, DAY) is Group.OTHERS
    assert has_impossible_age(home(children=[Child(1919)], told_on=date(2021, 3, 1)), DAY)
