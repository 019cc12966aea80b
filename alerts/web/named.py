"""Acts are signed by the login's lasting id; people read names.

Who has never logged in here, as whoever signed an act on the command line, keeps what was written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from alerts.access.people import names
from alerts.contract.messages import VisitTask
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from models.lease.acts import Act
from models.phrase import Phrase

Names = Mapping[str, str]


def names_here(ask: Ask, connection: Connection) -> Names:
    """The names of everybody of the person's municipality."""
    found = ask.site.remembered.colleagues(connection, ask.person.municipality or "")
    return {one.subject: one.name for one in found}


def names_of(ask: Ask, connection: Connection, known: Known) -> Names:
    """The names of all who have acted in a case, in the town that it came from too: an id says
    nothing to a reader, and that of another town's person least of all."""
    here, lease = names_here(ask, connection), known.lease
    acted = {one for act in lease.signals.acts for one in (act.by, act.who)}
    acted |= {one.by for one in lease.guarantees} | {one.assigned_to or "" for one in known.tasks}
    others = acted - set(here) - {""}
    return {**names(connection, others), **here} if others else here


def task_named(task: VisitTask, names: Names) -> VisitTask:
    """The task with the name of whose it is, and of who has asked what its reasons tell."""
    to = names.get(task.assigned_to or "", task.assigned_to)
    return replace(task, assigned_to=to, reasons=_signed(task.reasons, names))


def named(known: Known, names: Names) -> Known:
    """What is known of a lease, with names in its acts and tasks: to be shown, never stored."""
    signals = known.lease.signals
    acts = [_act(act, names) for act in signals.acts]
    given = [replace(one, by=names.get(one.by, one.by)) for one in known.lease.guarantees]
    shown = replace(known.lease, signals=replace(signals, acts=acts), guarantees=given)
    tasks = [task_named(task, names) for task in known.tasks]
    history = [replace(row, said=_signed(row.said, names)) for row in known.history]
    return replace(known, lease=shown, tasks=tasks, history=history)


def _act(act: Act, names: Names) -> Act:
    return replace(act, by=names.get(act.by, act.by), who=names.get(act.who, act.who))


def _signed(said: Iterable[Phrase], names: Names) -> list[Phrase]:
    return [replace(one, args=_args(one.args, names)) if one.args else one for one in said]


def _args(value: Any, names: Names) -> Any:
    """The arguments of a phrase and of those within it, each `by` a name."""
    if isinstance(value, list):
        return [_args(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _args(one, names) for name, one in value.items()}
    by = found.get("by")
    return found | {"by": names.get(by, by)} if isinstance(by, str) else found
