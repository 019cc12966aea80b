"""How a lease's legal dates changed, and why, as Swedish lines for the case's history.

A date is told once, and again when it moves, passes or no longer holds. Nothing here is legal
advice; the readings are those of docs/law.md.
"""

from collections.abc import Callable, Mapping
from datetime import date

from alerts.cases.priority import Situation
from alerts.language import words
from alerts.language.words import LEGAL_DATES
from models.law.deadlines import RECOVERY_WEEKS
from models.lease.state import LegalStep
from models.standing.legal import steps_until
from models.standing.recovery import NOT_BEGUN

Told = Mapping[str, date | None]

_JB_44 = "(12 kap. 44 § jordabalken)"


def dates(situation: Situation) -> dict[str, date | None]:
    """The legal dates that hold, by name; `recovery_on` is None while its time has not begun."""
    legal, found = situation.legal, dict[str, date | None]()
    if legal.recovery_lost:
        found["recovery_lost"] = legal.recovery_on
    elif legal.notice_served_on is not None:
        found["recovery_on"] = legal.recovery_on
    elif not legal.running and situation.arrears.forfeited_from is not None:
        found["forfeited_from"] = situation.arrears.forfeited_from
    for name in ("reply_by", "eviction_on", "confirm_by"):
        day = getattr(legal, name)
        if day is not None:
            found[name] = day
    return found if situation.lease.case is not None else {}


def changes(situation: Situation, told: Told) -> list[str]:
    """A line for each legal date that is new, moved or gone since `told`."""
    now = dates(situation)
    lines = []
    for name, day in now.items():
        if name not in told or told[name] != day:
            lines.append(_NEW[name](situation, day, told.get(_BEFORE.get(name, name))))
    if "recovery_lost" in now or "recovery_on" in now or _is_over(situation):
        now |= dict.fromkeys(("recovery_lost", "recovery_on"))
    gone = [
        name for name in told if name not in now and not _just_passed(name, told[name], situation)
    ]
    return lines + [_GONE[name](situation, told[name]) for name in gone if name in _GONE]


def _just_passed(name: str, day: date | None, situation: Situation) -> bool:
    """A day that somebody set and that has been needs no word when its matter ends."""
    return name in ("reply_by", "eviction_on") and day is not None and day < situation.today


def _forfeited(situation: Situation, day: date | None, before: date | None) -> str:
    verb = "är" if day is not None and day <= situation.today else "blir"
    return (
        f"Hyresrätten {verb} förverkad från {_was(day, before)} om hyran inte betalas innan "
        "hyresgästen sägs upp (12 kap. 42 och 43 §§ jordabalken)."
    )


def _recovery(situation: Situation, day: date | None, before: date | None) -> str:
    if day is None:
        return _not_begun(situation, before)
    return " ".join(
        [
            f"{LEGAL_DATES['recovery_on']}: {_was(day, before)}.",
            *_counted_from(situation, day),
            f"Beslut om avhysning kan fattas tidigast {_day(situation.legal.decision_from)}.",
        ]
    )


def _counted_from(situation: Situation, day: date) -> list[str]:
    legal, said = situation.legal, []
    served, given = legal.form_1_served_on, legal.council_given_on
    how = "skickades rekommenderat" if legal.council_registered else "kom in"
    said.append(
        f"Hyresgästen delgavs {_day(served)} och meddelandet till socialnämnden {how} "
        f"{_day(given)}; tre veckor räknas från det senare {_JB_44}."
    )
    ends = max(served or day, given or day) + RECOVERY_WEEKS
    if ends < day:
        said.append(
            f"Tre veckor slutar {_day(ends)}, som inte är en arbetsdag; dagen flyttas till nästa "
            "(2 § lagen 1930:173)."
        )
    others = [_day(other) for other in legal.recovery_days if other != day]
    if others:
        said.append(
            f"Det finns fler sätt att räkna: {', '.join(others)}. Den närmaste dagen som inte har "
            "passerat visas."
        )
    return said


def _not_begun(situation: Situation, before: date | None) -> str:
    reasons = [
        name for name in situation.legal.defects if name in NOT_BEGUN
    ] or situation.legal.defects
    why = ". ".join(words.defect(name) for name in reasons)
    first = "De tre veckorna att betala och få behålla hemmet har inte börjat löpa"
    if before is not None:
        first = f"{_day(before)} är inte längre en känd sista dag att betala och få behålla hemmet"
    return f"{first} {_JB_44}. {why}."


