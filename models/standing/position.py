"""Where a lease stands in law, as one value."""

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from models.law.disturbance import Lack
from models.law.who_may_act import (
    PAY_BEFORE_NOTICE,
    Act,
    who_may_act,
    who_may_answer,
    who_may_stop,
)
from models.phrase import Phrase


class PaidRent(NamedTuple):
    """When the rent behind a notice was paid, or `assumed` by the board, and the last day to win
    the tenancy back with it, None while that time had not begun; `behind_all` where no claim was
    filed since that later rent, unpaid, could be behind."""

    on: date
    last: date | None
    assumed: bool = False
    behind_all: bool = True

    @property
    def in_time(self) -> bool:
        """Did it win the tenancy back (JB 12:44)?"""
        return self.last is None or self.on <= self.last


class Position(Struct):
    """A lease's legal position at the start of a day.

    `recovery_on` is the last day to win the tenancy back or to assume the rent (JB 12:44), None
    when the time has not begun; `recovery_days` has every reading's. `recovery_lost` when all have
    passed unpaid. `form_1_served_on` and `council_given_on` are what `recovery_on` counts from,
    `notice_served_on` is the first service of a running notice, and the rent of them all fell due
    before `rent_before`. `confirm_by` is the last day of an
    unanswered duty to confirm the eviction time that came in on `eviction_notified_on`. `noticed`
    when a step that presupposes notice is known, though the notice itself may not be, or an old
    message that no notice came to.
    `disturbance` when a notice for disturbances runs, served on `disturbance_notice_on`; `lacks` is
    what was missing before it. `board_told_on` is the newest message of a disturbance, which is no
    notice. `others` when more runs than a notice for disturbances. `paid_late` when the rent behind
    the notices is paid, after the last day, on `paid_on`. `paid_rent` when it is paid or taken on
    and none of them threatens the home any more, but a claim or an eviction that followed goes on.

    `services` are the days on which the running notices were served; `by_claim` when form 1 came
    with the application at the enforcement authority. While no notice is known, `message_given_on`
    is the message that says there is one, and `recovery_floor` the day before which the time cannot
    end. `payment_known_on`: the last day has just passed, and a payment in time is in the books by
    the end of this day. `municipal` when the municipality is the landlord. `changes_on` are coming
    days on which this changes by time alone. `heard` when a running notice is one of which only the
    municipality has told, by what it heard from the landlord.
    """

    running: bool = False
    recovery_on: date | None = None
    recovery_lost: bool = False
    decision_from: date | None = None
    reply_by: date | None = None
    eviction_on: date | None = None
    confirm_by: date | None = None
    disturbance: bool = False
    executed: bool = False
    defects: tuple[Phrase, ...] = ()
    notice_served_on: date | None = None
    rent_before: date | None = None
    form_1_served_on: date | None = None
    council_given_on: date | None = None
    council_registered: bool = False
    recovery_days: tuple[date, ...] = ()
    eviction_notified_on: date | None = None
    noticed: bool = False
    lacks: tuple[Lack, ...] = ()
    disturbance_notice_on: date | None = None
    board_told_on: date | None = None
    others: bool = False
    paid_late: bool = False
    paid_on: date | None = None
    paid_rent: PaidRent | None = None
    services: tuple[date, ...] = ()
    by_claim: bool = False
    message_given_on: date | None = None
    recovery_floor: date | None = None
    payment_known_on: date | None = None
    municipal: bool = False
    changes_on: tuple[date, ...] = ()
    heard: bool = False

    @property
    def recovery_over(self) -> bool:
        """Has the last day passed, though a payment in time may still be on its way?"""
        return self.recovery_lost or self.payment_known_on is not None

    def nearest(self, today: date) -> tuple[str, date] | None:
        """The nearest legal date not passed, with the name of its field."""
        dates = [
            (day, name)
            for name in ("recovery_on", "reply_by", "eviction_on")
            if (day := getattr(self, name)) is not None and day >= today
        ]
        return min(dates)[::-1] if dates else None

    def acts(self, today: date, *, rent_saves: bool = True, late: bool = False) -> tuple[Act, ...]:
        """Who can still do what to save the home, the most useful first. Where no rent saves it
        from what runs, rent that is `late` is of no notice yet."""
        if self.executed:
            return ()
        answer = who_may_answer(today, self.reply_by)
        if self.others and not rent_saves:
            stop = who_may_stop(eviction=self.eviction_on is not None)
            return (*answer, *stop, *([PAY_BEFORE_NOTICE] if late and not self.services else []))
        return answer + who_may_act(
            today,
            notice_served_on=self.notice_served_on,
            recovery_last_day=self.recovery_on,
            noticed=self.noticed or self.message_given_on is not None,
            lost=self.recovery_lost,
            municipal=self.municipal,
        )
