"""Telling an act of a form: who, in which case, under which id; then back to the case's page."""

import hashlib
import re
from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from alerts.commands.case_act import Cases, Deed, Refused, Told
from alerts.commands.event_log import EventLog
from alerts.commands.stored_cases import OpenedCase, StoredCases
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.case.opening import open_case
from alerts.web.case.refusals import refusal_said
from alerts.web.case.seen import require_seen
from alerts.web.faults import ClosedCase, NotThere, Wrong
from alerts.web.links import link
from alerts.web.named import names_of
from alerts.web.written_days import day_in

Act = Callable[[EventLog, Cases, Deed], Told | Refused]
_ID = re.compile(r"case-[0-9]{8}T[0-9]{6}\.[0-9]{6}-[0-9a-f]{8}", re.ASCII)
_ECHO = 40  # characters of what was typed that are said again
_NOT_SAID = ("form_token", "act", "seen")  # of a form's fields
SECONDS = 10.0  # a page waits for its own act; a worker needs a tenth of one


def tell_act(
    ask: Ask, act: Act, *, may: Callable[[Known], None] | None = None, undoes: str = ""
) -> Response:
    """Do the act in the case of the address, and show the case as it stands then. What is told
    already, or undone already where the act `undoes` another, is answered as it was the first time:
    a second click must not read as if nothing had been saved.

    Refuses by raising: a case that is closed to the person, what `may` raises of it, a form older
    than another's act, and an act that cannot be.
    """
    try:
        with ask.reading() as connection:
            known = open_case(ask, connection)
            names = names_of(ask, connection, known)
    except ClosedCase as fault:
        if _closed_itself(ask, fault.lease_id):
            return _saved(ask, fault.lease_id, act_id_of(ask))
        raise
    if may is not None:
        may(known)
    signals, act_id = known.lease.signals, act_id_of(ask)
    if undoes in signals.undone or act_id in {told.act_id for told in signals.acts}:
        return _saved(ask, known.lease.lease_id, act_id)
    require_seen(ask, known, names)
    return tell_in(ask, known, act)


def tell_in(ask: Ask, known: Known, act: Act) -> Response:
    """The same in a case that has been opened, and whose form is known to be new."""
    deed = deed_of(ask, ask.given("task") or known.lease.lease_id)
    if deed.name != known.lease.lease_id and deed.name not in {t.task_id for t in known.tasks}:
        raise NotThere  # a task of another case, which was not opened
    told = act(ask.site.log, OpenedCase(known), deed)
    if isinstance(told, Refused):
        raise Wrong(refusal_said(told, ask.language))
    return _saved(ask, known.lease.lease_id, told.event_id, folded=told.folded)


def _closed_itself(ask: Ask, lease_id: str) -> bool:
    """Was the form's act told already, and gave the case away from who told it?"""
    stand = StoredCases(ask.site.engine)(lease_id)
    return stand is not None and any(
        act.act_id == act_id_of(ask) and act.by == ask.person.subject
        for act in stand.lease.signals.acts
    )


def _saved(ask: Ask, lease_id: str, act_id: str, *, folded: bool = True) -> Response:
    ask.noted["act"] = act_id
    later = None if folded else 1
    path = link("case", lease=lease_id, saved=act_id, later=later)
    return ask.to(f"{path}#saved")


def deed_of(ask: Ask, name: str) -> Deed:
    """The deed of a form: on the day it names, else today."""
    return Deed(name, ask.person.subject, day_of_field(ask, "on"), ask.now, act_id_of(ask))


def act_id_of(ask: Ask) -> str:
    """The id of a form's act: the form's own with what was filled in. So the same form sent twice
    is one act, and sent again with another answer another."""
    given = form_id_of(ask)
    said = sorted((k, v) for k, v in ask.form.multi_items() if k not in _NOT_SAID)
    digest = hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{given}-{digest[:8]}"


def row_id_of(ask: Ask) -> str:
    """An id for a row of our own that a form makes: of the same form sent twice the same."""
    said = (ask.person.subject, sorted(ask.path.items()), act_id_of(ask))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def form_id_of(ask: Ask) -> str:
    """The id that the form itself has; a new one where it has none."""
    given = ask.given("act")
    return given if _ID.fullmatch(given) else ask.act_id()


def day_of_field(ask: Ask, name: str) -> date | None:
    """The date of a field; None where it is empty. `Wrong` if it is none."""
    given = ask.given(name)
    if not given:
        return None
    day = day_in(given)
    if day is None:
        raise Wrong(ask.say("act_form.no_date", given=given[:_ECHO]))
    return day


def required_day(ask: Ask, name: str) -> date:
    """The same, where it must be given."""
    day = day_of_field(ask, name)
    if day is None:
        raise Wrong(ask.say("act_form.date_missing"))
    return day
