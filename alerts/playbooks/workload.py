"""What a playbook asks of a municipality, counted from the tasks that it led to.

A comparison of workloads, and no evidence of effect: the payments are those of the history.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.playbooks.effort import efforts, staff_minutes
from models.lease.state import Lease

BEFORE = timedelta(days=90)  # contact longer before a notice or claim had another cause (ours)
_MINUTES = 60


class StepLoad(Struct):
    """The tasks of one step by one channel."""

    step: str
    channel: str
    opened: int = 0
    done: int = 0
    minutes: int = 0


class Workload(Struct):
    """Tasks `opened`, how many of them were reported `done`, and the staff's hours on these.

    Of the `households` with a task `contacted` were met or written to. `papers` got a notice or a
    claim, `contacted_before` of them contact at most 90 days before. `left` is open at the end.
    Where nobody reports anything, hours and contacts are those of every task that was opened.
    """

    name: str
    opened: int
    done: int
    hours: int
    households: int
    contacted: int
    papers: int
    contacted_before: int
    left: int
    steps: list[StepLoad]


def workload(
    name: str,
    tasks: Iterable[VisitTask],
    leases: Mapping[str, Lease],
    since: date,
    *,
    reported: bool,
) -> Workload:
    """What the tasks opened from `since` on come to; `reported` if somebody told what was done."""
    held = [task for task in tasks if task.opened_on >= since]
    counted = [task for task in held if not reported or is_done(task)]
    contacts = _contacts(counted)
    papers = _papers(leases.values(), since)
    before = sum(_is_before(contacts[name], day) for name, day in papers.items())
    steps = _steps(held, counted)
    return Workload(
        name=name,
        opened=len(held),
        done=sum(is_done(task) for task in held),
        hours=round(sum(step.minutes for step in steps) / _MINUTES),
        households=len({task.lease_id for task in held}),
        contacted=len(contacts.keys() & {task.lease_id for task in counted}),
        papers=len(papers),
        contacted_before=before,
        left=sum(task.state != "closed" for task in held),
        steps=steps,
    )


def is_done(task: VisitTask) -> bool:
    """Did somebody report what came of it?"""
    return task.state == "closed" and task.reason.code == "closed.reported"


def _contacts(tasks: list[VisitTask]) -> defaultdict[str, list[date]]:
    """By lease the days on which the household was met or written to."""
    found = defaultdict[str, list[date]](list)
    for task in tasks:
        if efforts()[task.channel].household:
            found[task.lease_id].append(task.closed_on or task.opened_on)
    return found


def _papers(leases: Iterable[Lease], since: date) -> dict[str, date]:
    """The first notice or claim of each lease, where it has come since then."""
    found = {}
    for lease in leases:
        days = [n.served_on for n in lease.legal.notices.values() if n.served_on is not None]
        days += [step.on for step in lease.legal.steps if step.step == "claim.filed"]
        if days and min(days) >= since:
            found[lease.lease_id] = min(days)
    return found


def _is_before(contacts: list[date], paper: date) -> bool:
    return any(paper - BEFORE <= day < paper for day in contacts)


def _steps(held: list[VisitTask], counted: list[VisitTask]) -> list[StepLoad]:
    found: dict[tuple[str, str], StepLoad] = {}
    for task in held:
        key = (task.step, task.channel)
        step = found.setdefault(key, StepLoad(*key))
        step.opened += 1
        step.done += is_done(task)
    for task in counted:
        found[task.step, task.channel].minutes += staff_minutes(task.channel, task.actor)
    return sorted(found.values(), key=lambda step: (-step.opened, step.step, step.channel))
