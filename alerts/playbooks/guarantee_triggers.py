"""What the register of rent guarantees sets off, where a playbook has a step for it."""

from alerts.cases.situation import Situation
from alerts.playbooks.since import Since
from models.calendar_ends import earlier
from models.standing import guarantees


def guarantee_ends(situation: Situation) -> Since | None:
    """A guarantee is at most thirty days from its last day, and nobody has said how it goes on."""
    ends = [
        max(earlier(one.last_day, guarantees.ENDS_SOON), one.given.on)
        for one in guarantees.ending(situation.lease, situation.today)
        if one.last_day is not None
    ]
    return Since(min(ends), max(ends)) if ends else None


def guarantee_drawn(situation: Situation) -> Since | None:
    """The landlord has claimed rent under a guarantee, in the last ninety days."""
    on = guarantees.drawn_on(situation.lease, situation.today)
    return None if on is None else Since(on, on)
