"""What was promised, tried and said on a lease, for its page."""

from alerts.cases.describe import doing
from alerts.cases.follow_up import report_of
from alerts.cases.situation import Situation
from alerts.language.sentences import Language
from alerts.views.lease.lease_contacts_parts import Attempt, Consent, Plan
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.consent import TO_LANDLORD
from models.standing.objections import EARLY_SIGNAL
from models.standing.plans import PlanRead, read_plans


def plans(situation: Situation, language: Language) -> list[Plan]:
    """The payment plans, the oldest first, each with the instalments that were missed."""
    lines = situation.arrears.settlement.lines
    found = read_plans(situation.lease, lines, situation.today)
    return [_plan(one, language) for one in found]


def _plan(plan: PlanRead, language: Language) -> Plan:
    parts = plan.instalments
    state = plan.ended or ("missed" if plan.missed else "running")
    said = phrase(
        "lease_page.plan",
        plan=plan.plan_id,
        count=len(parts),
        ore=sum(part.amount_ore for part in parts),
        first=parts[0].due_on,
        last=parts[-1].due_on,
        state=f"plan.{state}",
    )
    return Plan(
        plan_id=plan.plan_id,
        instalments=[(part.due_on, part.amount_ore) for part in parts],
        ended=plan.ended,
        missed=[part.due_on for part in plan.missed],
        text=language.say(said),
        missed_text=[
            language.say(
                phrase(
                    "lease_page.plan_missed",
                    plan=plan.plan_id,
                    ore=part.amount_ore,
                    due=part.due_on,
                )
            )
            for part in plan.missed
        ],
    )


def attempts(situation: Situation, language: Language) -> list[Attempt]:
    """Every attempt that is known, of landlord and municipality, and what was reported of the
    case's tasks; the oldest first."""
    both = [*contacts(situation.lease, language), *_reported(situation, language)]
    return sorted(both, key=lambda one: one.on)


def contacts(lease: Lease, language: Language) -> list[Attempt]:
    """Every attempt of landlord and municipality, as they came."""
    found = []
    for contact in lease.signals.contacts:
        came = "heard" if contact.direction == "inbound" else "not_reached"
        came = "reached" if contact.direction == "outbound" and contact.reached else came
        said = phrase(f"attempt.{contact.by}_{came}", on=contact.on)
        found.append(Attempt(contact.on, language.say(said)))
    return found


def _reported(situation: Situation, language: Language) -> list[Attempt]:
    lease, found = situation.lease, []
    for task in lease.case.tasks if lease.case else ():
        report = report_of(situation, task)
        if report is not None:
            step, outcome = doing(situation, task.step).does, f"outcome.{report.code}"
            said = phrase("attempt.reported", step=step, outcome=outcome, on=report.on)
            found.append(Attempt(report.on, language.say(said)))
    return found


def consents(lease: Lease, language: Language) -> list[Consent]:
    """What tenants have said of what may be passed on, the oldest first."""
    return [
        Consent(
            word.on,
            word.kind,
            word.scope,
            language.say(phrase(f"consent.{word.kind}", on=word.on, scope=_scope(word.scope))),
        )
        for word in sorted(lease.signals.consents, key=lambda word: word.on)
    ]


def _scope(written: str) -> Phrase:
    """What a word is about, as consents and objections are read."""
    code = written.lower()
    if code == "all":
        return Phrase("consent_scope.all")
    for name, codes in (("to_landlord", TO_LANDLORD), ("early_signal", EARLY_SIGNAL)):
        if code in codes:
            return Phrase(f"consent_scope.{name}")
    return phrase("consent_scope.other", scope=written)
