"""What people at the municipality have done and decided in a case, for its page alone.

Who asked about the children, and why a case waits, is said of one lease and in no list of several.
"""

from collections.abc import Iterator
from typing import Any

from alerts.cases.describe import doing
from alerts.cases.mapped_said import mapped_said
from alerts.cases.situation import Situation
from alerts.language.sentences import Language
from alerts.views.lease.lease_contacts_parts import CaseAct
from alerts.views.lease.lease_guarantees import guarantee_acts
from models.lease.acts import Act
from models.lease.groups import has_children
from models.lease.papers import HeardNotice
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.acts import newest, standing
from models.standing.mapping import Mapping, read_mapping


def case_acts(situation: Situation, language: Language) -> list[CaseAct]:
    """The acts that nobody has undone, those of guarantees, and what was heard of notices, the
    oldest first."""
    signals, steps = situation.lease.signals, _steps(situation)
    found = [
        CaseAct(act.act_id, act.on, act.kind, act.by, language.say(_said(act, steps)))
        for act in signals.acts
        if act.act_id not in signals.undone
    ]
    more = [*guarantee_acts(situation.lease, language), *_heard(situation.lease, language)]
    return sorted([*found, *more], key=lambda act: act.on) if more else found


def _heard(lease: Lease, language: Language) -> list[CaseAct]:
    """What the municipality heard of notices from the landlord. Who entered it the audit knows."""
    undone = lease.signals.undone
    return [
        CaseAct(one.act_id, one.on, "heard", "", language.say(_heard_said(one)))
        for one in lease.legal.heard
        if one.act_id not in undone
    ]


def _heard_said(one: HeardNotice) -> Phrase:
    form_1 = one.recovery_notice_served_on
    said = {"on": one.on, "served": one.served_on}
    if one.reason == "arrears" and form_1 is not None:
        return phrase("case_act.heard_arrears", form_1=form_1, **said)
    return phrase(
        f"case_act.heard_{one.reason}{'_alone' if one.reason == 'arrears' else ''}", **said
    )


def child_question(situation: Situation, language: Language) -> str | None:
    """Whether it was asked about the preliminary assessment; None where no child is known of and
    nobody has asked."""
    asked = newest(standing(situation.lease, "asked"))
    if asked is not None:
        return language.say(phrase("case_act.child_question_asked", on=asked.on, by=asked.by))
    if not has_children(situation.lease.household, situation.today):
        return None
    return language.say("case_act.child_question_open")


def _mapped(found: Mapping) -> Iterator[Phrase]:
    """A phrase each of causes, own efforts and support, if there are any."""
    for kind, what in zip(("cause", "effort", "need"), mapped_said(found), strict=True):
        if what:
            yield phrase(f"mapped.{kind}", what=what)


def _steps(situation: Situation) -> dict[str, Phrase]:
    """The words of the case's tasks by their ids."""
    lease, case = situation.lease, situation.lease.case
    return {
        case.id_of(lease.lease_id, task): doing(situation, task.step).does
        for task in (case.tasks if case is not None else ())
        if case is not None
    }


def _said(act: Act, steps: dict[str, Phrase]) -> Phrase:
    step = steps.get(act.task_id, Phrase("case_act.earlier_task"))
    said: dict[str, Any] = {"on": act.on, "by": act.by}
    match act.kind:
        case "reported":
            return phrase("case_act.reported", step=step, outcome=f"outcome.{act.code}", **said)
        case "planned":
            return phrase("case_act.planned", step=step, day=act.day, who=act.who, **said)
        case "assigned":
            return phrase("case_act.assigned", step=step, to=act.who, **said)
        case "waits":
            said |= {"until": act.day, "why": f"waits_for.{act.code}"}
            if act.ended_on is not None:
                return phrase("case_act.waits_ended", ended=act.ended_on, **said)
            return phrase("case_act.waits", **said)
        case "mapped":
            return phrase("case_act.mapped", what=list(_mapped(read_mapping(act))), **said)
        case "placed" if act.code == "raised":
            return phrase("case_act.raised", **said)
        case "placed":
            return phrase("case_act.lowered", **said)
    return phrase("case_act.asked", **said)
