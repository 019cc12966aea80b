"""Why a task stands where it stands in the list, in one sentence."""

from datetime import date, timedelta

from alerts.cases.describe import doing
from alerts.cases.household_said import household
from alerts.cases.law_steps import running_step, standing_steps
from alerts.cases.rent_known import is_never_told
from alerts.cases.rent_said import rent_said
from alerts.cases.situation import Situation
from models.phrase import Phrase, phrase
from models.standing.acts import is_raised
from models.standing.disturbances import disturbances

_DAY = timedelta(days=1)
_NAMED = {  # by what they are about
    "assumed": "pay_assumed_rent",
    "habit": "late_habit",
    "person": "person",
    "review": "review",
    "new_lease": "new_lease",
    "guarantee": "guarantee",
    "handover": "handover",
}
_OF_LATE_RENT = ("more_than_a_week_late", "late")


def why(situation: Situation, due_by: date, rule: str, step: str) -> Phrase:
    """The sentence for a task of `step` that `rule` put into its band."""
    home, matter = _home(situation), doing(situation, step).matter
    named = _NAMED.get(matter)
    if rule == "legal_day_is_near":
        return _near(situation, step, named, home)
    if rule == "law_is_running":
        return _running(situation, home)
    if rule == "clock_is_running_out":
        passed = due_by < situation.today
        name = "clock_has_run_out" if passed else "clock_is_running_out"
        return phrase(f"rank.{name}", on=due_by, household=home)
    if matter == "disturbance":
        return phrase("rank.disturbances", on=_disturbed_on(situation), household=home)
    if rule in _OF_LATE_RENT and named is None:
        return _late(situation, rule, home)
    return phrase(f"rank.{named or rule}", household=home)


def _home(situation: Situation) -> Phrase:
    """The household, by which the task stands in its group, or that a caseworker has put it into
    the first: a rank explains itself. Why it was put first stays inside the case."""
    home = household(situation)
    return phrase("rank.raised", household=home) if is_raised(situation.lease) else home


def legal_day(situation: Situation, step: str) -> tuple[date, str] | None:
    """The nearest day of the law that a task of `step` is about, with its name: the confirmation's
    day is no other task's."""
    if step == "aftercare":
        return None
    is_confirming = step == "confirm_eviction"
    for day, name in situation.dates:
        if (name == "confirm_by") == is_confirming:
            return day, name
    return None


def _near(situation: Situation, step: str, named: str | None, home: Phrase) -> Phrase:
    if doing(situation, step).matter == "disturbance":
        return phrase("rank.disturbances", on=_disturbed_on(situation), household=home)
    if named is not None:
        return phrase(f"rank.{named}", household=home)
    found = legal_day(situation, step)
    if found is None:
        return _running(situation, home)
    day, name = found
    over = "legal_day_is_over" if day < situation.today else "legal_day_is_near"
    return phrase(f"rank.{over}", name=f"legal_date.{name}", on=day, household=home)


def _running(situation: Situation, home: Phrase) -> Phrase:
    """The newest step of the law that runs, with its day; just after the last day, that it was."""
    legal = situation.legal
    if legal.payment_known_on is not None and not standing_steps(situation):
        on, name = legal.recovery_on, "legal_date.recovery_on"
        return phrase("rank.legal_day_is_over", name=name, on=on, household=home)
    step = running_step(situation)
    if step is None:
        return _none_late(situation, home)
    return phrase("rank.law_step", step=step, household=home)


def _disturbed_on(situation: Situation) -> date | None:
    """The newest report of disturbances, or message of them to the board."""
    told = situation.legal.board_told_on
    days = disturbances(situation.lease, situation.today) + ([told] if told else [])
    return max(days, default=None)


def _late(situation: Situation, rule: str, home: Phrase) -> Phrase:
    arrears = situation.arrears
    if arrears.late:
        rent = rent_said(arrears.late)
        return phrase(f"rank.{rule}_rent", rent=rent, since=arrears.since, household=home)
    if arrears.disputed:
        line = arrears.disputed[0]
        since = line.last_day + _DAY
        return phrase("rank.disputed_rent", period=line.span, since=since, household=home)
    return _none_late(situation, home)


def _none_late(situation: Situation, home: Phrase) -> Phrase:
    """That no rent is late, where any is known."""
    return phrase("rank.untold" if is_never_told(situation) else "rank.waits", household=home)
