"""What decisions about a lease rest on, at the start of a day."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

from msgspec import Struct

from alerts.cases.way import Way
from models.calendar_ends import later
from models.law.weekdays import add_working_days
from models.lease.archive import unpacked
from models.lease.cases import Task
from models.lease.settlement import settle
from models.lease.state import Lease
from models.standing import arrears, legal
from models.standing.acts import newest, standing
from models.standing.arrears import Arrears
from models.standing.habit import is_habit
from models.standing.objections import objected_on
from models.standing.position import Position

_T = TypeVar("_T")
_Asked = TypeVarTuple("_Asked")
AFTERCARE_FOR = timedelta(days=60)  # how long those are asked after who lived in a home
SOON = 5  # working days in which a legal last day makes band A


class Situation(Struct):
    """A lease, its late rent and its place in law at the start of `today`.

    `way` is the playbook that the lease follows; `dates` are the legal dates that still ask for an
    act, nearest first, with their names; `moment` is when what is decided on became known,
    `paper_told` whether it is a paper of the law that became known just now, and `memo` what was
    worked out of it already.
    `objected_on` is since when the tenant objects to early signals being passed on.
    """

    lease: Lease
    arrears: Arrears
    legal: Position
    today: date
    way: Way
    dates: list[tuple[date, str]] = []
    objected_on: date | None = None
    moment: datetime | None = None
    paper_told: bool = False
    memo: dict[Any, Any] = {}

    def __post_init__(self) -> None:
        if self.legal.running and not self.is_over:
            self.dates = _legal_dates(self.legal, self.today)
            if self.leaves_anyway:
                self.dates = [one for one in self.dates if one[1] != "recovery_on"]
        if self.lease.signals.consents:
            self.objected_on = objected_on(self.lease, self.today)

    def once(self, work: Callable[["Situation", *_Asked], _T], *args: *_Asked) -> _T:
        """What `work` makes of the situation, worked out the first time it is asked for."""
        asked = (work, *args) if args else work
        try:
            found: _T = self.memo[asked]
        except KeyError:
            found = self.memo[asked] = work(self, *args)
        return found

    @property
    def is_habit(self) -> bool:
        """Is the rent always paid some days late?"""
        return self.once(_is_habit)

    def latest(self, step: str) -> Task | None:
        """The newest task of a step, open or closed."""
        return self.lease.case.latest(step) if self.lease.case else None

    def latest_open(self, step: str) -> Task | None:
        """The newest task of a step, if it is open."""
        held = self.latest(step)
        return held if held is not None and held.closed is None else None

    @property
    def is_pressing(self) -> bool:
        """Is a last day of the law so near that the case is always on the list?"""
        return bool(self.dates) and self.is_near(self.dates[0][0])

    @property
    def unheard_on(self) -> date | None:
        """The day of an eviction that has been, while nobody has told what came of it."""
        day = self.legal.eviction_on
        return day if day is not None and day < self.today and not self.is_over else None

    @property
    def ends_on(self) -> date | None:
        """The day ahead on which the lease ends all the same, other than by a death."""
        ended = self.lease.ended
        if ended is None or ended[1] == "death":
            return None
        return ended[0] if ended[0] >= self.today else None

    @property
    def leaves_anyway(self) -> bool:
        """Does the lease end by the last day to win the tenancy back? Nothing of that applies to
        whoever is to leave within a month anyway (JB 12:44 5 st)."""
        on, last = self.ends_on, self.legal.recovery_on
        return on is not None and last is not None and on <= last

    @property
    def is_last_day_near(self) -> bool:
        """Is a last day near, other than that to confirm an eviction time?"""
        return any(self.is_near(day) for day, name in self.dates if name != "confirm_by")

    def is_near(self, day: date) -> bool:
        """Is a day of the law within the working days that make band A?"""
        return day <= add_working_days(self.today, SOON)

    @property
    def newest_paper(self) -> date:
        """The day of the newest notice, message to the board, or step of a claim or an eviction."""
        legal = self.lease.legal
        days = [n.served_on for n in legal.notices.values() if n.served_on is not None]
        days += [message.sent_on for message in legal.council]
        days += [step.on for step in legal.steps]
        return max((day for day in days if day <= self.today), default=date.min)

    @property
    def has_ended(self) -> bool:
        """Has the lease ended, or been ended by an eviction?"""
        ended = self.lease.ended
        return self.legal.executed or (ended is not None and ended[0] < self.today)

    @property
    def died_on(self) -> date | None:
        """The day on which the tenant died, however long ago; None of whoever lives."""
        on = self.death_on
        return on if on is not None and on <= self.today else None

    @property
    def death_on(self) -> date | None:
        """The day on which the tenant's death ends the lease, come or not; None of other ends."""
        ended = self.lease.ended
        return ended[0] if ended is not None and ended[1] == "death" else None

    @property
    def is_over(self) -> bool:
        """Has the lease ended, with no home left to save? After a death those who lived there may
        take it over (JB 12:33), and a day of the law that runs, runs against them."""
        return self.has_ended and not self.outlives

    @property
    def outlives(self) -> bool:
        """Has the tenant died while the law runs? It is followed for a while, and for as long as
        a day of it is ahead."""
        on, today = self.death_on, self.today
        if on is None or not self.legal.running or self.legal.executed:
            return False
        ahead = any(day >= today for day, _ in _legal_dates(self.legal, today))
        return ahead or today <= later(on, AFTERCARE_FOR)


def _is_habit(situation: Situation) -> bool:
    return is_habit(situation.lease, situation.arrears, situation.today)


def _legal_dates(legal: Position, today: date) -> list[tuple[date, str]]:
    """The days ahead; and those that ask for an act though they have been: to confirm a time of
    eviction, and to ask what came of it."""
    found = []
    if legal.confirm_by is not None:
        found.append((legal.confirm_by, "confirm_by"))
    if legal.eviction_on is not None:
        found.append((legal.eviction_on, "eviction_on"))
    for name in ("recovery_on", "recovery_floor", "reply_by"):
        day = getattr(legal, name)
        if day is not None and day >= today:
            found.append((day, name))
    return sorted(found)


def read_situation(
    lease: Lease, today: date, as_of: date, fed_through: Mapping[str, date], way: Way
) -> Situation:
    """The situation at the start of `today`, with money booked through `as_of`; `fed_through` has
    by landlord the last day it has reported whole."""
    late = arrears.read(lease, today, as_of, fed_through)
    books = late.settlement
    if lease.legal.notices:
        books = settle(unpacked(lease.account), lease.started_on, as_of)
    return Situation(lease, late, legal.read(lease, books, today, _confirmed_on(lease)), today, way)


CONFIRMING = ("sent", "confirmed")  # only the act itself does the duty


def _confirmed_on(lease: Lease) -> list[date]:
    """The days on which a time of eviction was reported as confirmed."""
    case = lease.case
    if case is None:
        return []
    reported = standing(lease, "reported")
    reports = (
        newest(reported, case.id_of(lease.lease_id, task))
        for task in case.tasks
        if task.step == "confirm_eviction"
    )
    return [report.on for report in reports if report and report.code in CONFIRMING]
