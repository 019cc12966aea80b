"""Everything about one lease that operators and caseworkers ask for first, on one day."""

from datetime import date

from alerts.cases.household_said import AGE_UNKNOWN, household
from alerts.cases.landlord_tried import tried
from alerts.cases.law_reasons import defects
from alerts.cases.priority import in_order
from alerts.cases.reasons import risk
from alerts.cases.rent_known import rent_unknown
from alerts.cases.rent_reasons import due_moved, rent_saves
from alerts.cases.situation import Situation, read_situation
from alerts.fold.record import DeadRecord
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language
from alerts.playbooks.own import own_towns
from alerts.playbooks.towns import Towns
from alerts.views.lease import why_task
from alerts.views.lease.case_back import back_on
from alerts.views.lease.lease_acts import case_acts, child_question
from alerts.views.lease.lease_contacts import attempts, consents, plans
from alerts.views.lease.lease_guarantees import lease_guarantees
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page_parts import (
    Account,
    Act,
    Deadline,
    HistoryLine,
    HouseholdGroup,
    Invoice,
    Legal,
    Page,
    Paid,
    Refunded,
    Risk,
    SetAside,
    Terms,
)
from models.law.who_may_act import Act as WhoMayAct
from models.lease.archive import unpacked
from models.lease.disputes import is_disputed
from models.lease.groups import group, has_impossible_age
from models.lease.settlement import settle
from models.lease.state import Lease
from models.phrase import Phrase, phrase

_TENANTS = ("tenant", "tenant_or_board")  # actors
_WITH_TENANT = ("agree", "agree_meanwhile", "check_payment", "stop")  # acts that name the tenant


def situation_of(known: Known, towns: Towns | None = None) -> Situation:
    """Where a lease stands; by this program's own playbooks without `towns`."""
    lease, today = known.lease, known.partition.today
    as_of = today if known.partition.last_day else date.max  # before the first day all has moved
    way = (towns or own_towns()).way_of(lease)
    return read_situation(lease, today, as_of, known.partition.fed_through, way)


def page(known: Known, language: Language, towns: Towns | None = None) -> Page:
    """The page of a lease, with its words."""
    return page_of(known, situation_of(known, towns), language)


def page_of(known: Known, situation: Situation, language: Language) -> Page:
    """The same where it is read already where the lease stands."""
    lease, today = known.lease, situation.today
    as_of = today if known.partition.last_day else date.max
    return Page(
        lease_id=lease.lease_id,
        today=today,
        why=language.say(why_task.why(situation, known.tasks)),
        terms=_terms(lease),
        ended_on=lease.ended[0] if lease.ended else None,
        died_on=situation.died_on,
        over=situation.is_over,
        incomplete=bool(lease.incomplete),
        account=_account(situation, as_of, language),
        legal=_legal(situation, language),
        household=_household(situation, language),
        tried=language.say(phrase("tried.landlord", tries=tried(lease).tries)),
        plans=plans(situation, language),
        attempts=attempts(situation, language),
        case_acts=case_acts(situation, language),
        child_question=child_question(situation, language),
        back_on=back_on(situation),
        guarantees=lease_guarantees(lease, today, language),
        objected_on=situation.objected_on,
        consents=consents(lease, language),
        risk=_risk(lease, language),
        tasks=[
            visit_task(task, language) for task in in_order(known.tasks) if task.state != "closed"
        ],
        history=[
            HistoryLine(row.day, language.line(row.said), row.task_id) for row in known.history
        ],
        set_aside=[_set_aside(place, known.dead.get(place)) for place in lease.incomplete],
    )


def _terms(lease: Lease) -> Terms | None:
    terms = lease.terms
    if terms is None or not lease.is_registered:
        return None
    return Terms(**{name: getattr(terms, name) for name in Terms.__struct_fields__})


