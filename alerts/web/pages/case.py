"""One case, whole: days left, the sum that saves the home, what to do, and all that is known."""

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.responses import Response

from alerts.access import people
from alerts.access.notes import notes_of
from alerts.commands.let_case_wait import REASONS
from alerts.commands.map_case import CAUSES, EFFORTS, NEEDS
from alerts.contract.messages import VisitTask
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language
from alerts.letters.rent import read_rent
from alerts.views.answers import of_lease
from alerts.views.lease import lease_page
from alerts.views.lease.lease_known import Known
from alerts.views.lease.owed import owed
from alerts.web.ask import Ask
from alerts.web.case.by_glass import is_by_glass, may_lower, undoable_here
from alerts.web.case.ended import ended_said, sum_said
from alerts.web.case.opening import open_case
from alerts.web.case.outcomes import outcomes_for
from alerts.web.case.seen import stamp
from alerts.web.case.timeline import Event, revisions, timeline
from alerts.web.charts.clock import clock_chart
from alerts.web.charts.debt import debt_chart
from alerts.web.letters.offers import offers
from alerts.web.named import named, names_of
from alerts.web.papers.service import asks_service
from models.lease.state import Lease
from models.standing.consent import may_tell_landlord
from models.standing.mapping import mapping

_ANSWERS = 10  # of what the landlord was told; the timeline has all


def case(ask: Ask) -> Response:
    """The page of a case."""
    with ask.reading() as connection:
        known = open_case(ask, connection)
        municipality = ask.person.municipality or ""
        colleagues = people.colleagues(connection, municipality)
        names = names_of(ask, connection, known)
        notes = notes_of(connection, known.lease.lease_id, municipality)
    shown = named(known, names)
    situation = lease_page.situation_of(shown, ask.site.towns)
    page = lease_page.page_of(shown, situation, ask.language)
    saving = read_rent(situation)
    changes = revisions(shown, ask.language)
    return ask.page(
        "case.html",
        page=page,
        ended=ended_said(page),
        saving=saving,
        sum_said=sum_said(page, saving),
        asks_service=asks_service(situation),
        clock=clock_chart(page.legal, page.today, ask.language),
        debt=debt_chart(owed(known.lease, page.today), ask.language),
        timeline=timeline(page, shown, ask.language),
        revisions=changes,
        closed=_closed(shown, changes, ask.language),
        mapping=_mapping(known.lease),
        told=_told(known.lease, page.today),
        answers=of_lease(known.history, _ANSWERS),
        outcomes={task.task_id: outcomes_for(task) for task in page.tasks},
        undoable=undoable_here(ask, known),
        by_glass=is_by_glass(ask, known),
        may_lower=may_lower(ask, known),
        colleagues=colleagues,
        names=names,
        notes=notes,
        reasons=REASONS,
        letters=offers(situation, known.tasks),
        seen=stamp(known.lease),
        saved=ask.query.get("saved", ""),
        later="later" in ask.query,
    )


def _closed(
    known: Known, changes: Mapping[str, list[Event]], language: Language
) -> list[VisitTask]:
    """The closed tasks of which the history has anything, the last to close first."""
    found = [task for task in known.tasks if task.closed_on and task.task_id in changes]
    found.sort(key=lambda task: (task.closed_on, task.task_id), reverse=True)
    return [visit_task(task, language) for task in found]


def _mapping(lease: Lease) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    """Causes, efforts and needs: all codes of each, and those that hold now."""
    now = mapping(lease)
    causes, efforts, needs = (now.causes, now.efforts, now.needs) if now else ((), (), ())
    return [("cause", CAUSES, causes), ("effort", EFFORTS, efforts), ("need", NEEDS, needs)]


def _told(lease: Lease, today: date) -> str:
    """What the landlord may be told besides."""
    if lease.household.protected:
        return "told.protected"
    return "told.may" if may_tell_landlord(lease, today) else "told.may_not"
