"""The steps that the law has taken on a lease, each named with its day."""

from datetime import date
from itertools import takewhile

from alerts.cases.rent_reasons import paid_rent
from alerts.cases.situation import Situation
from models.lease.papers import LegalStep
from models.phrase import Phrase, phrase
from models.standing.legal_steps import steps_until


def newest_step(situation: Situation) -> Phrase | None:
    """The step that came last of all that run, or that ended what ran, with its day."""
    return _newest([*_papers(situation), *_steps(situation), *_paid(situation)])


def running_step(situation: Situation) -> Phrase | None:
    """The step that came last of all that run: a claim that was withdrawn is no reason beside a
    notice that stands."""
    papers, steps = _papers(situation), _steps(situation)
    if papers:
        steps = [step for step in steps if step[1].code != "happened.claim_withdrawn"]
    return _newest([*papers, *steps, *_paid(situation)])


def _newest(found: list[tuple[date, Phrase]]) -> Phrase | None:
    found.sort(key=lambda step: step[0])
    return found[-1][1] if found else None  # of one day what follows on the notice


def standing_steps(situation: Situation) -> list[Phrase]:
    """The newest step of the eviction and of the claim it rests on, the newer first."""
    return [said for _, said in reversed(_steps(situation))]


def last_step(situation: Situation, kind: str) -> LegalStep | None:
    """The last step of a claim (`claim.`) or an eviction (`eviction.`) known today; what was told
    again, by whomever, is one step of the day on which it was told first."""
    known = situation.lease.legal.steps
    steps = steps_until(known, kind, situation.today) if known else []
    if not steps:
        return None
    last = steps[-1]
    same = takewhile(lambda s: (s.step, s.day) == (last.step, last.day), reversed(steps))
    return list(same)[-1]


def step_said(step: LegalStep) -> Phrase:
    """A step of a claim or an eviction, in words."""
    name = f"happened.{step.step.replace('.', '_')}"
    if step.step in ("eviction.scheduled", "eviction.deferred"):
        if step.day is None:
            return phrase(f"{name}_open", on=step.on)
        return phrase(name, on=step.on, day=step.day)
    return phrase(name, on=step.on)


def _papers(situation: Situation) -> list[tuple[date, Phrase]]:
    """The notices that run; a message to the board alone, while no notice is known."""
    legal, found = situation.legal, list[tuple[date, Phrase]]()
    if legal.services:
        found.append((legal.services[-1], phrase("happened.notice", on=legal.services[-1])))
    elif legal.message_given_on is not None:
        on = legal.message_given_on
        found.append((on, phrase("happened.message", on=on)))
    if legal.disturbance and legal.disturbance_notice_on is not None:
        on = legal.disturbance_notice_on
        found.append((on, phrase("happened.disturbance_notice", on=on)))
    return found


def _paid(situation: Situation) -> list[tuple[date, Phrase]]:
    """The rent behind the notice was paid, and what the notice led to goes on."""
    on, last = situation.legal.paid_on, situation.legal.recovery_on
    paid = paid_rent(situation)
    if on is not None:
        return [(on, phrase("happened.paid_late", on=on, last=last))]
    if paid is None:
        return []
    if paid.in_time:
        name = "happened.assumed_in_time" if paid.assumed else "happened.paid_in_time"
        return [(paid.on, phrase(name, on=paid.on))]
    return [(paid.on, phrase("happened.paid_late", on=paid.on, last=paid.last))]


def _steps(situation: Situation) -> list[tuple[date, Phrase]]:
    """The newest steps of the claim and of the eviction, oldest first; as each other on a day the
    eviction is the newer."""
    steps = [last_step(situation, kind) for kind in ("claim.", "eviction.")]
    return sorted(
        ((step.on, step_said(step)) for step in steps if step is not None),
        key=lambda found: found[0],
    )
