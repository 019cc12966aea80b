"""What is told of a rent guarantee is kept, with who told it, and can be undone."""

from bisect import insort
from datetime import date

from msgspec.structs import replace

from models.contract import facts
from models.contract.events import Event
from models.contract.source import municipality_of
from models.lease.account import Outcome
from models.lease.guarantees import GuaranteeAct
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.newest import sent_at
from models.lease.state import Lease


def told(lease: Lease, event: Event, today: date) -> Outcome:
    """Keep a step of a guarantee. As of acts, one that says the same of the same moment is a
    repeat, whatever its id."""
    said, undone = _read(event, today), lease.signals.undone
    same = [replace(one, act_id=said.act_id) for one in _counting(lease.guarantees, undone)]
    if said in same:
        return Outcome.REPEAT
    insort(lease.guarantees, said, key=lambda one: (one.on, one.sent, one.act_id))
    if len(lease.guarantees) > KEPT_SIGNALS:
        lease.guarantees.remove(min(lease.guarantees, key=lambda one: one.act_id not in undone))
    return Outcome.APPLIED


def _counting(acts: list[GuaranteeAct], undone: list[str]) -> list[GuaranteeAct]:
    return [one for one in acts if one.act_id not in undone]


def _read(event: Event, today: date) -> GuaranteeAct:
    fact = event.data
    kind = type(fact).__name__.removeprefix("Guarantee").lower()
    said = GuaranteeAct(
        event.id, kind, fact.guarantee_id, min(fact.on, today), fact.by, sent_at(event, today),
        town=municipality_of(event.source) or "",
    )  # fmt: skip
    match fact:
        case facts.GuaranteeGiven():
            return replace(
                said, starts_on=fact.starts_on, ends_on=fact.ends_on, ore=fact.limit_ore,
                months=fact.months_of_rent, terms=fact.terms,
            )  # fmt: skip
        case facts.GuaranteeDrawn():
            return replace(said, ore=fact.amount_ore)
    return said
