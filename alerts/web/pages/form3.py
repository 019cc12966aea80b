"""Entering a paper of the law: a message to the social welfare board, or an eviction time.

First it is looked at again, then it is told; what the form holds is never lost between.
"""

from datetime import date

from starlette.responses import Response

from alerts.access.people import in_alphabet
from alerts.access.person import Role
from alerts.access.scope import Opening, opening
from alerts.commands import tell_paper as command
from alerts.commands.stored_cases import StoredCases
from alerts.language.municipalities import named
from alerts.views.boards import boards
from alerts.views.stored_records import StoredRecords
from alerts.web.ask import Ask
from alerts.web.case.telling import SECONDS, form_id_of
from alerts.web.faults import Wrong
from alerts.web.links import link
from alerts.web.papers import notes
from alerts.web.papers.boards import addressed
from alerts.web.papers.fields import (
    FIELDS,
    HOW,
    MATTERS,
    Fact,
    Faults,
    Given,
    lease_of,
    read_paper,
)  # fmt: skip
from alerts.web.papers.shown import shown
from models.contract import spelling
from models.contract.events import LANDLORD, MUNICIPALITY
from models.lease.state import Lease
from models.stockholm import day_of

_UNPROCESSABLE = 422


def form3(ask: Ask) -> Response:
    """The empty form, or with the lease that the address names."""
    paper = _paper(ask, ask.query.get("paper", ""))
    given = dict.fromkeys(FIELDS[paper], "")
    given["landlord"] = ask.query.get("landlord", "")[:20]
    given["number"] = ask.query.get("lease", "")[: spelling.LONGEST]
    return _form(ask, paper, given, Faults({}))


def form3_send(ask: Ask) -> Response:
    """Look at it again, go back to it, or tell it: the form's button says which."""
    paper, step = _paper(ask, ask.given("paper")), ask.given("step")
    given = {name: ask.given(name) for name in FIELDS[paper]}
    today = _today(ask)
    fact = _read(ask, paper, given, today)
    if isinstance(fact, Faults):
        return _form(ask, paper, given, fact)
    ask.noted |= {"lease": fact.lease_id, "paper": paper}
    if step == "edit":
        return _form(ask, paper, given, Faults({}))
    return _tell(ask, fact, today) if step == "send" else _check(ask, paper, given, fact)


def _read(ask: Ask, paper: str, given: Given, today: date) -> Fact | Faults:
    """The paper, and in a landlord's own message the board to which it was sent. Of a lease that is
    not the landlord's nothing is asked: whether it is registered is not its to know."""
    of_person = _of_person(ask, given)
    fact, lease_id = read_paper(paper, of_person, today), lease_of(of_person)
    if not _is_landlord(ask) or not isinstance(lease_id, str):
        return fact
    lease = _lease(ask, lease_id)
    if command.hindered(lease, _source(ask), lease_id) is not None:
        return fact
    return addressed(fact, given["municipality"], _boards(ask), lease)


def _boards(ask: Ask) -> list[str]:
    """The boards that a landlord may choose among, by name."""
    if not _is_landlord(ask):
        return []
    with ask.reading() as connection:
        return sorted(boards(connection), key=lambda code: in_alphabet(named(code)))


def _form(ask: Ask, paper: str, given: Given, faults: Faults) -> Response:
    said = {name: ask.say(fault) for name, fault in faults.by_field.items()}
    return ask.page(
        "form3.html",
        _UNPROCESSABLE if said else 200,
        paper=paper,
        papers=[] if _is_landlord(ask) else list(FIELDS),
        given=given,
        faults={name: said[name] for name in given if name in said},
        matters=MATTERS,
        ways=HOW,
        boards=[(code, named(code)) for code in _boards(ask)],
        today=_today(ask),
        act=form_id_of(ask),
    )


def _check(ask: Ask, paper: str, given: Given, fact: Fact) -> Response:
    lease, is_landlord = _lease(ask, fact.lease_id), _is_landlord(ask)
    _refuse(ask, command.hindered(lease, _source(ask), fact.lease_id))
    return ask.page(
        "form3_check.html",
        paper=paper,
        given=given,
        shown=shown(fact, ask.language),
        lacking=notes.lacking(fact),
        looked_at=notes.to_look_at(fact, lease, is_landlord, _opens(ask, lease)),
        follows=notes.follows(fact, lease, is_landlord),
        act=form_id_of(ask),
    )


def _tell(ask: Ask, fact: Fact, today: date) -> Response:
    act_id = form_id_of(ask)
    paper = command.Paper(fact, _source(ask), act_id, ask.now, today)
    cases, records = StoredCases(ask.site.engine), StoredRecords(ask.site.engine)
    told = command.tell_paper(ask.site.log, cases, records, paper, seconds=SECONDS)
    if isinstance(told, command.Refused):
        raise Wrong(_refusal_said(ask, told))
    ask.noted["act"] = told.event_id
    lease = _lease(ask, fact.lease_id)
    if _opens(ask, lease):
        return ask.to(link("case", lease=fact.lease_id, saved=told.event_id) + "#saved")
    if _is_landlord(ask) and told.folded:
        name = ask.person.landlord
        return ask.to(link("landlord", landlord=name, sent=fact.lease_id, act=act_id) + "#saved")
    follows = notes.follows(fact, lease, _is_landlord(ask))
    return ask.page("form3_sent.html", lease=fact.lease_id, told=told, follows=follows)


def _lease(ask: Ask, lease_id: str) -> Lease | None:
    stand = StoredCases(ask.site.engine)(lease_id)
    return None if stand is None else stand.lease


def _opens(ask: Ask, lease: Lease | None) -> bool:
    """May the person open the case by their role and district alone?"""
    return lease is not None and opening(ask.person, lease, (), False) is Opening.OPEN


def _refuse(ask: Ask, refused: command.Refused | None) -> None:
    if refused is not None:
        raise Wrong(_refusal_said(ask, refused))


def _refusal_said(ask: Ask, refused: command.Refused) -> str:
    mended = {} if refused.mend is None else {"mend": refused.mend}
    return ask.say(refused.refusal.value, **mended)


def _paper(ask: Ask, given: str) -> str:
    """Which paper; a landlord enters its own message alone."""
    return given if given in FIELDS and not _is_landlord(ask) else "form3"


def _of_person(ask: Ask, given: Given) -> Given:
    """The form with the landlord that a landlord's person is; one that bought the lease names it by
    its whole id."""
    if not _is_landlord(ask):
        return given
    is_whole = spelling.lease_id(given["number"]) is not None
    return {**given, "landlord": "" if is_whole else ask.person.landlord or ""}


def _source(ask: Ask) -> str:
    if _is_landlord(ask):
        return f"{LANDLORD}{ask.person.landlord}"
    return f"{MUNICIPALITY}{ask.person.municipality}"


def _is_landlord(ask: Ask) -> bool:
    return ask.person.role is Role.LANDLORD


def _today(ask: Ask) -> date:
    """Today in Sweden; of a log that is ahead of the clock, a simulation's, its own day."""
    with ask.reading() as connection:
        return max(day_of(ask.now), ask.today(connection))
