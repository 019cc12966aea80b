"""How a lease's legal dates changed, and why, as lines for the case's history.

A date is told once, and again when it moves, passes or no longer holds. Nothing here is legal
advice; the readings are those of docs/law.md.
"""

from collections.abc import Callable, Mapping
from datetime import date

from alerts.cases.dates_gone import gone
from alerts.cases.law_steps import last_step
from alerts.cases.situation import Situation
from models.law.deadlines import RECOVERY_WEEKS
from models.phrase import Phrase, phrase
from models.standing.defects import NOT_BEGUN

Told = Mapping[str, date | None]
Line = list[Phrase]  # sentences of one line


def dates(situation: Situation) -> dict[str, date | None]:
    """The legal dates that hold, by name; `recovery_on` is None while its time has not begun."""
    legal, found = situation.legal, dict[str, date | None]()
    if legal.recovery_lost:
        found["recovery_lost"] = legal.recovery_on
    elif legal.notice_served_on is not None:
        found["recovery_on"] = legal.recovery_on
    elif legal.recovery_floor is not None:
        found["recovery_floor"] = legal.recovery_floor
    elif not legal.others and situation.arrears.forfeited_from is not None:
        found["forfeited_from"] = situation.arrears.forfeited_from
    for name in ("reply_by", "eviction_on", "confirm_by"):
        day = getattr(legal, name)
        if day is not None:
            found[name] = day
    return found if situation.lease.case is not None else {}


def changes(situation: Situation, told: Told, now: Told) -> list[Line]:
    """A line for each legal date that is new, moved or gone `now`, since `told`."""
    if now == told:
        return []
    lines = []
    for name, day in now.items():
        if name not in told or told[name] != day:
            lines.append(_NEW[name](situation, day, told.get(_BEFORE.get(name, name))))
    held = set(now)
    if "recovery_lost" in now or "recovery_on" in now or situation.is_over:
        held |= {"recovery_lost", "recovery_on", "recovery_floor"}
    over = [n for n in told if n not in held and not _just_passed(n, told[n], situation)]
    said = [gone(situation, name, told[name]) for name in over]
    return lines + [[why] for why in said if why is not None]


def _just_passed(name: str, day: date | None, situation: Situation) -> bool:
    """A day that somebody set and that has been needs no word when its matter ends."""
    return name in ("reply_by", "eviction_on") and day is not None and day < situation.today


def _forfeited(situation: Situation, day: date | None, before: date | None) -> Line:
    has_come = day is not None and day <= situation.today
    return [phrase("date.forfeited" if has_come else "date.will_be_forfeited", on=(day, before))]


def _recovery(situation: Situation, day: date | None, before: date | None) -> Line:
    if day is None:
        return [_not_begun(situation, before)]
    return [
        phrase("date.set", name="legal_date.recovery_on", on=(day, before)),
        *_counted_from(situation, day),
        phrase("date.decision_from", on=situation.legal.decision_from),
    ]


def _counted_from(situation: Situation, day: date) -> Line:
    legal = situation.legal
    served, given = legal.form_1_served_on, legal.council_given_on
    by_claim = [phrase("date.served_with_claim", served=served)] if legal.by_claim else []
    how = "posting" if legal.council_registered else "arrival"
    said = [*by_claim, phrase(f"date.counted_from_{how}", served=served, given=given)]
    ends = max(served or day, given or day) + RECOVERY_WEEKS
    if ends < day:
        said.append(phrase("date.carried", ends=ends))
    others = [other for other in legal.recovery_days if other != day]
    if others:
        said.append(phrase("date.other_readings", days=others))
    return said


def _not_begun(situation: Situation, before: date | None) -> Phrase:
    defects = situation.legal.defects
    why = [defect for defect in defects if defect.code in NOT_BEGUN] or defects
    if before is not None:
        return phrase("date.no_longer_known", before=before, why=why)
    return phrase("date.not_begun", why=why)


def _floor(situation: Situation, day: date | None, before: date | None) -> Line:
    given = situation.legal.message_given_on
    return [phrase("date.floor", name="legal_date.recovery_floor", on=(day, before), given=given)]


def _lost(situation: Situation, day: date | None, before: date | None) -> Line:
    return [phrase("date.recovery_lost", on=day, decision=situation.legal.decision_from)]


def _reply(situation: Situation, day: date | None, before: date | None) -> Line:
    return [phrase("date.reply_set", name="legal_date.reply_by", on=(day, before))]


def _eviction(situation: Situation, day: date | None, before: date | None) -> Line:
    step = last_step(situation, "eviction.")
    deferred = step is not None and step.step == "eviction.deferred"
    name = "date.eviction_deferred" if deferred else "date.eviction_set"
    return [phrase(name, name="legal_date.eviction_on", on=(day, before))]


def _confirm(situation: Situation, day: date | None, before: date | None) -> Line:
    name, notified = "legal_date.confirm_by", situation.legal.eviction_notified_on
    return [phrase("date.confirm_set", name=name, on=(day, before), notified=notified)]


_BEFORE = {"recovery_lost": "recovery_on"}
_NEW: dict[str, Callable[[Situation, date | None, date | None], Line]] = {
    "forfeited_from": _forfeited,
    "recovery_on": _recovery,
    "recovery_floor": _floor,
    "recovery_lost": _lost,
    "reply_by": _reply,
    "eviction_on": _eviction,
    "confirm_by": _confirm,
}
