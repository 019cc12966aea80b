"""Landlords: how far each has reported, what it is to mend, and on what basis it passes data on.

A landlord sees its own page alone, and on it nothing of any household and nothing that the
municipality has said.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from alerts.access.bases import PRECONDITIONS, Kind, bases
from alerts.access.person import Role
from alerts.commands.stored_cases import StoredCases
from alerts.commands.tell_paper import hindered
from alerts.fold.partition import Partition
from alerts.store.sql import read_partitions
from alerts.views import landlords as view
from alerts.views.answers import Answer, answers
from alerts.views.feeds import Feed
from alerts.views.lists import worklist
from alerts.web.ask import Ask
from alerts.web.faults import NotThere
from alerts.web.landlord_rows import basis_said, reported, to_mend, told_days
from alerts.web.links import link
from alerts.web.papers.notes import message_told
from models.contract.events import LANDLORD
from models.contract.spelling import organisation_number
from models.stockholm import day_of


def landlords(ask: Ask) -> Response:
    """The landlords of my municipality; a landlord is sent on to its own page."""
    if ask.person.role is Role.LANDLORD:
        return ask.to(link("landlord", landlord=ask.person.landlord))
    town = ask.person.municipality or ""
    with ask.reading() as connection:
        partitions = read_partitions(connection)
        found = view.feeds_of_town(connection, partitions, town)
        known = {basis.landlord: basis for basis in bases(connection, municipality=town)}
    last_day, day = _days(ask, partitions)
    shown = [
        reported(ask.language, feed, known.get(feed.landlord), last_day, day) for feed in found
    ]
    return ask.page("landlords.html", rows=shown, silent=sum(row.silent for row in shown))


def landlord(ask: Ask) -> Response:
    """One landlord."""
    number = landlord_of(ask)
    is_own = ask.person.role is Role.LANDLORD
    town = ask.person.municipality or ""
    with ask.reading() as connection:
        known = bases(connection, landlord=number, municipality=None if is_own else town)
        if not is_own and not known and not view.is_of_town(connection, number, town):
            raise NotThere
        partitions = read_partitions(connection)
        feed = view.feed_of(connection, partitions, number) or Feed(number, None, None, [], False)
        last_day, day = _days(ask, partitions)
        basis = known[0] if known and not is_own else None
        values: dict[str, Any] = {
            "row": reported(ask.language, feed, basis, last_day, day),
            "leases": view.count_leases(connection, number) if is_own else None,
            "answers": _answers(ask, connection, number, is_own),
            **_waiting(ask, connection, number, is_own),
        }
    return ask.page(
        "landlord.html",
        number=number,
        is_own=is_own,
        told=told_days(partitions, number),
        bases=[(one, basis_said(one, day, ask.language)) for one in known],
        kinds=[kind.value for kind in Kind],
        preconditions=PRECONDITIONS,
        recorded=basis,
        today=day,
        saved="saved" in ask.query,
        sent=_sent(ask, number) if is_own else [],
        **values,
    )


def landlord_of(ask: Ask) -> str:
    """The landlord that the address names, in its one spelling; `NotThere` for one that is none,
    and for a landlord's person that is another."""
    given = ask.path["landlord"].strip()
    number, is_own = organisation_number(given), ask.person.role is Role.LANDLORD
    ask.noted["landlord"] = given[:40]
    if number is None or (is_own and number != ask.person.landlord):
        raise NotThere
    return number


def _days(ask: Ask, partitions: list[Partition]) -> tuple[date | None, date]:
    """The last day that has ended, if any, and the one that has not."""
    last_day = worklist.newest_of(partitions)
    return last_day, last_day + timedelta(days=1) if last_day else day_of(ask.now)


def _waiting(ask: Ask, connection: Connection, number: str, is_own: bool) -> dict[str, Any]:
    """What waits: of a landlord's own what it has sent, of a municipality what is in scope."""
    leases = view.waiting_leases(connection, number)
    if is_own:
        found = view.to_mend(connection, number)
        held, incomplete = view.held_for(leases, number), list[str]()
    else:
        found = view.to_mend_in_scope(connection, number, ask.scope)
        held = view.held_in_scope(leases, ask.scope)
        incomplete = view.incomplete_in_scope(leases, ask.scope)
    return {
        "mending": [to_mend(record, ask.language, is_own) for record in found.records],
        "left": found.left,
        "more": found.more,
        "held": held,
        "incomplete": incomplete,
    }


def _answers(ask: Ask, connection: Connection, number: str, is_own: bool) -> list[Answer]:
    """What the landlord was answered: its own all, a municipality what is in scope."""
    if is_own:
        return answers(connection, number, view.MOST)
    return view.answers_in_scope(connection, number, ask.scope)


def _sent(ask: Ask, number: str) -> list[str]:
    """What became of the message that the landlord's person has just sent: what the lease holds of
    it, for an address alone tells nothing."""
    name = ask.query.get("sent", "")
    stand = StoredCases(ask.site.engine)(name) if name else None
    if stand is None or hindered(stand.lease, LANDLORD + number, stand.lease.lease_id):
        return []
    told = message_told(stand.lease, ask.query.get("act", ""))
    return [ask.say(one) for one in told]
