"""What the form of the income-support check holds, and the household and the money it means."""

import re
from collections.abc import Mapping

from msgspec import Struct

from alerts.web.ask import Ask
from alerts.web.case.telling import day_of_field
from alerts.web.faults import Wrong
from models.law.riksnorm import MissingFiguresError, Norm, norm
from models.law.riksnorm_check import NormCheck, check_against_norm
from models.law.riksnorm_figures import KNOWN_THROUGH, PERIODS
from models.law.riksnorm_household import OLDEST_CHILD, Child, NormHousehold

INCOMES = ("work", "benefit", "child", "other")
FIELDS = ("on", "adults", "ages", "ages_away", "extra", "shared", "rent", *INCOMES)
_KRONOR = re.compile(r"([0-9]{1,7})(?:[,.]([0-9]{1,2}))?", re.ASCII)
_MOST_CHILDREN, _MOST_EXTRA = 20, 50


class Checked(Struct, frozen=True):
    """The norm, and, where incomes were given, what is left of them; öre a month."""

    norm: Norm
    income_ore: int | None
    rent_ore: int
    check: NormCheck | None


def checked(ask: Ask) -> Checked:
    """The answer to the form. `Wrong` for what cannot be reckoned with, in words."""
    household = _household(ask)
    try:
        found = norm(household)
    except MissingFiguresError:
        raise Wrong(_no_figures(ask, household)) from None
    incomes = [_ore(ask, name) for name in INCOMES]
    rent = _ore(ask, "rent") or 0
    if all(income is None for income in incomes):
        return Checked(found, None, rent, None)
    income = sum(income or 0 for income in incomes)
    return Checked(found, income, rent, check_against_norm(found, income_ore=income, rent_ore=rent))


def fields(ask: Ask, first: Mapping[str, str]) -> dict[str, str]:
    """What the form holds: what was given, or what stands there at first."""
    if not ask.form:
        return {name: first.get(name, "") for name in FIELDS}
    return {name: ask.given(name)[:100] for name in FIELDS}


def _household(ask: Ask) -> NormHousehold:
    adults, extra = ask.given("adults"), ask.given("extra") or "0"
    day = day_of_field(ask, "on")
    if day is None:
        raise Wrong(ask.say("act_form.date_missing"))
    if adults not in ("1", "2"):
        raise Wrong(ask.say("norm_page.adults_missing"))
    if not _is_number(extra) or int(extra) > _MOST_EXTRA:
        raise Wrong(ask.say("norm_page.no_extra", most=_MOST_EXTRA))
    shared = bool(ask.given("shared"))
    if shared and not int(extra):
        raise Wrong(ask.say("norm_page.shared_alone"))
    return NormHousehold(
        on=day,
        adults=1 if adults == "1" else 2,
        children=[*_children(ask, "ages", False), *_children(ask, "ages_away", True)],
        extra_household_members=int(extra),
        shared_home=shared,
    )


def _children(ask: Ask, name: str, away: bool) -> list[Child]:
    """Ages with commas or spaces between them."""
    given = re.split(r"[\s,;]+", ask.given(name))
    ages = [age for age in given if age and age.lower() not in ("och", "and")]
    if not all(_is_number(age) and int(age) <= OLDEST_CHILD for age in ages):
        raise Wrong(ask.say("norm_page.no_age", oldest=OLDEST_CHILD))
    if len(ages) > _MOST_CHILDREN:
        raise Wrong(ask.say("norm_page.many_children", most=_MOST_CHILDREN))
    return [Child(int(age), away) for age in ages]


def _is_number(text: str) -> bool:
    return re.fullmatch("[0-9]{1,3}", text, re.ASCII) is not None


def _ore(ask: Ask, name: str) -> int | None:
    """An amount in kronor as people write it, '12 500,50'; None where the field is empty."""
    given = ask.given(name)
    bare = re.sub(r"\s|kr$", "", given)
    if not bare:
        return None
    found = _KRONOR.fullmatch(bare)
    if found is None:
        raise Wrong(ask.say("norm_page.no_amount", given=given[:40]))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _no_figures(ask: Ask, household: NormHousehold) -> str:
    if household.day > KNOWN_THROUGH:
        return ask.say("norm_page.not_yet", on=household.day, through=KNOWN_THROUGH)
    return ask.say("norm_page.too_early", on=household.day, first=PERIODS[0].first_day)
