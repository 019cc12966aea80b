"""A team leader gives cases on: all that a colleague has, or a case that nobody may open.

The leader may not see a protected case, but may say whose it is. Nobody gives it to themselves.
"""

from collections.abc import Mapping

from starlette.responses import Response

from alerts.access.people import Colleague
from alerts.access.scope import Opening, opening
from alerts.commands.case_act import Deed
from alerts.commands.hand_over import HandedOver, Left, act_of, hand_over
from alerts.commands.stored_cases import StoredCases
from alerts.views.lease import lease_known
from alerts.views.team import handed
from alerts.web.ask import Ask
from alerts.web.case.opening import lease_of, whose
from alerts.web.case.refusals import refusal_said
from alerts.web.case.seen import require_holders_seen
from alerts.web.case.telling import SECONDS, deed_of
from alerts.web.colleague import colleague
from alerts.web.faults import ClosedCase, NotThere, Wrong
from alerts.web.named import names_of


def handover(ask: Ask) -> Response:
    """Give all that a colleague has to another."""
    from_, to = ask.given("from"), ask.given("to")
    if from_ == to:
        raise Wrong(ask.say("handover.same"))
    if not ask.given("sure"):
        raise Wrong(ask.say("handover.not_sure"))
    taker = _taker(ask, to)
    with ask.reading() as connection:
        tasks = handed.tasks_of(connection, ask.scope, from_)
        given = {} if tasks else handed.tasks_of(connection, ask.scope, to)
    deed = deed_of(ask, "")
    tasks = tasks or _told_already(ask, given, deed)
    if not tasks:
        raise Wrong(ask.say("handover.nothing"))
    ask.noted |= {"from": from_, "to": to}
    detail = {"from": from_, "to": to, "act": deed.event_id}
    ask.note_leases("handed_over", {**detail, "status": "begun"}, dict.fromkeys(tasks.values()))
    answer = _given(ask, tasks, taker, deed)
    for code, leases in _left(tasks, answer).items():
        ask.note_leases("handed_over", {**detail, "refused": code}, leases, allowed=False)
    return _said(ask, tasks, taker, answer)


def _left(tasks: Mapping[str, str], answer: HandedOver) -> dict[str, list[str]]:
    """The leases of which no task was given, by why: the row that said it would be is not the last
    word then. Of one given task the taker has the lease."""
    failed = {left.task_id: left for left in answer.failed}
    let_in = {lease for task_id, lease in tasks.items() if task_id not in failed}
    found = dict[str, list[str]]()
    for lease in dict.fromkeys(tasks.values()):
        if lease in let_in:
            continue
        whys = [failed[task_id].refused for task_id, one in tasks.items() if one == lease]
        found.setdefault("not_given" if all(whys) else "no_answer", []).append(lease)
    return found


def _told_already(ask: Ask, given: Mapping[str, str], deed: Deed) -> dict[str, str]:
    """Those of the taker's tasks that the same form gave: sent twice, it answers as at first."""
    cases = StoredCases(ask.site.engine)
    found = dict[str, str]()
    for task_id, lease_id in given.items():
        stand = cases(lease_id)
        told = {act.act_id for act in stand.lease.signals.acts} if stand else set()
        if act_of(deed, task_id) in told:
            found[task_id] = lease_id
    return found


def name_caseworker(ask: Ask) -> Response:
    """Say whose a case is, without opening it: all its open tasks are given."""
    lease_id = lease_of(ask)
    with ask.reading() as connection:
        known = lease_known.load(connection, lease_id)
        if known is None:
            raise NotThere
        names = names_of(ask, connection, known)
    why = opening(ask.person, known.lease, whose(known), broken=False)
    if why is Opening.ELSEWHERE:
        raise NotThere
    if why is Opening.OTHER_DISTRICT:
        raise ClosedCase(lease_id, why)
    taker = _taker(ask, ask.given("to"))
    tasks = {task.task_id: lease_id for task in known.tasks if task.state != "closed"}
    if not tasks:
        raise Wrong(ask.say("refusal.no_open_task"))
    ask.noted["to"] = taker.subject
    deed = deed_of(ask, "")
    if whose(known) != {taker.subject}:  # a second click is answered as the first
        require_holders_seen(ask, known, names)
    return _said(ask, tasks, taker, _given(ask, tasks, taker, deed))


def _taker(ask: Ask, subject: str) -> Colleague:
    """Who takes over: a colleague of the leader's municipality, and not the leader."""
    if subject == ask.person.subject:
        raise Wrong(ask.say("handover.self"))
    found = colleague(ask, subject)
    if found is None:
        raise Wrong(ask.say("handover.unknown"))
    return found


def _given(ask: Ask, tasks: Mapping[str, str], taker: Colleague, deed: Deed) -> HandedOver:
    log, cases = ask.site.log, StoredCases(ask.site.engine)
    answer = hand_over(log, cases, deed, tasks, taker.subject, seconds=SECONDS)
    ask.noted |= {
        "act": deed.event_id,
        "told": str(answer.told),
        "failed": str(len(answer.failed)),
    }
    return answer


def _said(ask: Ask, tasks: Mapping[str, str], taker: Colleague, answer: HandedOver) -> Response:
    return ask.page(
        "handed_over.html",
        _status(answer),
        taker=taker,
        answer=answer,
        later=answer.told - answer.folded,
        failed=[_failed(ask, tasks[left.task_id], left) for left in answer.failed],
    )


def _failed(ask: Ask, lease_id: str, left: Left) -> str:
    why = refusal_said(left.refused, ask.language) if left.refused else ""
    return ask.say("handover.failed_why", lease=lease_id, why=why or ask.say("handover.no_answer"))


def _status(answer: HandedOver) -> int:
    """503 where the log did not answer: then it is to be sent again."""
    return 503 if any(left.refused is None for left in answer.failed) else 200
