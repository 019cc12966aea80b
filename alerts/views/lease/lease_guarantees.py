"""The rent guarantees of one lease in words, for its page: by which terms, and who gave it."""

from datetime import date

from alerts.language.sentences import Language
from alerts.views.lease.lease_contacts_parts import CaseAct
from alerts.views.team.guarantee_register import holds, line_of, line_said
from models.lease.guarantees import GuaranteeAct
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.guarantees import Guarantee, guarantees


def lease_guarantees(lease: Lease, today: date, language: Language) -> list[str]:
    """The guarantees as they stand, the first to begin first."""
    return [" ".join(map(language.say, _said(lease, one, today))) for one in guarantees(lease)]


def guarantee_acts(lease: Lease, language: Language) -> list[CaseAct]:
    """What was told of guarantees and nobody has undone, the oldest first."""
    return [
        CaseAct(act.act_id, act.on, f"guarantee_{act.kind}", act.by, language.say(_told(act)))
        for act in lease.guarantees
        if act.act_id not in lease.signals.undone
    ]


def _said(lease: Lease, one: Guarantee, today: date) -> list[Phrase]:
    found = [line_said(line_of(lease, one, today))]
    if one.given.terms is not None:
        found.append(phrase("guarantee.by_terms", terms=one.given.terms))
    return found


def _told(act: GuaranteeAct) -> Phrase:
    said = {"on": act.on, "name": act.guarantee_id, "by": act.by}
    if act.kind == "drawn":
        return phrase("case_act.guarantee_drawn", ore=act.ore, **said)
    if act.kind == "ended":
        return phrase("case_act.guarantee_ended", **said)
    time = holds(act.starts_on or act.on, act.ends_on)
    return phrase("case_act.guarantee_given", holds=time, limit=_limit(act), **said)


def _limit(given: GuaranteeAct) -> Phrase:
    """Its limit as it was given."""
    ore, months = given.ore, given.months
    if ore is not None and months is not None:
        return phrase("guarantee.limit_both", ore=ore, months=months)
    if ore is not None:
        return phrase("guarantee.limit", ore=ore)
    if months is not None:
        return phrase("guarantee.limit_months", months=months)
    return Phrase("guarantee.no_limit")
