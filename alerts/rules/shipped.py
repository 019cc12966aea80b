"""The rules that this program was shipped with, read off the constants that decide."""

from datetime import date, timedelta
from types import ModuleType
from typing import Any

from alerts.cases import duties, follow_up, outreach, priority, situation, waking
from alerts.fold import early_days, feeds, held, landlord_news
from alerts.playbooks import audience, check, clocks, following, triggers
from alerts.playbooks.towns import Towns
from alerts.rules.rules import FOLD, Rules, digest
from models.contract import days_ahead, facts, form3, form3_reading
from models.law import booking_lag, statute, weekdays
from models.lease import groups, ledger, slips, trifles, whose
from models.lease.handlers import kept, rent
from models.risk import bills, by_model, reading, scorecard, scorer, steps
from models.standing import (
    arrears,
    board_message,
    consent,
    disturbances,
    guarantees,
    habit,
    message_alone,
    objections,
)

# Digests of rules whose own release stops on a log that this one folds. Such a release cannot come
# to the change that `bokvar upgrade` publishes: this one folds on for it, from where it stands.
MENDED: tuple[str, ...] = ()
# Every constant that has a part in what becomes of a log; a test holds this list to the modules.
DECIDING: dict[ModuleType, tuple[str, ...]] = {
    duties: ("SECURE_AFTER", "DECIDE_BEFORE", "AFTERCARE_AFTER", "RAISED_AFTER"),
    outreach: ("ADVICE_AFTER", "PAY_AFTER", "HABIT_AFTER", "HABIT_MUTED"),
    follow_up: ("FOLLOW_UP",),
    situation: ("SOON", "CONFIRMING", "AFTERCARE_FOR"),
    clocks: ("ROUND_AFTER",),
    audience: ("SMALL_PART",),
    triggers: ("PHONED_BEFORE",),
    check: ("MEETS",),
    following: ("_RESTS",),
    consent: ("TO_LANDLORD",),
    guarantees: ("ENDS_SOON", "ASKED_FOR"),
    landlord_news: ("MET",),
    habit: ("HABIT_RENTS",),
    objections: ("EARLY_SIGNAL",),
    waking: ("HELD_DAYS", "FORGOTTEN_AFTER", "REVIEW_BEFORE", "NEW_FOR"),
    early_days: ("CLOCKS_DIFFER", "FIRST_AHEAD"),
    priority: ("RUNNING_OUT", "OVER_POINTS"),
    arrears: ("PLAN_PAUSE",),
    booking_lag: ("GRACE",),
    message_alone: ("MESSAGE_ALONE",),
    disturbances: ("DISTURBANCE_FRESH",),
    board_message: ("BEFORE",),
    groups: ("CHILD_UNDER", "YOUNG_UP_TO", "OLD_OVER", "OLDEST", "CHILD_UP_TO"),
    whose: ("RENT_BEFORE",),
    held: ("MOST_HELD",),
    ledger: ("HOLD_DAYS",),
    trifles: ("TRIFLE",),
    kept: ("KEPT_SIGNALS",),
    rent: ("DROP_AFTER",),
    slips: ("SLIP",),
    facts: ("MAX_ORE",),
    days_ahead: (
        *("HAPPENED", "COURT_DAY", "TERMS_FROM", "REVIEW_DAY", "INSTALMENT_DAY", "CASE_DAY"),
        *("RENT_MONTH", "DUE_AFTER", "DUE_BEFORE"),
    ),
    feeds: ("KNOWN_REPORTS",),
    form3: ("NOT_BARRING",),
    form3_reading: ("MAX_BYTES",),
}
# The scorecard's, and what a model reads of a lease.
SCORING: dict[ModuleType, tuple[str, ...]] = {
    scorecard: (
        *("LAST_RENTS", "MONTH_LATE", "AHEAD", "RECENT"),
        *("_UNPAID", "_LATE", "_AHEAD", "_FAILED", "_BROKEN", "_EVICTION", "_BANDS"),
    ),
    scorer: ("COME",),
    by_model: ("CHANCE_BANDS",),
    bills: ("YEAR", "MOST", "PAID_WITHIN", "_SAME_MONTH"),
    reading: (
        *("FAR_AHEAD", "MOST_SHARE", "HABIT", "NO_CONTACT", "FAILED_FOR", "REMINDED_FOR", "YEAR"),
        "UNKNOWN",
    ),
    steps: ("STEPS",),
}


def read(towns: Towns) -> Rules:
    """The rules as the constants stand now. A tenth of a second: the calendar is made for it."""
    return Rules(
        fold=FOLD,
        statute=_statute(),
        thresholds={
            name: _text(getattr(module, name))
            for module, names in DECIDING.items()
            for name in names
        },
        scorer=digest(
            [_text(getattr(module, name)) for module, names in SCORING.items() for name in names]
        ),
        playbooks=towns.digests,
    )


def _statute() -> str:
    """The provisions as they count, and the calendar they count in, which a library brings."""
    provisions = [(p.name, p.in_force_from, p.weeks, p.vardagar) for p in statute.PROVISIONS]
    years = range(weekdays.FIRST_YEAR, weekdays.LAST_YEAR + 1)
    calendar = [sorted(weekdays.public_holidays(y) | weekdays.equated_eves(y)) for y in years]
    return digest([provisions, statute.FIRST_DAY, statute.LAST_DAY, calendar])


def _text(value: Any) -> str:
    """A constant as it is compared; days for a span of time, sorted where order means nothing."""
    match value:
        case timedelta():
            return f"{value.days} days"
        case date():
            return value.isoformat()
        case frozenset():
            return " ".join(sorted(value))
        case dict():
            return " ".join(f"{name}={value[name]}" for name in sorted(value))
    return repr(value)
