"""The auditor's page: who saw and did what, the newest first, and whether the record is whole."""

from datetime import datetime
from typing import Any, get_args

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.access import audit_list, chain, people
from alerts.access.audit_list import Only
from alerts.access.audit_proof import Verified, head, verify_newest
from alerts.proof.snapshot import snapshot
from alerts.web.ask import Ask
from alerts.web.audited import detail, word
from alerts.web.faults import Wrong
from alerts.web.written_out import written_out
from models.contract import spelling
from models.stockholm import STOCKHOLM

MOST = 50  # rows of a page
VERIFIED = 20_000  # rows that the page itself verifies; `bokvar audit verify` reads them all
ONLY: tuple[Only, ...] = get_args(Only)
_LONGEST = 200  # characters of a name or an id
_DIGITS = 18
NOTED = {"lease": "asked_lease"}


class Asked(Struct, frozen=True):
    """What was asked for, "" or None where nothing was; `before` leads to the older rows."""

    lease: str = ""
    person: str = ""
    only: Only | None = None
    before: int | None = None


class Row(Struct, frozen=True):
    """A row in words."""

    seq: int
    at: str
    subject: str
    name: str
    role: str
    did: str
    lease_id: str | None
    allowed: bool
    detail: list[tuple[str, str]]


def audit(ask: Ask) -> Response:
    """The newest rows that were asked for, or those before one."""
    asked = _asked(ask)
    with ask.reading() as connection:
        found = _rows(connection, asked, ask.person.municipality)
        names = people.names(connection, (row["subject"] for row in found))
        last = head(connection)
    shown = found[:MOST]
    return ask.page(
        "audit.html",
        asked=asked,
        rows=[_row(ask, row, names) for row in shown],
        older=shown[-1]["seq"] if len(found) > MOST else None,
        options=ONLY,
        count=last[0] if last else None,
        anchor=chain.written(last) if last else None,
        most=VERIFIED,
        verified=_verified(ask) if "verify" in ask.query else None,
    )


def _asked(ask: Ask) -> Asked:
    """What the address asks for, noted in the audit's own row; `Wrong` for what it cannot ask."""
    given = {name: ask.query.get(name, "").strip()[:_LONGEST] for name in Asked.__struct_fields__}
    # Under another name: to ask for a lease's rows is not to have opened its case.
    ask.noted |= {NOTED.get(name, name): value for name, value in given.items() if value}
    only, before = given["only"], given["before"]
    numbered = before.isascii() and before.isdecimal() and len(before) <= _DIGITS
    if (only and only not in ONLY) or (before and not numbered):
        raise Wrong(ask.say("audit.wrong_choice"))
    return Asked(
        lease=spelling.lease_id(given["lease"]) or given["lease"],
        person=given["person"],
        only=only or None,
        before=int(before) if before else None,
    )


def _rows(connection: Connection, asked: Asked, town: str | None) -> list[dict[str, Any]]:
    """One row more than are shown: then there are older ones. The auditor of a municipality sees
    what its people did, one of none sees all."""
    return audit_list.rows(
        connection,
        lease_id=asked.lease or None,
        by=people.called(connection, asked.person) if asked.person else None,
        only=asked.only,
        municipality=town,
        before=asked.before,
        limit=MOST + 1,
    )


def _verified(ask: Ask) -> Verified:
    with snapshot(ask.site.engine) as connection:
        return verify_newest(connection, VERIFIED)


def _row(ask: Ask, row: dict[str, Any], names: dict[str, str]) -> Row:
    subject, action = row["subject"], row["action"]
    town = written_out(row["municipality"] or "")
    return Row(
        seq=row["seq"],
        at=_at(row["at"]),
        subject=subject,
        name=written_out(names.get(subject, subject)),
        role=", ".join(filter(None, (word(ask.language, f"role.{row['role']}"), town))),
        did=word(ask.language, f"audited.{action}"),
        lease_id=row["lease_id"],
        allowed=row["allowed"],
        detail=detail(ask.language, row["detail"]),
    )


def _at(told: str) -> str:
    """The moment as a clock in Sweden showed it; one that was forged as it stands."""
    try:
        moment = datetime.fromisoformat(told).astimezone(STOCKHOLM)
    except (ValueError, OverflowError):
        return written_out(told)
    return f"{moment:%Y-%m-%d %H:%M:%S}"
