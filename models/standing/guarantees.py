"""The rent guarantees of a lease as they stand: what was given, drawn of it, and until when.

Of several words that one guarantee was given the newest holds; what somebody undid counts as never
told.
"""

from datetime import date, timedelta

from msgspec import Struct

from models.lease.guarantees import GuaranteeAct
from models.lease.state import Lease

ENDS_SOON = timedelta(days=30)  # calendar days before its last day a guarantee ends soon (ours)
ASKED_FOR = timedelta(
    days=90
)  # how long an end that nobody met, and a draw, are asked about (ours)
_DAY = timedelta(days=1)


class Guarantee(Struct, frozen=True):
    """A guarantee that was given. `last_day` is the last on which it holds, None without an end;
    `is_ended` when somebody ended it before its time; `draws` lie by their days."""

    given: GuaranteeAct
    draws: tuple[GuaranteeAct, ...]
    last_day: date | None
    is_ended: bool

    @property
    def name(self) -> str:
        """The municipality's id of it."""
        return self.given.guarantee_id

    @property
    def starts_on(self) -> date:
        """The first day on which it holds."""
        return self.given.starts_on or self.given.on

    @property
    def drawn_ore(self) -> int:
        """What the landlord has claimed of it, öre."""
        return sum(draw.ore or 0 for draw in self.draws)

    def holds(self, day: date) -> bool:
        """Does rent that falls due on a day come under it?"""
        return self.starts_on <= day and (self.last_day is None or day <= self.last_day)

    def limit_ore(self, rent_ore: int) -> int | None:
        """The most that the town pays by it, öre, for a rent of so many öre a month; None without a
        limit."""
        months = None if self.given.months is None else self.given.months * rent_ore
        limits = [limit for limit in (self.given.ore, months) if limit is not None]
        return min(limits, default=None)

    def left_ore(self, rent_ore: int) -> int | None:
        """What is left of its limit, öre."""
        limit = self.limit_ore(rent_ore)
        return None if limit is None else max(0, limit - self.drawn_ore)


def guarantees(lease: Lease) -> list[Guarantee]:
    """The guarantees that were given, the first to begin first."""
    if not lease.guarantees:
        return []
    told = [one for one in lease.guarantees if one.act_id not in lease.signals.undone]
    given = {one.guarantee_id: one for one in told if one.kind == "given"}
    found = (_read(one, [step for step in told if step.guarantee_id == name])
             for name, one in given.items())  # fmt: skip
    return sorted(found, key=lambda one: (one.starts_on, one.name))


def ending(lease: Lease, today: date) -> list[Guarantee]:
    """Those that end soon, or have ended lately, and of which nobody has said how it goes on: it
    was neither ended nor followed by another."""
    every = own_guarantees(lease)
    return [one for one in every if _asks(one, every, today)]


def drawn_on(lease: Lease, today: date) -> date | None:
    """The newest day on which the landlord claimed under a guarantee, if that was lately."""
    days = [draw.on for one in own_guarantees(lease) for draw in one.draws]
    newest = max((on for on in days if on <= today), default=None)
    return newest if newest is not None and today <= newest + ASKED_FOR else None


def own_guarantees(lease: Lease) -> list[Guarantee]:
    """Those of the town where the lease is: another's are that one's to look after."""
    terms = lease.terms
    return [one for one in guarantees(lease) if terms and one.given.town == terms.municipality]


def changes_on(lease: Lease) -> list[date]:
    """The days from which what is asked about guarantees can be another by time alone."""
    days = []
    for one in guarantees(lease):
        if one.last_day is not None:
            last = one.last_day
            days += [last - ENDS_SOON, last + _DAY, last + ASKED_FOR + _DAY]
        days += [draw.on + ASKED_FOR + _DAY for draw in one.draws]
    return days


def _read(given: GuaranteeAct, steps: list[GuaranteeAct]) -> Guarantee:
    draws = tuple(step for step in steps if step.kind == "drawn")
    ends = [step.on for step in steps if step.kind == "ended" and _after(step, given)]
    days = [day for day in (given.ends_on, *ends[-1:]) if day is not None]
    return Guarantee(given, draws, min(days, default=None), bool(ends))


def _after(step: GuaranteeAct, given: GuaranteeAct) -> bool:
    """Is it newer? A guarantee that is given anew after its end goes on."""
    return (step.on, step.sent) >= (given.on, given.sent)


def _asks(one: Guarantee, every: list[Guarantee], today: date) -> bool:
    last = one.last_day
    if last is None or one.is_ended or not last - ENDS_SOON <= today <= last + ASKED_FOR:
        return False
    return not any(
        other is not one
        and not other.is_ended
        and (other.last_day is None or other.last_day > last)
        for other in every
    )
