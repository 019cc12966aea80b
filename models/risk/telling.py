"""What a reading says of each family of features, as facts with their numbers.

A fact that worries is told where it raised the chance and not where it lowered it, and one that is
good news the other way round. The model may still move against the words, for to put a family aside
can leave a lease that there is none of (rent unpaid, and no rent late); a reader would learn the
wrong thing from it. Facts that are neither are told both ways. Days that are read in steps are
told as the span of their step, so that they are true.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from models.phrase import Phrase
from models.risk.reading import FAR_AHEAD, HABIT, UNKNOWN, Reading
from models.risk.steps import span

_WORRY, _NEITHER, _GOOD = 1, 0, -1
_WHOLE, _PART = 1000, 990  # thousandths of a bill: below the second it is a part, as in features
Within = str | dict[str, Any]


class Fact(NamedTuple):
    """The form of a sentence, whether it worries, and its numbers."""

    form: str
    worry: int
    args: dict[str, Any]


def told(family: str, reading: Reading, *, raises: bool) -> Phrase | None:
    """The reason of a family that is not neutral in the reading; None where its words would say
    the opposite of what it did."""
    form, worry, args = _FACTS[family](reading)
    if worry and (worry > 0) != raises:
        return None
    args["moves"] = "risk.model_raises" if raises else "risk.model_lowers"
    return Phrase(f"risk.model_{form}", args)


def _late(reading: Reading) -> Fact:
    rents = _known(reading.late)
    late = rents - reading.late.count(0)
    form = "late_only" if rents == 1 else _one("late", late)
    return Fact(form, _WORRY, {"late": late, "rents": rents, "days": span(max(reading.late))})


def _trend(reading: Reading) -> Fact:
    recent, before = sum(reading.late[:3]), sum(reading.late[3:6])
    args = {"recent": _in_all(recent), "before": _in_all(before)}
    return Fact("trend", _WORRY if recent > before else _GOOD, args)


def _in_all(days: int) -> Within:
    return _within("late_in_all", days=days) if days else "risk.model_in_time"


def _habit(reading: Reading) -> Fact:
    if reading.coming:
        return Fact("coming", _WORRY, {"days": span(reading.coming)})
    timing = reading.timing[: min(HABIT, _known(reading.late))]
    first, last = min(timing), max(timing)
    form = "habit_only" if len(timing) == 1 else "habit_same" if first == last else "habit"
    args = {"rents": len(timing), "first": _until(first), "last": _until(last)}
    return Fact(form, _NEITHER, args)


def _until(days: int) -> Within:
    """A day beside the last day in time; so far ahead as is read, or more."""
    if days > 0:
        return _within("after", days=span(days))
    if days < -1:
        return _within("before", days=[-days] * (2 if days > FAR_AHEAD else 1))
    return "risk.model_day_before" if days else "risk.model_last_day"


def _within(form: str, **args: Any) -> Within:
    """A phrase within a reason, in its plain form."""
    return {"code": f"risk.model_{form}", "args": args}


def _debt(reading: Reading) -> Fact:
    rents = _hundredths(reading.debt)
    if not reading.oldest:
        return Fact("debt_due", _WORRY, {"rents": rents})
    return Fact(_one("debt", rents, 100), _WORRY, {"rents": rents, "days": span(reading.oldest)})


def _ahead(reading: Reading) -> Fact:
    bills = _hundredths(reading.ahead)
    return Fact(_one("ahead", bills, 100), _GOOD, {"bills": bills})


def _hundredths(thousandths: int) -> int:
    """Rounded, and never to nothing."""
    return max(1, (thousandths + 5) // 10)


def _paid(reading: Reading) -> Fact:
    shares = reading.shares[: _known(reading.shares)]
    mean, short = sum(shares) // len(shares), sum(map(_PART.__gt__, shares))
    worry = _WORRY if short or mean < _WHOLE else _GOOD  # caught up in the mean is not paid in time
    args = {"bills": len(shares), "percent": mean // 10, "short": short}
    return Fact(_one("paid", len(shares)), worry, args)


def _failed(reading: Reading) -> Fact:
    args = {"year": reading.failed_year, "recent": reading.failed}
    return Fact(_one("failed", reading.failed_year), _WORRY, args)


def _reminded(reading: Reading) -> Fact:
    return Fact("reminded", _NEITHER, {"sent": reading.reminders, "demands": reading.demands})


def _plan(reading: Reading) -> Fact:
    runs, missed = reading.plan == 1, reading.missed
    form = _one("plan_runs" if runs else "plan_broken", missed)
    return Fact(form, _NEITHER if runs and not missed else _WORRY, {"missed": missed})


def _contact(reading: Reading) -> Fact:
    form = "contact" if reading.contact else "contact_today"
    return Fact(form, _NEITHER, {"days": span(reading.contact)})


def _history(reading: Reading) -> Fact:
    rents = _known(reading.late)
    return Fact(_one("history", rents) if rents else "history_none", _NEITHER, {"rents": rents})


def _known(read: tuple[int, ...]) -> int:
    """How many there are: of what is never below zero."""
    return len(read) - read.count(UNKNOWN)


def _one(form: str, count: int, one: int = 1) -> str:
    return f"{form}_one" if count == one else form


_FACTS: dict[str, Callable[[Reading], Fact]] = {
    "late": _late, "trend": _trend, "habit": _habit, "debt": _debt, "paid": _paid,
    "ahead": _ahead, "failed": _failed, "reminded": _reminded, "plan": _plan,
    "contact": _contact, "history": _history,
}  # fmt: skip
