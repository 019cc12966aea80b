"""Giving many tasks to somebody at once: all that a colleague has, or all of a case."""

from collections.abc import Iterable

from msgspec import Struct

from alerts.commands.assign_task import assigned
from alerts.commands.case_act import SECONDS, Cases, Deed, Refused, append
from alerts.commands.event_log import EventLog, NotTold, Position


class Left(Struct, frozen=True):
    """A task that was not given on; `refused` is None where the log did not answer, and then the
    act may be in the log all the same."""

    task_id: str
    refused: Refused | None


class HandedOver(Struct, frozen=True):
    """How many tasks were told, how many of these are folded by now, and which were not told."""

    told: int
    folded: int
    failed: tuple[Left, ...] = ()


def act_of(deed: Deed, task_id: str) -> str:
    """The id of the act that gives one of a deed's tasks."""
    return f"{deed.event_id}.{task_id}"


def hand_over(
    log: EventLog,
    cases: Cases,
    deed: Deed,
    task_ids: Iterable[str],
    to: str,
    *,
    seconds: float = SECONDS,
) -> HandedOver:
    """Give each task to somebody by an act of its own, whose id is the deed's and the task's: sent
    twice, it has no second effect. One that is refused keeps nothing from the others; a log that
    does not answer is asked no more. Waits up to `seconds` for each partition."""
    places, failed = list[Position](), list[Left]()
    rest = iter(task_ids)
    for task_id in rest:
        own = deed._replace(name=task_id, event_id=act_of(deed, task_id))
        found = assigned(cases, own, to)
        if isinstance(found, Refused):
            failed.append(Left(task_id, found))
            continue
        try:
            places.append(append(log, found[0], own, found[1]))
        except NotTold:
            failed += [Left(one, None) for one in (task_id, *rest)]
    return HandedOver(len(places), _folded(log, places, seconds), tuple(failed))


def _folded(log: EventLog, places: list[Position], seconds: float) -> int:
    """How many are folded. The newest of a partition is waited for; where it is not folded in time
    the others are only looked at."""
    newest = {place.partition: place for place in sorted(places)}
    done = {number for number, place in newest.items() if log.wait(place, seconds)}
    return sum(place.partition in done or log.wait(place, 0) for place in places)
