"""What a caseworker does in a case: each a form of its page, and an event in the log."""

from starlette.responses import Response

from alerts.access import glass
from alerts.access.glass import NotBroken
from alerts.access.people import Colleague
from alerts.access.scope import Opening
from alerts.commands.ask_child_question import ask_child_question
from alerts.commands.assign_task import assign_task
from alerts.commands.let_case_wait import let_case_wait
from alerts.commands.lower_case import lower_case
from alerts.commands.map_case import Mapped, map_case
from alerts.commands.plan_task import plan_task
from alerts.commands.raise_case import raise_case
from alerts.commands.report_task import report_task
from alerts.commands.undo_act import undo_act
from alerts.language import who_goes
from alerts.web.ask import Ask
from alerts.web.case.by_glass import refuse_giving, refuse_lowering
from alerts.web.case.opening import lease_of, open_case
from alerts.web.case.outcomes import outcomes_for
from alerts.web.case.seen import stamp
from alerts.web.case.telling import SECONDS, day_of_field, required_day, tell_act
from alerts.web.case.undone import may_undo
from alerts.web.colleague import colleague
from alerts.web.faults import ClosedCase, NotThere, Wrong
from alerts.web.links import link
from alerts.web.lists.rows import rows
from alerts.web.named import names_here


def report_form(ask: Ask) -> Response:
    """The outcomes of a task, each a button: two clicks from the list."""
    with ask.reading() as connection:
        known = open_case(ask, connection)
        day, names = ask.today(connection), names_here(ask, connection)
    task = next((one for one in known.tasks if one.task_id == ask.path["task"]), None)
    if task is None:
        raise NotThere
    return ask.page(
        "report.html",
        task=rows([task], day, ask.language, names)[0],
        outcomes=outcomes_for(task),
        today=day,
        seen=stamp(known.lease),
    )


def report(ask: Ask) -> Response:
    """What came of a task."""
    outcome, back = ask.given("outcome"), day_of_field(ask, "follow_up")
    return tell_act(
        ask, lambda log, cases, deed: report_task(log, cases, deed, outcome, back, seconds=SECONDS)
    )


def plan(ask: Ask) -> Response:
    """On which day a task is to be done, and by whom."""
    day, who = required_day(ask, "day"), _who_goes(ask)
    return tell_act(
        ask, lambda log, cases, deed: plan_task(log, cases, deed, day, who, seconds=SECONDS)
    )


def assign(ask: Ask) -> Response:
    """Whose a task is. A colleague of the municipality: whose it is, may open a protected case."""
    to = _colleague(ask, ask.given("to")).subject
    return tell_act(
        ask,
        lambda log, cases, deed: assign_task(log, cases, deed, to, seconds=SECONDS),
        may=lambda known: refuse_giving(ask, known),
    )


def _colleague(ask: Ask, subject: str) -> Colleague:
    """The colleague of the person's municipality that the form names."""
    found = colleague(ask, subject)
    if found is None:
        raise Wrong(ask.say("act_form.no_colleague"))
    return found


def _who_goes(ask: Ask) -> str:
    """The names of the one or two who go. What stands on lists is chosen, never written freely."""
    chosen = dict.fromkeys(filter(None, (ask.given("who"), ask.given("with"))))
    names = [_colleague(ask, subject).name for subject in chosen]
    if not names:
        raise Wrong(ask.say("act_form.no_colleague"))
    return who_goes.JOIN.join(names)


def wait(ask: Ask) -> Response:
    """Until when the case waits, or is muted, and why."""
    until, why = required_day(ask, "until"), ask.given("why")
    return tell_act(
        ask, lambda log, cases, deed: let_case_wait(log, cases, deed, until, why, seconds=SECONDS)
    )


def put_first(ask: Ask) -> Response:
    """Put the case with those that go first in its band."""
    return tell_act(ask, lambda log, cases, deed: raise_case(log, cases, deed, seconds=SECONDS))


def put_back(ask: Ask) -> Response:
    """Give the case its usual place again."""
    return tell_act(
        ask,
        lambda log, cases, deed: lower_case(log, cases, deed, seconds=SECONDS),
        may=lambda known: refuse_lowering(ask, known),
    )


def question(ask: Ask) -> Response:
    """It was asked whether the preliminary assessment about the children has been made."""
    return tell_act(
        ask, lambda log, cases, deed: ask_child_question(log, cases, deed, seconds=SECONDS)
    )


def map_household(ask: Ask) -> Response:
    """Why the rent is late, what the household does and needs: it replaces what was noted."""
    said = Mapped(*(_ticked(ask, name) for name in ("cause", "effort", "need")))
    return tell_act(ask, lambda log, cases, deed: map_case(log, cases, deed, said, seconds=SECONDS))


def _ticked(ask: Ask, name: str) -> list[str]:
    return [code for code in ask.form.getlist(name) if isinstance(code, str)]


def undo(ask: Ask) -> Response:
    """Take an act back."""
    act = ask.given("undone")
    return tell_act(
        ask,
        lambda log, cases, deed: undo_act(log, cases, deed, act, seconds=SECONDS),
        may=lambda known: may_undo(ask, known, act),
        undoes=act,
    )


def break_glass(ask: Ask) -> Response:
    """Open a case that is closed to the person, for an hour and a reason."""
    try:
        with ask.reading() as connection:
            open_case(ask, connection)
    except ClosedCase as fault:
        _broken(ask, fault.lease_id, fault.why)
    return ask.to(link("case", lease=lease_of(ask)))


def _broken(ask: Ask, lease_id: str, why: Opening) -> None:
    """Noted before it opens anything: a database that cannot keep the note opens nothing. What is
    refused is noted as that under the same name, so that whoever looks for broken glass sees it;
    also the refusal that only another form of the same moment brought."""
    reason, now = ask.given("reason"), ask.now.timestamp()
    detail = {"reason": reason[: glass.LONGEST], "closed": why.value}
    hindered = glass.hindrance(ask.site.engine, ask.person, reason, now)
    if hindered is None:
        ask.note("glass_broken", detail)
        broken = glass.break_glass(ask.site.engine, ask.person, lease_id, reason, now)
        hindered = broken if isinstance(broken, NotBroken) else None
    if hindered is not None:
        ask.note("glass_broken", {**detail, "refused": hindered.value}, allowed=False)
        raise Wrong(ask.say(f"closed_case.{hindered.value}"))
