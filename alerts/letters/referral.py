"""The referral with a phone number: for who cannot pay, or wants to talk with somebody."""

from datetime import date
from typing import ClassVar

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended


class Referral(LetterFacts, frozen=True, kw_only=True):
    """A referral, which says nothing of why: it may lie on a kitchen table. `hours` is when the
    phone is answered, `met_on` the day the tenant was talked to."""

    FILLS: ClassVar = ("hours", "met_on")

    hours: str | None = None
    met_on: str | date | None = None


def referral(situation: Situation) -> Referral | Refusal:
    """The referral; the day is that of the last talk that is known."""
    refused = ended(situation)
    if refused is not None:
        return refused
    met = [c.on for c in situation.lease.signals.contacts if c.met and c.on <= situation.today]
    return Referral(lease=situation.lease.lease_id, met_on=max(met, default=None))
