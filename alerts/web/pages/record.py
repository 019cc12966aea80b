"""A record that was set aside: what is wrong with it, its text to be mended, and the two decisions.

Its text may hold personal data, so the page is for operators alone, and each look at it is noted
under the lease that it is about.
"""

from collections.abc import Callable
from http import HTTPStatus

from starlette.responses import Response

from alerts.access import people
from alerts.commands.dead_record import LONGEST, Decision, Refusal, Refused
from alerts.commands.discard_record import Discarded, discard_record
from alerts.commands.event_log import EventLog, NotTold, Position
from alerts.commands.mend_record import Mending
from alerts.commands.release_record import Released, release_record
from alerts.fold.announce import key_of
from alerts.fold.record import LEASE_UNKNOWN, DeadRecord
from alerts.views.lists.worklist import dead_record
from alerts.views.stored_records import StoredRecords
from alerts.web.ask import Ask
from alerts.web.case.telling import SECONDS
from alerts.web.faults import NotThere
from alerts.web.links import link
from alerts.web.operations.record_text import record_text
from models.contract import spelling
from models.contract.refusal import mend
from models.phrase import phrase

Decide = Callable[[EventLog, StoredRecords, Decision], Released | Discarded | Refused]
_DIGITS = 18  # of a place in the log; longer numbers no database keeps
_MOST_PARTITIONS = 2**31 - 1  # that a database's column keeps
_LEASES = 20  # of a record, that the row of the audit names


def record(ask: Ask) -> Response:
    """The record, as it stands."""
    return _page(ask)


def release(ask: Ask) -> Response:
    """Let it go on, mended."""
    given = ask.given("event").encode("utf-8", "surrogatepass")
    about = spelling.lease_id((key_of(given) or b"").decode())
    if about is not None:
        ask.noted["lease"] = about  # whatever the record names, this is whose event was to go on
    mending = Mending(lambda raw: _unfit(ask, raw), given)
    return _decide(
        ask, lambda log, kept, made: release_record(log, kept, made, mending, seconds=SECONDS)
    )


def discard(ask: Ask) -> Response:
    """Decide that it is not needed."""
    return _decide(ask, lambda log, kept, made: discard_record(log, kept, made, seconds=SECONDS))


def _decide(ask: Ask, decide: Decide) -> Response:
    """Carry a decision out, or show the page again with what was typed and why it cannot be."""
    place = _place(ask)
    decision = Decision(place, ask.person.subject, ask.given("reason"))
    try:
        told = decide(ask.site.log, StoredRecords(ask.site.engine), decision)
    except NotTold:
        return _page(ask, ask.say("fault.not_told"), HTTPStatus.SERVICE_UNAVAILABLE)
    if isinstance(told, Refused) and _is_same(told, decision, ask.at):
        return ask.to(link("record", **place._asdict(), decided=1))
    if isinstance(told, Refused):
        ask.noted["refused"] = told.refusal.name.lower()
        return _refused(ask, told)
    _note_record(ask, StoredRecords(ask.site.engine)(*place))
    later = None if told.folded else 1
    return ask.to(link("record", **place._asdict(), decided=told.event_id, later=later))


def _is_same(refused: Refused, decision: Decision, at: str) -> bool:
    """Was the record discarded already by the same person for the same reason? The same form came
    twice. A release also has a text, and whether it was the same nobody knows."""
    told = {"state": "discarded", "by": decision.by, "reason": decision.reason}
    return at == "discard" and refused.words == told


def _refused(ask: Ask, refused: Refused) -> Response:
    if refused.refusal is Refusal.NOT_SET_ASIDE:
        raise NotThere
    words = dict(refused.words)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if refused.refusal is Refusal.DECIDED_ALREADY:
        status, by = HTTPStatus.CONFLICT, words["by"] or ""
        with ask.reading() as connection:
            words["by"] = people.names(connection, [by]).get(by, by)
        words["state"] = phrase(f"record_state.{words['state']}")
    said = ask.say(phrase(f"record_refusal.{refused.refusal.name.lower()}", **words))
    return _page(ask, said, status)


def _page(ask: Ask, wrong: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The record, under what was wrong with the decision, which stays in its fields."""
    place = _place(ask)
    with ask.reading() as connection:
        found = dead_record(connection, *place)
        by = found.by or "" if found else ""
        name = people.names(connection, [by]).get(by, by)
    if found is None:
        raise NotThere
    _note_record(ask, found)
    return ask.page(
        "record.html",
        status,
        place=place,
        record=found,
        by=name,
        mend=ask.say(mend(found.refusal)),
        text=record_text(found.value),
        may_mend=found.error != LEASE_UNKNOWN,
        wrong=wrong,
        longest=LONGEST,
        decided="decided" in ask.query,
        later="later" in ask.query,
    )


def _place(ask: Ask) -> Position:
    """Where the address says that the record lies. `NotThere` for what is no place."""
    given = (ask.path["partition"], ask.path["offset"])
    if not all(one.isascii() and one.isdecimal() and len(one) <= _DIGITS for one in given):
        raise NotThere
    place = Position(*map(int, given))
    if place.partition > _MOST_PARTITIONS:
        raise NotThere
    return place


def _note_record(ask: Ask, found: DeadRecord | None) -> None:
    """Say in the audit's row which record it is, and whose."""
    ask.noted["record"] = f"{ask.path['partition']}/{ask.path['offset']}"
    leases = found.leases if found is not None else []
    if len(leases) == 1:
        ask.noted.setdefault("lease", leases[0])
    elif leases:
        ask.noted["leases"] = ", ".join(leases[:_LEASES])


def _unfit(ask: Ask, raw: bytes) -> str | None:
    why = ask.site.unfit(raw)
    return None if why is None else ask.say(why)
