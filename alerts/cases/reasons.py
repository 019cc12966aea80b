"""What is known that makes a task: its own reasons, for two tasks of one case are not alike.

Lists hold no sensitive or otherwise delicate circumstances (SoLPuL 2001:454 7 a §): a disturbance
is named as a matter, never described, and nothing is said of health.
"""

from alerts.cases import law_reasons, rent_reasons
from alerts.cases.describe import doing
from alerts.cases.household_said import household
from alerts.cases.law_steps import last_step, step_said
from alerts.cases.moving import came_from
from alerts.cases.situation import Situation
from models.lease.groups import has_children, has_impossible_age, may_have_children
from models.lease.state import Lease, Risk
from models.phrase import Phrase, phrase
from models.standing.disturbances import disturbances

# What these are about is said by itself, and not what the rent and the score tell.
OF_ONE_MATTER = frozenset(
    {"disturbance", "assumed", "person", "review", "new_lease", "guarantee", "handover"}
)


def reasons(situation: Situation, step: str) -> list[Phrase]:
    """Why there is a task of `step`, most pressing first."""
    matter = doing(situation, step).matter
    if step == "secure_home":
        matter = "disturbance"
    kind = step if step == "confirm_eviction" else matter
    found = [*situation.once(_matter, kind), *situation.once(_who, matter)]
    if matter not in OF_ONE_MATTER and step != "confirm_eviction":
        found += situation.once(_of_the_score)
    return found + situation.once(_known)


def _of_the_score(situation: Situation) -> list[Phrase]:
    return [said for said in counted(situation.lease.risk) if not said.code.startswith(_SAID)]


def _matter(situation: Situation, matter: str) -> list[Phrase]:
    """What the task is about."""
    if matter == "confirm_eviction":
        last = last_step(situation, "eviction.")
        return [] if last is None else [step_said(last)]
    if matter == "assumed":
        return rent_reasons.assumed(situation)
    if matter in ("guarantee", "handover"):
        return []  # a guarantee's tasks say each its own; where a case came from, all of them
    if matter in ("person", "review", "new_lease"):
        return _of_the_lease(situation, matter)
    if matter == "disturbance":
        return of_disturbances(situation)
    found = law_reasons.of_rent(situation)
    if situation.legal.others:
        found += law_reasons.of_disturbances(situation.legal)
    return [
        *found,
        *rent_reasons.nothing_owed(situation),
        *rent_reasons.withdrawn(situation),
        *rent_reasons.late_rent(situation),
        *rent_reasons.plans(situation),
        *rent_reasons.disputes(situation),
        *([] if situation.legal.services else rent_reasons.assumed(situation)),
        *rent_reasons.habit(situation),
        *rent_reasons.refunds(situation),
        *rent_reasons.taken_back(situation),
    ]


def _of_the_lease(situation: Situation, matter: str) -> list[Phrase]:
    """What the lease itself asks for: how it ended, when it is reviewed, since when it is."""
    lease, terms = situation.lease, situation.lease.terms
    if matter == "review" and terms is not None and terms.review_on is not None:
        return [phrase("reason.review_on", on=terms.review_on), *_problems(situation)]
    if matter == "new_lease" and terms is not None:
        return [phrase("reason.new_since", on=terms.started_on)]
    if situation.legal.executed:
        last = last_step(situation, "eviction.")
        return [] if last is None else [step_said(last)]
    if lease.ended is not None and situation.has_ended:
        return [phrase("reason.ended", on=lease.ended[0], how=f"ended_how.{lease.ended[1]}")]
    return [Phrase("reason.raised")]


def _problems(situation: Situation) -> list[Phrase]:
    """Whether there was a problem that speaks against passing the contract on."""
    late, disturbed = situation.arrears.late, situation.lease.signals.disturbances
    if late or situation.legal.running:
        return [*law_reasons.of_rent(situation), *rent_reasons.late_rent(situation)]
    if disturbed:
        return [phrase("reason.disturbed", on=disturbed[-1])]
    return [Phrase("reason.no_problem")]


def of_disturbances(situation: Situation) -> list[Phrase]:
    """That disturbances were told of, by law or otherwise; never which."""
    days = disturbances(situation.lease, situation.today)
    reported = [phrase("reason.disturbed", on=days[-1])] if days else []
    return law_reasons.of_disturbances(situation.legal) + reported


def _who(situation: Situation, matter: str) -> list[Phrase]:
    """What whoever goes there should know of the household, and what its members have said."""
    lease, found = situation.lease, list[Phrase]()
    if lease.household.sublet_children:
        found.append(Phrase("reason.sublet"))
    if situation.legal.municipal and situation.legal.services:
        found.append(Phrase("reason.municipal_landlord"))
    if matter == "person" and _asks_for_children(situation):
        found.append(Phrase("reason.children_unknown"))
    if household(situation).code == "household.unknown" and matter not in OF_ONE_MATTER:
        found.append(Phrase("reason.household_unknown"))
    if situation.objected_on is not None and matter != "disturbance":
        found.append(phrase("reason.objected", on=situation.objected_on))
    return found + _in_touch(lease)


def _asks_for_children(situation: Situation) -> bool:
    """Has a household left, of which nobody knows whether children are in it?"""
    home, today = situation.lease.household, situation.today
    unknown = may_have_children(home, today) and not has_children(home, today)
    return situation.has_ended and unknown


def _in_touch(lease: Lease) -> list[Phrase]:
    """The municipality's newest contact with the tenant."""
    met = [c for c in lease.signals.contacts if c.by == "municipality" and c.met]
    if not met:
        return []
    last = max(met, key=lambda c: c.on)
    name = "heard" if last.direction == "inbound" else "reached"
    return [phrase(f"reason.municipality_{name}", on=last.on)]


def _known(situation: Situation) -> list[Phrase]:
    """What is not known as it should be."""
    lease, found = situation.lease, came_from(situation)
    if has_impossible_age(lease.household, situation.today):
        found.append(Phrase("reason.birth_year_impossible"))
    if situation.arrears.data_incomplete:
        found.append(Phrase("reason.data_incomplete"))
    if lease.incomplete:
        found.append(Phrase("reason.record_incomplete"))
    return found


# What the other reasons of a task say already.
_SAID = ("risk.rents_unpaid", "risk.eviction_set", "risk.broken_plan")


def risk(found: Risk) -> list[Phrase]:
    """The score's own reasons, without the unpaid rents, which are named by themselves."""
    return [said for said in counted(found) if not said.code.startswith("risk.rents_unpaid")]


def counted(found: Risk) -> list[Phrase]:
    """The score's reasons as they are said: one of one, one of many, and what is unpaid still and
    so has not been paid late."""
    return [Phrase(f"{reason.code}{_form(reason)}", reason.args) for reason in found.reasons]


def _form(reason: Phrase) -> str:
    args = reason.args
    form, unpaid, count = "", args.get("unpaid", 0), args.get("count")
    if unpaid:
        form = "_unpaid" if unpaid == count else "_mixed"
    if args.get("known") == 1:
        return f"{form}_only"
    one = count == 1 and reason.code in ("risk.late_months", "risk.rents_unpaid")
    return f"{form}_one" if one else form
