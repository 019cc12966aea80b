"""What all acts of a caseworker have in common: who does what in which case, and how it is told.

An act is an event of the lease's municipality, told to the lease's home; its effect is the fold's.
So an act given in the program and the same act sent on the queue lead to the same.
"""

from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

from alerts.commands.event_log import EventLog, Position
from alerts.contract.messages import VisitTask
from models.contract.events import MUNICIPALITY, make_event
from models.contract.facts import Fact
from models.lease.state import Lease

LONGEST = 200  # characters of a name, as the contract has it
SECONDS = 30.0  # to wait until an act is folded, unless the caller says otherwise


class Stand(Struct, frozen=True):
    """A lease as the database has it, with all the tasks it ever had, at their newest. `today` is
    the day that has not ended; None before the first has."""

    lease: Lease
    tasks: list[VisitTask]
    today: date | None


class Cases(Protocol):
    """Reads where a case stands."""

    def __call__(self, name: str) -> Stand | None:
        """The lease with that id, or with a task of that id; None if there is none."""
        ...


class Deed(NamedTuple):
    """An act: in which case (the id of a task or a lease), by whom, on which day (None: today),
    told at the moment `now`, and under which event id."""

    name: str
    by: str
    on: date | None
    now: datetime
    event_id: str


class Found(NamedTuple):
    """Where the case stands before the act, the task that it is about, if any, and its day."""

    stand: Stand
    task: VisitTask | None
    on: date


class Refusal(Enum):
    """Why an act is not told; nothing has changed then. The value is the sentence."""

    UNKNOWN = (
        "no task and no lease has the id {name}: give the lease's id or the task's, as "
        "`bokvar tasks` and `bokvar tasks --json` have them"
    )
    UNREGISTERED = (
        "lease {lease} is not registered, so nobody knows its municipality: ask the landlord to "
        "send `lease.registered`"
    )
    NO_OPEN_TASK = (
        "lease {lease} has no open task: see `bokvar lease show {lease}` for why, and "
        "`bokvar tasks --recent` for what was closed"
    )
    WHICH_TASK = "lease {lease} has {count} open tasks, give the id of one: {tasks}"
    CLOSED = (
        "task {task} is closed since {on}, and nothing of it is to be planned: see "
        "`bokvar lease show {lease}` for what is open"
    )
    CLOSED_LONG_AGO = (
        "task {task} was closed {on}, more than {days} days ago: report on a task that "
        "`bokvar lease show {lease}` has open"
    )
    CASE_OVER = (
        "task {task} was closed {on}, and its case is over: nothing more is to be reported; see "
        "`bokvar lease show {lease}`"
    )
    UNSIGNED = "{option} must name somebody, in at most {longest} characters"
    NOT_COME = "--on {day} has not come: tell an act when it is done, at the latest today, {today}"
    LONG_AGO = "--on {day} is more than a year ago: check the year"
    BEFORE_TASK = (
        "--on {day} is more than {days} days before the task was opened, {opened}: check the year"
    )
    PAST = "{option} {day} has passed: give a day from {first} on"
    TOO_FAR = "{option} {day} is more than a year ahead: nothing of a case is put off that long"
    NO_SUCH = "{option} {given!r} is none that there is{meant}; there are: {known}"
    NO_CONFIRMATION = (
        "'confirmed' is for a task to confirm an eviction time, and {task} is none ({step}): "
        "report another outcome"
    )
    RAISED_ALREADY = "lease {lease} is put first already, by {by} on {on}; nothing was changed"
    NOT_RAISED = "lease {lease} is not put first, so nothing is to be lowered; nothing was changed"
    NO_SUCH_ACT = (
        "no act {act} is known in the case of lease {lease}: `bokvar case undo {lease}` lists "
        "those that can be undone"
    )
    UNDONE_ALREADY = "the act {act} is undone already; nothing was changed"
    OTHERS_ACT = (
        "the act {act} is of municipality {town}, which had the lease then; only that one undoes it"
    )
    NOTHING_MAPPED = (
        "say what came out: at least one --cause, --effort or --need; what is delicate stays in "
        "the case's own record, and --cause in_record says that it is there"
    )
    TOO_MUCH_MAPPED = "give at most {most} of --cause, --effort and --need each: the weightiest"
    BEYOND_TERMS = (
        "the playbook's terms {terms} allow no guarantee that long or of so many months of rent: "
        "see `bokvar playbook show`, or leave --terms out and decide without them"
    )
    NOT_BY_TERMS = (
        "the playbook's terms {terms} leave no room for {rent} kr of late rent and {other} kr of "
        "other debts: name other terms, or leave --terms out and decide without them"
    )
    NO_GUARANTEE = (
        "lease {lease} has no guarantee{named} in the register: see `bokvar lease show {lease}`"
    )
    WHICH_GUARANTEE = "lease {lease} has {count} guarantees, give one by --id: {names}"
    OVER_LIMIT = "{left} kr is left of the guarantee {name}: no more can be claimed under it"
    ENDED_ALREADY = "the guarantee {name} is ended already, with {on}; nothing was changed"
    NO_ACTS = "nothing has been done in the case of lease {lease} that could be undone"


class Refused(Struct, frozen=True):
    """An act that is not told: why, by name and in a sentence, whose `words` pages use too."""

    refusal: Refusal
    sentence: str
    words: dict[str, Any] = {}


class Told(Struct, frozen=True):
    """The act is in the log, under `event_id`; until it is `folded`, the case stands as before."""

    event_id: str
    lease_id: str
    task_id: str | None
    folded: bool


def refused(refusal: Refusal, **words: object) -> Refused:
    """The refusal with its `words` filled in."""
    return Refused(refusal, refusal.value.format(**words), words)


def tell(log: EventLog, found: Found, deed: Deed, fact: Fact, seconds: float) -> Told:
    """Tell the act as the lease's municipality, and wait up to `seconds` until it is folded.

    Raises what `EventLog` raises; then the act may be in the log, and can be given again.
    """
    position = append(log, found, deed, fact)
    task_id = None if found.task is None else found.task.task_id
    return Told(deed.event_id, fact.lease_id, task_id, log.wait(position, seconds))


def append(log: EventLog, found: Found, deed: Deed, fact: Fact) -> Position:
    """Tell the act and do not wait: where it stands in the log."""
    terms = found.stand.lease.terms
    assert terms is not None, "a case that is found is registered"
    event = make_event(
        fact,
        source=MUNICIPALITY + terms.municipality,
        event_id=deed.event_id,
        time=deed.now.isoformat(),
    )
    return log.tell(event)
