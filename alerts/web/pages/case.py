"""One case, whole: days left, the sum that saves the home, what to do, and all that is known."""

from starlette.responses import Response

from alerts.access import people
from alerts.access.notes import notes_of
from alerts.commands.let_case_wait import REASONS
from alerts.commands.stored_cases import stand_of
from alerts.commands.undo_act import undoable
from alerts.letters.kinds import KINDS
from alerts.letters.rent import read_rent
from alerts.views import lease_page
from alerts.web.ask import Ask
from alerts.web.cases import open_case
from alerts.web.charts.clock import clock_chart
from alerts.web.charts.debt import debt_chart
from alerts.web.named import named
from alerts.web.outcomes import outcomes_for
from alerts.web.seen import stamp
from alerts.web.timeline import timeline


def case(ask: Ask) -> Response:
    """The page of a case."""
    with ask.reading() as connection:
        known = open_case(ask, connection)
        municipality = ask.person.municipality or ""
        colleagues = people.colleagues(connection, municipality)
        notes = notes_of(connection, known.lease.lease_id)
    names = {one.subject: one.name for one in colleagues}
    situation = lease_page.situation_of(known, ask.site.towns)
    page = lease_page.page(named(known, names), ask.language, ask.site.towns)
    return ask.page(
        "case.html",
        page=page,
        saving=read_rent(situation),
        clock=clock_chart(page.legal, page.today, ask.language),
        debt=debt_chart(page.account, page.today, ask.language),
        timeline=timeline(page, ask.language),
        outcomes={task.task_id: outcomes_for(task) for task in page.tasks},
        undoable=[act.act_id for act in undoable(stand_of(known))],
        colleagues=colleagues,
        names=names,
        notes=notes,
        reasons=REASONS,
        kinds=[kind.name for kind in KINDS],
        seen=stamp(known.lease),
        saved=ask.query.get("saved", ""),
        later="later" in ask.query,
    )