def _account(situation: Situation, as_of: date, language: Language) -> Account:
    account = unpacked(situation.lease.account)
    late = {line.invoice_id for line in situation.arrears.late}
    settlement = settle(account, situation.lease.started_on, as_of)
    invoices = [
        Invoice(
            line.invoice_id,
            line.span,
            line.due_on,
            line.rent_ore,
            line.rent_left,
            line.other_left,
            line.paid_on,
            line.invoice_id in late,
            is_disputed(account, line.invoice_id, situation.today),
            line.agreed_on if line.agreed_on != line.due_on else None,
            language.say(due_moved(line)) if line.moved else None,
        )
        for line in settlement.lines
    ]
    payments = [
        Paid(key, p.amount_ore, p.booked_on, p.ordered_on, p.payer, account.reversals.get(key))
        for key, p in account.payments.items()
    ]
    return Account(
        balance_ore=account.balance_on(as_of),
        left_ore=settlement.owed_ore,
        coming_ore=settlement.coming_ore(situation.today),
        late_rent_ore=situation.arrears.rent_ore,
        late_since=situation.arrears.since,
        surplus_ore=max(0, settlement.surplus_ore),
        data_incomplete=situation.arrears.data_incomplete,
        invoices=invoices,
        payments=sorted(payments, key=lambda paid: (paid.booked_on, paid.payment_id)),
        refunds=[
            Refunded(key, r.amount_ore, r.on, r.payment_id) for key, r in account.refunds.items()
        ],
        unknown=_said(rent_unknown(situation), language),
    )


def _said(found: Phrase | None, language: Language) -> str | None:
    return None if found is None else language.say(found)


def _legal(situation: Situation, language: Language) -> Legal:
    today, unheard = situation.today, situation.unheard_on
    dates = [one for one in situation.dates if one != (unheard, "eviction_on")]  # said by itself
    deadlines = [_deadline(name, on, today, language) for on, name in dates]
    return Legal(
        running=situation.legal.running,
        forfeited_from=None if situation.is_over else situation.arrears.forfeited_from,
        recovery_lost=situation.legal.recovery_lost,
        executed=situation.legal.executed,
        deadlines=deadlines,
        acts=[_act(act, situation.died_on is not None, language) for act in _acts(situation)],
        defects=[language.say(defect) for defect in defects(situation.legal)],
        unheard=_unheard(situation, language),
    )


def _acts(situation: Situation) -> tuple[WhoMayAct, ...]:
    legal, arrears = situation.legal, situation.arrears
    late = bool(arrears.late or arrears.disputed)
    if situation.is_over or not (legal.others or late):
        return ()
    return legal.acts(situation.today, rent_saves=rent_saves(situation), late=late)


def _unheard(situation: Situation, language: Language) -> str | None:
    day = situation.unheard_on
    return None if day is None else language.say(phrase("lease_page.eviction_unheard", on=day))


def _deadline(name: str, on: date, today: date, language: Language) -> Deadline:
    left = (on - today).days
    return Deadline(name, language.say(f"legal_date.{name}"), on, left if left >= 0 else None)


def _act(act: WhoMayAct, died: bool, language: Language) -> Act:
    """The act in words; after a death those who lived there stand where the tenant stood."""
    after = "_died" if died else ""
    actor = language.say(f"actor.{act.actor}{after if act.actor in _TENANTS else ''}")
    what = language.say(f"act.{act.name}{after if act.name in _WITH_TENANT else ''}")
    return Act(actor, what, act.through, act.section)


def _risk(lease: Lease, language: Language) -> Risk:
    said, found = [language.say(reason) for reason in risk(lease.risk)], lease.risk
    return Risk(found.points, found.band, found.scored_on, said, found.chance, found.model or None)


def _household(situation: Situation, language: Language) -> HouseholdGroup:
    home = situation.lease.household
    grouped = group(home, situation.today)
    said = [household(situation)]
    if has_impossible_age(home, situation.today) and said[0].code not in AGE_UNKNOWN:
        said.append(Phrase("reason.birth_year_impossible"))
    why = "; ".join(map(language.say, said))
    return HouseholdGroup(home.known, grouped.value, why, home.protected)


def _set_aside(place: tuple[int, int], record: DeadRecord | None) -> SetAside:
    if record is None:
        return SetAside(*place, error="unknown", state="unknown")
    return SetAside(*place, error=record.error, state=record.state)
