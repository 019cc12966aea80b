"""Acts are signed by the login's lasting id; people read names.

Who has never logged in here, as whoever signed an act on the command line, keeps what was written.
"""

from collections.abc import Mapping

from msgspec.structs import replace
from sqlalchemy import Connection

from alerts.contract.messages import VisitTask
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from models.lease.acts import Act

Names = Mapping[str, str]


def names_here(ask: Ask, connection: Connection) -> Names:
    """The names of everybody of the person's municipality."""
    found = ask.site.remembered.colleagues(connection, ask.person.municipality or "")
    return {one.subject: one.name for one in found}


def task_named(task: VisitTask, names: Names) -> VisitTask:
    """The task with the name of whose it is."""
    name = names.get(task.assigned_to or "")
    return task if name is None else replace(task, assigned_to=name)


def named(known: Known, names: Names) -> Known:
    """What is known of a lease, with names in its acts and tasks: to be shown, never stored."""
    signals = known.lease.signals
    acts = [_act(act, names) for act in signals.acts]
    given = [replace(one, by=names.get(one.by, one.by)) for one in known.lease.guarantees]
    shown = replace(known.lease, signals=replace(signals, acts=acts), guarantees=given)
    tasks = [task_named(task, names) for task in known.tasks]
    return replace(known, lease=shown, tasks=tasks)


def _act(act: Act, names: Names) -> Act:
    return replace(act, by=names.get(act.by, act.by), who=names.get(act.who, act.who))
