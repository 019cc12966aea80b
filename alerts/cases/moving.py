"""A lease that comes to be in another municipality: its case goes along, its tasks do not.

What the old town had open closes there as handed over, and to whom; the new town gets tasks of its
own, by its own playbook, with its clocks from the day on which the move was known. It sees what was
done, but not what was mapped: that the household told the other town (OSL 26:1, our reading).
"""

import json
from datetime import date

from alerts.cases.closed_said import closed_as
from alerts.cases.situation import Situation
from models.lease.acts import Act
from models.lease.cases import Case, Task
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.acts import newest, standing

_MOVED = "moved_to:"


def hand_over(situation: Situation, case: Case | None) -> None:
    """Close what is open of a case whose lease has moved since it was last decided about; where
    nothing is, its last task, so that the old town hears of it."""
    lease = situation.lease
    if not lease.moves or lease.moves[-1].handed:
        return
    left = lease.moves[-1].town
    for move in lease.moves:
        move.handed = True
    lease.signals.acts = [act for act in lease.signals.acts if act.kind != "mapped"]
    for task in (case.open_tasks or case.tasks[-1:]) if case is not None else ():
        assert lease.terms is not None
        to = lease.terms.municipality
        task.closed = closed_as("moved_to", town=to, left=left, playbook=situation.way.left)
        task.closed_on = situation.today


def moved_on(lease: Lease) -> date:
    """The day on which the last move was known; the first of all days if there was none."""
    return lease.moves[-1].known_on if lease.moves else date.min


def handed_by(task: Task) -> tuple[str, str] | None:
    """The town that handed a task over, and the playbook that it was of."""
    if task.closed is None or not task.closed.startswith(_MOVED):
        return None
    said = json.loads(task.closed.removeprefix(_MOVED))
    return said["left"], said["playbook"]


def last_given(lease: Lease) -> Act | None:
    """The last time that a task of the lease was given to anybody, in the town where it is now."""
    case, moved = lease.case, moved_on(lease)
    left = {case.id_of(lease.lease_id, one) for one in case.tasks if handed_by(one)} if case else ()
    given = standing(lease, "assigned")
    return newest(act for act in given if act.on >= moved and act.task_id not in left)


def left_behind_on(lease: Lease) -> date | None:
    """The day on which a town that had the lease provisionally left it, with all that it had said;
    None where it came from no such town last."""
    return lease.moves[-1].known_on if lease.moves and lease.moves[-1].provisional else None


def came_on(lease: Lease) -> date | None:
    """The day on which the case that the lease has came from another town, if it did. From one
    that had the lease provisionally nothing comes: what was said there is taken back."""
    if left_behind_on(lease) is not None:
        return None
    on = moved_on(lease)
    return on if lease.case is not None and on >= lease.case.opened_on else None


def came_from(situation: Situation) -> list[Phrase]:
    """Where a case came from, while it is the same case."""
    on = came_on(situation.lease)
    if on is None:
        return []
    return [phrase("reason.came_from", town=situation.lease.moves[-1].town, on=on)]