def _lost(situation: Situation, day: date | None, before: date | None) -> str:
    return (
        f"Rätten att betala och få tillbaka hyresrätten gick ut {_day(day)} {_JB_44}. Beslut om "
        f"avhysning kan fattas tidigast {_day(situation.legal.decision_from)}. En överenskommelse "
        "med hyresvärden kan ännu rädda hemmet."
    )


def _reply(situation: Situation, day: date | None, before: date | None) -> str:
    return f"{LEGAL_DATES['reply_by']}: {_was(day, before)}. Dagen är satt i målet."


def _eviction(situation: Situation, day: date | None, before: date | None) -> str:
    step = _last(situation, "eviction.")
    why = "Kronofogden har bestämt tiden."
    if step is not None and step.step == "eviction.deferred":
        why = "Kronofogden har skjutit upp avhysningen."
    return f"{LEGAL_DATES['eviction_on']}: {_was(day, before)}. {why}"


def _confirm(situation: Situation, day: date | None, before: date | None) -> str:
    return (
        f"{LEGAL_DATES['confirm_by']}: {_was(day, before)}. Underrättelsen är från "
        f"{_day(situation.legal.eviction_notified_on)} och ska bekräftas samma dag, med ansvarig "
        "handläggares namn (11 kap. 3 § socialtjänstförordningen, 2025:468)."
    )


def _recovery_gone(situation: Situation, day: date | None) -> str:
    which = "" if day is None else f"Sista dagen {_day(day)} gäller inte längre. "
    return f"{which}Uppsägningen hotar inte längre hemmet: {_why_saved(situation)}."


def _why_saved(situation: Situation) -> str:
    lease = situation.lease
    notices = [n for n in lease.legal.notices.values() if n.reason == "arrears"]
    if all(notice.withdrawn for notice in notices):
        return "hyresvärden har återkallat den"
    if lease.legal.assumed and any(line.rent_left for line in situation.arrears.settlement.lines):
        return "socialnämnden har åtagit sig betalningsansvaret för hyran"
    return "hyran är betald"


def _is_over(situation: Situation) -> bool:
    ended = situation.lease.ended
    return situation.legal.executed or (ended is not None and ended[0] < situation.today)


def _reply_gone(situation: Situation, day: date | None) -> str:
    step = _last(situation, "claim.")
    why = _CLAIM_ENDS.get(step.step if step else "", "målet är avslutat")
    return f"Svarsdagen {_day(day)} gäller inte längre: {why}."


def _eviction_gone(situation: Situation, day: date | None) -> str:
    step = _last(situation, "eviction.")
    why = _EVICTION_ENDS.get(step.step if step else "", "ärendet är avslutat")
    return f"Avhysningsdagen {_day(day)} gäller inte längre: {why}."


def _confirm_gone(situation: Situation, day: date | None) -> str:
    if situation.legal.eviction_notified_on is not None:
        return "Avhysningstiden är bekräftad till Kronofogden."
    return "Avhysningstiden behöver inte längre bekräftas till Kronofogden."


def _last(situation: Situation, kind: str) -> LegalStep | None:
    steps = steps_until(situation.lease.legal.steps, kind, situation.today)
    return steps[-1] if steps else None


def _was(day: date | None, before: date | None) -> str:
    return _day(day) if before is None or before == day else f"{_day(day)} (var {_day(before)})"


def _day(day: date | None) -> str:
    return words.day(day) if day is not None else "okänd dag"


_BEFORE = {"recovery_lost": "recovery_on"}
_CLAIM_ENDS = {
    "claim.disputed": "ansökan är bestridd",
    "claim.decided": "målet är avgjort",
    "claim.withdrawn": "ansökan är återkallad",
}
_EVICTION_ENDS = {
    "eviction.deferred": "avhysningen är uppskjuten utan ny dag",
    "eviction.cancelled": "avhysningen är inställd",
    "eviction.executed": "avhysningen är verkställd",
    "eviction.applied": "ingen tid är bestämd",
}
_NEW: dict[str, Callable[[Situation, date | None, date | None], str]] = {
    "forfeited_from": _forfeited,
    "recovery_on": _recovery,
    "recovery_lost": _lost,
    "reply_by": _reply,
    "eviction_on": _eviction,
    "confirm_by": _confirm,
}
_GONE: dict[str, Callable[[Situation, date | None], str]] = {
    "recovery_on": _recovery_gone,
    "recovery_lost": _recovery_gone,
    "reply_by": _reply_gone,
    "eviction_on": _eviction_gone,
    "confirm_by": _confirm_gone,
}
