"""Everything about one lease that operators and caseworkers ask for first, on one day."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.cases.decide import read_situation
from alerts.cases.priority import Situation
from alerts.contract.messages import VisitTask
from alerts.fold.changes import HistoryRow
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.language import words
from alerts.store import schema
from alerts.store.sql import read_partition
from alerts.views import why_task, worklist
from alerts.views.lease_page_parts import (
    Account,
    Act,
    Deadline,
    HistoryLine,
    HouseholdGroup,
    Invoice,
    Legal,
    Page,
    Paid,
    Risk,
    SetAside,
    Terms,
)
from models.lease import state as stored
from models.lease.account import unpacked
from models.lease.groups import group
from models.lease.settlement import settle
from models.lease.state import Lease

_task = msgspec.json.Decoder(VisitTask)


class Known(Struct):
    """What a page is made of, from the database or from the log."""

    lease: Lease
    partition: Partition
    tasks: list[VisitTask]  # closed ones too
    history: Sequence[HistoryRow]
    dead: Mapping[tuple[int, int], DeadRecord]


def load(connection: Connection, lease_id: str) -> Known | None:
    """What the database knows of a lease; None if it does not."""
    table = schema.leases
    row = connection.execute(select(table).where(table.c.lease_id == lease_id)).first()
    if row is None:
        return None
    lease = stored.decode(row.state, row.state_version)
    tasks, history = schema.tasks, schema.history
    bodies = connection.execute(select(tasks.c.body).where(tasks.c.lease_id == lease_id))
    lines = connection.execute(
        select(history).where(history.c.lease_id == lease_id).order_by(history.c.seq)
    )
    letters = {place: worklist.dead_letter(connection, *place) for place in lease.incomplete}
    return Known(
        lease,
        read_partition(connection, row.partition),
        [_task.decode(body) for body in bodies.scalars()],
        [HistoryRow(**line) for line in lines.mappings()],
        {place: letter for place, letter in letters.items() if letter is not None},
    )


def page(known: Known) -> Page:
    """The page of a lease."""
    lease, today = known.lease, known.partition.today
    situation = read_situation(
        lease, today, known.partition.last_day or today, known.partition.fed_through
    )
    return Page(
        lease_id=lease.lease_id,
        today=today,
        why=why_task.why(situation, known.tasks),
        terms=_terms(lease),
        ended_on=lease.ended[0] if lease.ended else None,
        incomplete=bool(lease.incomplete),
        account=_account(situation),
        legal=_legal(situation),
        household=_household(situation),
        risk=Risk(lease.risk.points, lease.risk.band, lease.risk.scored_on, words.risk(lease.risk)),
        tasks=[task for task in known.tasks if task.state != "closed"],
        history=[HistoryLine(row.day, row.text, row.task_id) for row in known.history],
        set_aside=[_set_aside(place, known.dead.get(place)) for place in lease.incomplete],
    )


def _terms(lease: Lease) -> Terms | None:
    terms = lease.terms
    if terms is None:
        return None
    return Terms(**{name: getattr(terms, name) for name in Terms.__struct_fields__})


def _account(situation: Situation) -> Account:
    account = unpacked(situation.lease.account)
    late = {line.invoice_id for line in situation.arrears.late}
    settlement = settle(account, situation.lease.started_on)
    invoices = [
        Invoice(
            line.invoice_id,
            line.period,
            line.due_on,
            line.rent_ore,
            line.rent_left,
            line.other_left,
            line.paid_on,
            line.invoice_id in late,
            line.invoice_id in account.disputes,
        )
        for line in settlement.lines
    ]
    payments = [
        Paid(key, p.amount_ore, p.booked_on, p.ordered_on, p.payer, account.reversals.get(key))
        for key, p in account.payments.items()
    ]
    return Account(
        balance_ore=account.balance_ore,
        left_ore=settlement.owed_ore,
        late_rent_ore=situation.arrears.rent_ore,
        late_since=situation.arrears.since,
        surplus_ore=settlement.surplus_ore,
        data_incomplete=situation.arrears.data_incomplete,
        invoices=invoices,
        payments=sorted(payments, key=lambda paid: (paid.booked_on, paid.payment_id)),
    )


def _legal(situation: Situation) -> Legal:
    deadlines = [
        Deadline(name, words.LEGAL_DATES[name], on, (on - situation.today).days)
        for on, name in situation.dates
    ]
    troubled = situation.legal.running or situation.arrears.since is not None
    acts = situation.legal.acts(situation.today) if troubled else ()
    return Legal(
        running=situation.legal.running,
        forfeited_from=situation.arrears.forfeited_from,
        recovery_lost=situation.legal.recovery_lost,
        executed=situation.legal.executed,
        deadlines=deadlines,
        acts=[Act(*act) for act in acts],
        defects=words.defects(situation.legal),
    )


def _household(situation: Situation) -> HouseholdGroup:
    home = situation.lease.household
    grouped = group(home, situation.today)
    why = words.household(home, grouped, situation.today)
    return HouseholdGroup(home.known, grouped.value, why, home.protected)


def _set_aside(place: tuple[int, int], letter: DeadRecord | None) -> SetAside:
    if letter is None:
        return SetAside(*place, error="unknown", state="unknown")
    return SetAside(*place, error=letter.error, state=letter.state)
