"""From notice to eviction: the landlord's, the council's and Kronofogden's steps, each its day.

The last day to win the tenancy back is that of `models.law.deadlines` (JB 12:44). The other times
are assumptions, around what is usual: ten days to answer a claim, four weeks' warning of an
eviction.
"""

from collections.abc import Callable
from datetime import date, timedelta

from models.contract.facts import (
    ClaimDecided,
    ClaimDisputed,
    ClaimFiled,
    ClaimServed,
    ClaimWithdrawn,
    EvictionApplied,
    EvictionCancelled,
    EvictionDeferred,
    EvictionExecuted,
    EvictionScheduled,
    LeaseEnded,
    NoticeServed,
    NoticeWithdrawn,
)
from models.law import deadlines
from models.law.weekdays import add_working_days, next_working_day
from streams.simulate import papers
from streams.simulate.figures import (
    DEFERRED,
    DISPUTED,
    INCOMPLETE_MESSAGE,
    LATE_MESSAGE,
    NO_FORM_1,
    TIME_SET,
)
from streams.simulate.story import Story

LEAVING = ("agreement", "agreement", "notice_by_tenant", "abandoned")

Owed = Callable[[date], int]


def write(story: Story, ending: str, from_day: date, owed: Owed) -> date:
    """Notice on the first working day from `from_day`, then on until `ending`; the day it ends."""
    served = next_working_day(from_day)
    last_day = serve_notice(story, served, owed)
    if ending == "paid_after_notice":
        return _pay_in_time(story, served, last_day)
    if ending == "left":
        return leave(story, story.soon(last_day, 3, 30), story.rng.choice(LEAVING))
    decided = claim(story, last_day, paid=ending == "paid_after_claim")
    if ending == "paid_after_claim":
        return decided
    return enforce(story, story.soon(decided, 3, 10), executed=ending == "evicted")


def serve_notice(story: Story, served: date, owed: Owed) -> date:
    """Notice for arrears, with form 1 and the message to the board; the last day to recover."""
    rng = story.rng
    if rng.random() < NO_FORM_1:
        papers.give_notice(story, served, owed(served), form_1=False)
        served = next_working_day(served + timedelta(days=14))
    papers.give_notice(story, served, owed(served), form_1=True)
    late = rng.random() < LATE_MESSAGE
    sent = story.soon(served, 8, 16) if late else story.soon(served, 0, 2)
    if rng.random() < INCOMPLETE_MESSAGE:
        papers.tell_board(story, sent, owed(sent), complete=False)
        sent = story.soon(sent, 5, 9)
    given = papers.tell_board(story, sent, owed(sent), complete=True)
    return deadlines.recovery_last_day(served, given)


def claim(story: Story, last_day: date, *, paid: bool) -> date:
    """A claim, no earlier than a decision is possible; the day of decision or withdrawal."""
    lease_id = story.tenancy.lease_id
    filed = max(
        story.soon(last_day, 1, 6),
        next_working_day(deadlines.earliest_eviction_decision(last_day)),
    )
    served = story.soon(filed, 5, 15)
    reply_by = next_working_day(served + timedelta(days=10))
    story.landlord(filed, ClaimFiled(lease_id=lease_id, on=filed))
    story.enforcement(served, ClaimServed(lease_id=lease_id, on=served, reply_by=reply_by))
    if paid:
        end = story.soon(served, 1, 8)
        over = add_working_days(end, 2)
        story.landlord(over, ClaimWithdrawn(lease_id=lease_id, on=over))
        return end
    after = 2
    if story.rng.random() < DISPUTED:
        story.enforcement(reply_by, ClaimDisputed(lease_id=lease_id, on=reply_by))
        after = 25
    decided = story.soon(reply_by, after, after + 6)
    story.enforcement(decided, ClaimDecided(lease_id=lease_id, on=decided))
    return decided


def enforce(story: Story, applied: date, *, executed: bool) -> date:
    """The application at Kronofogden and its end: carried out, or called off."""
    lease_id, rng = story.tenancy.lease_id, story.rng
    story.enforcement(applied, EvictionApplied(lease_id=lease_id, on=applied))
    if not executed and rng.random() > TIME_SET:
        return _call_off(story, story.soon(applied, 3, 10))
    told = story.soon(applied, 5, 12)
    time = next_working_day(told + timedelta(days=rng.randint(24, 35)))
    scheduled = EvictionScheduled(lease_id=lease_id, on=told, scheduled_on=time)
    story.enforcement(told, scheduled)
    if not executed:
        return _call_off(story, story.soon(told, 2, 14))
    if rng.random() < DEFERRED:
        known = add_working_days(told, 10)
        later = next_working_day(time + timedelta(days=14))
        story.enforcement(known, EvictionDeferred(lease_id=lease_id, on=known, to=later))
        time = later
    story.enforcement(time, EvictionExecuted(lease_id=lease_id, on=time))
    story.evicted_on = time
    return leave(story, time, "evicted", told_after=1)


def leave(story: Story, on: date, why: str, told_after: int = 0) -> date:
    """The tenancy ends."""
    story.left_on = on
    ended = LeaseEnded(lease_id=story.tenancy.lease_id, ended_on=on, reason=why)  # type: ignore[arg-type]
    story.landlord(add_working_days(on, told_after), ended)
    return on


def _pay_in_time(story: Story, served: date, last_day: date) -> date:
    """Paid after the notice and within the time of JB 12:44; half the notices are withdrawn."""
    paid = served
    while paid <= served:
        paid = next_working_day(served + (last_day - served) * story.rng.uniform(0.1, 0.97))
    if story.rng.random() < 0.5:
        notice_ids = [n.fact.notice_id for n in story.notes if isinstance(n.fact, NoticeServed)]
        on = add_working_days(paid, 3)
        for notice_id in notice_ids:
            fact = NoticeWithdrawn(lease_id=story.tenancy.lease_id, notice_id=notice_id, on=on)
            story.landlord(on, fact)
    return paid


def _call_off(story: Story, on: date) -> date:
    known = add_working_days(on, 1)
    fact = EvictionCancelled(lease_id=story.tenancy.lease_id, on=known)
    story.enforcement(known, fact)
    return on
