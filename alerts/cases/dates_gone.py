"""Why a legal date that was told no longer holds, in a sentence."""

from collections.abc import Callable
from datetime import date

from alerts.cases.closed_paid import by_deposit, may_be_unpaid
from alerts.cases.law_steps import last_step
from alerts.cases.moving import left_behind_on
from alerts.cases.situation import Situation
from models.lease.archive import unpacked
from models.lease.papers import LegalStep
from models.lease.settlement import settle
from models.phrase import Phrase, phrase
from models.standing.heard import has_taken_back, is_taken_back
from models.standing.recovery import cured_round
from models.standing.who_left import all_but_left, left_with_tenant


def gone(situation: Situation, name: str, day: date | None) -> Phrase | None:
    """Why the date `name` holds no more; None of one that needs no word."""
    if name not in _GONE:
        return None
    if left_behind_on(situation.lease) == situation.today:
        return _of_another_town(name, day)
    return _GONE[name](situation, day)


def _of_another_town(name: str, day: date | None) -> Phrase:
    """It stayed behind with the papers of the town that had the lease provisionally: nobody took
    it back, and nothing is paid or over."""
    if day is None:
        return Phrase("date.notice_of_another_town")
    name = "recovery_on" if name == "recovery_lost" else name
    return phrase("date.of_another_town", name=f"legal_date.{name}", on=day)


def _recovery_gone(situation: Situation, day: date | None) -> Phrase:
    left = left_with_tenant(situation.lease, "arrears")
    if left is not None and may_be_unpaid(situation):
        name = "notice_left" if day is None else "recovery_left"
        return phrase(f"date.{name}", on=day or left)
    alone = situation.legal.message_given_on is not None
    if has_taken_back(situation.lease) if alone else is_taken_back(situation.lease):
        return _taken_back(day)
    why = f"saved.{_why_saved(situation)}"
    if day is None:
        return phrase("date.notice_gone", why=why)
    return phrase("date.recovery_gone", on=day, why=why)


def _taken_back(day: date | None) -> Phrase:
    """Nothing is saved: when the notice was served is not known any more."""
    if day is None:
        return Phrase("date.service_taken_back")
    return phrase("date.recovery_taken_back", on=day)


def _why_saved(situation: Situation) -> str:
    lease, unpaid = situation.lease, may_be_unpaid(situation)
    notices = all_but_left(lease, "arrears")
    if notices and all(notice.withdrawn for notice in notices):
        return "withdrawn"
    step = last_step(situation, "eviction.")
    if step is not None and step.step == "eviction.cancelled" and not unpaid:
        return "called_off"
    lines = situation.arrears.settlement.lines
    if lease.legal.assumed and any(line.rent_left for line in lines):
        return "assumed"
    if unpaid:
        return "paid_behind" if _is_paid_behind(situation) else "over"
    return "paid" if by_deposit(situation) is None else "deposited"


def _is_paid_behind(situation: Situation) -> bool:
    """Is the rent paid that the notices were about, though later rent is not?"""
    lease, today = situation.lease, situation.today
    books = settle(unpacked(lease.account), lease.started_on, today)
    return cured_round(lease, books, today) is not None


def _reply_gone(situation: Situation, day: date | None) -> Phrase:
    step = last_step(situation, "claim.")
    return phrase("date.reply_gone", on=day, why=_end(step, _CLAIM_ENDS, "ended.claim_over"))


def _eviction_gone(situation: Situation, day: date | None) -> Phrase:
    step = last_step(situation, "eviction.")
    if step is not None and step.step == "eviction.executed":
        return phrase("date.evicted", on=step.on)
    why = _end(step, _EVICTION_ENDS, "ended.eviction_over")
    return phrase("date.eviction_gone", on=day, why=why)


def _confirm_gone(situation: Situation, day: date | None) -> Phrase:
    """The duty is over: done, or the eviction is, which nobody had confirmed."""
    if situation.legal.eviction_notified_on is not None:
        return Phrase("date.confirmed")
    executed = situation.legal.executed
    return Phrase("date.never_confirmed" if executed else "date.confirm_gone")


def _end(step: LegalStep | None, ends: frozenset[str], otherwise: str) -> str:
    if step is None or step.step not in ends:
        return otherwise
    return "ended." + step.step.replace(".", "_")


_CLAIM_ENDS = frozenset({"claim.disputed", "claim.decided", "claim.withdrawn"})
_EVICTION_ENDS = frozenset(
    {"eviction.deferred", "eviction.cancelled", "eviction.executed", "eviction.applied"}
)
_GONE: dict[str, Callable[[Situation, date | None], Phrase]] = {
    "recovery_on": _recovery_gone,
    "recovery_floor": lambda situation, day: _recovery_gone(situation, None),
    "recovery_lost": lambda situation, day: _recovery_gone(situation, None),
    "reply_by": _reply_gone,
    "eviction_on": _eviction_gone,
    "confirm_by": _confirm_gone,
}
