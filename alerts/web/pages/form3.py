"""Entering a paper of the law: a message to the social welfare board, or an eviction time.

First it is looked at again, then it is told; what the form holds is never lost between.
"""

from datetime import date

from starlette.responses import Response

from alerts.commands import tell_paper as command
from alerts.commands.stored_cases import StoredCases
from alerts.language.municipalities import named
from alerts.views.stored_records import StoredRecords
from alerts.web.ask import Ask
from alerts.web.case.telling import SECONDS, form_id_of
from alerts.web.faults import Wrong
from alerts.web.links import link
from alerts.web.papers import notes, teller
from alerts.web.papers.checks import Faults, Given
from alerts.web.papers.fields import FIELDS, GROUNDS, HOW, MATTERS
from alerts.web.papers.shown import shown
from models.contract import spelling
from models.stockholm import day_of

_UNPROCESSABLE = 422


def form3(ask: Ask) -> Response:
    """The empty form, or with the lease that the address names."""
    paper = teller.paper_of(ask, ask.query.get("paper", ""))
    ask.noted["paper"] = paper
    given = dict.fromkeys(FIELDS[paper], "")
    given["landlord"] = ask.query.get("landlord", "")[:20]
    given["number"] = ask.query.get("lease", "")[: spelling.LONGEST]
    return _form(ask, paper, given, Faults({}))


def form3_send(ask: Ask) -> Response:
    """Look at it again, go back to it, or tell it: the form's button says which."""
    paper, step = teller.paper_of(ask, ask.given("paper")), ask.given("step")
    given = {name: ask.given(name) for name in FIELDS[paper]}
    today = _today(ask)
    fact = teller.read(ask, paper, given, today)
    if isinstance(fact, Faults):
        return _form(ask, paper, given, fact)
    ask.noted |= {"lease": fact.lease_id, "paper": paper}
    if step == "edit":
        return _form(ask, paper, given, Faults({}))
    told = command.Paper(fact, teller.source_of(ask), form_id_of(ask), ask.now, today)
    if step == "send":
        ask.did = "paper_sent"
        return _tell(ask, told)
    ask.did = "paper_looked_at"
    return _check(ask, paper, given, told)


def _form(ask: Ask, paper: str, given: Given, faults: Faults) -> Response:
    said = {name: ask.say(fault) for name, fault in faults.by_field.items()}
    return ask.page(
        "form3.html",
        _UNPROCESSABLE if said else 200,
        paper=paper,
        papers=[] if teller.is_landlord(ask) else list(FIELDS),
        given=given,
        faults={name: said[name] for name in given if name in said},
        matters=MATTERS,
        ways=HOW,
        grounds=GROUNDS,
        tenants=teller.tenants(ask, paper, given),
        boards=[(code, named(code)) for code in teller.served(ask)],
        today=_today(ask),
        act=form_id_of(ask),
    )


def _check(ask: Ask, paper: str, given: Given, told: command.Paper) -> Response:
    fact = told.fact
    known, is_landlord = teller.known_at(ask, fact.lease_id), teller.is_landlord(ask)
    lease = teller.lease_in(known)
    _refuse(ask, command.hindered(lease, told.source, fact.lease_id))
    is_open = teller.opens(ask, known)
    counts = teller.counts(ask, known, told, is_open)
    return ask.page(
        "form3_check.html",
        paper=paper,
        given=given,
        shown=shown(fact, ask.language),
        lacking=notes.lacking(fact),
        looked_at=notes.to_look_at(fact, lease, is_landlord, is_open),
        follows=notes.follows(fact, lease, is_landlord, counts),
        act=told.act_id,
    )


def _tell(ask: Ask, paper: command.Paper) -> Response:
    fact, is_landlord = paper.fact, teller.is_landlord(ask)
    cases, records = StoredCases(ask.site.engine), StoredRecords(ask.site.engine)
    told = command.tell_paper(ask.site.log, cases, records, paper, seconds=SECONDS)
    if isinstance(told, command.Refused):
        raise Wrong(_refusal_said(ask, told))
    ask.noted["act"] = told.event_id
    known = teller.known_at(ask, fact.lease_id)
    if teller.opens(ask, known):
        return ask.to(link("case", lease=fact.lease_id, saved=told.event_id) + "#saved")
    if is_landlord and told.folded:
        name = ask.person.landlord
        path = link("landlord", landlord=name, sent=fact.lease_id, act=paper.act_id)
        return ask.to(f"{path}#saved")
    counts = teller.counts(ask, known, paper, is_open=False)
    follows = notes.follows(fact, teller.lease_in(known), is_landlord, counts)
    return ask.page("form3_sent.html", lease=fact.lease_id, told=told, follows=follows)


def _refuse(ask: Ask, refused: command.Refused | None) -> None:
    if refused is not None:
        raise Wrong(_refusal_said(ask, refused))


def _refusal_said(ask: Ask, refused: command.Refused) -> str:
    mended = {} if refused.mend is None else {"mend": refused.mend}
    return ask.say(refused.refusal.value, **mended)


def _today(ask: Ask) -> date:
    """Today in Sweden; of a log that is ahead of the clock, a simulation's, its own day."""
    with ask.reading() as connection:
        return max(day_of(ask.now), ask.today(connection))
