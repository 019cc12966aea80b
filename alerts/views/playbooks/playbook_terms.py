"""Follow-up days, contract ladder and guarantees of a playbook as people read them."""

from collections.abc import Iterator, Mapping
from typing import get_args

from alerts.cases.follow_up import FOLLOW_UP
from alerts.playbooks.language import Guarantee, Rung
from alerts.views.playbooks.playbook_step import said
from models.contract.facts.acts import Outcome
from models.phrase import Phrase, phrase

_REPORTED = frozenset(get_args(Outcome))


def follow_up(own: Mapping[str, int]) -> Iterator[Phrase]:
    """Working days from each outcome until the case is back."""
    for name, days in FOLLOW_UP.items():
        outcome = Phrase(f"outcome.{name}" if name in _REPORTED else f"playbook_outcome.{name}")
        code = "playbook.follow_own" if name in own else "playbook.follow"
        yield phrase(code, outcome=outcome, days=own.get(name, days))


def rung_lines(number: int, rung: Rung) -> tuple[Phrase, list[Phrase]]:
    """A step of the contract ladder."""
    contract, months = said(rung.contract), rung.review_after
    title = phrase("playbook.rung", number=number, contract=contract, months=months)
    return title, list(_rung(rung))


def _rung(rung: Rung) -> Iterator[Phrase]:
    if rung.conditions:
        yield phrase("playbook.conditions", conditions=list(map(said, rung.conditions)))
    if rung.agrees:
        who = [Phrase(f"playbook_actor.{name}") for name in rung.agrees]
        yield phrase("playbook.agrees", who=who)
    if rung.support is not None:
        yield phrase("playbook.support", support=said(rung.support))
    if rung.support_ends_after is not None:
        yield phrase("playbook.support_ends", months=rung.support_ends_after)
    if rung.tenure_waived_for:
        yield phrase("playbook.tenure_waived", months=rung.tenure_waived_for)


def guarantee_lines(one: Guarantee) -> tuple[Phrase, list[Phrase]]:
    """The terms of a guarantee."""
    title = phrase("playbook.guarantee", name=one.id, who=list(map(said, one.who)))
    return title, list(_guarantee(one))


def _guarantee(one: Guarantee) -> Iterator[Phrase]:
    if one.months_of_rent is not None:
        yield phrase("playbook.guarantee_months", months=one.months_of_rent)
    if one.within_months is not None:
        yield phrase("playbook.guarantee_within", months=one.within_months)
    if one.highest_debt_kr is not None:
        yield phrase("playbook.guarantee_debt", ore=one.highest_debt_kr * 100)
    if one.covers_rent_debts:
        yield Phrase("playbook.guarantee_rent_debts")
    else:
        yield Phrase("playbook.guarantee_no_rent_debts")
