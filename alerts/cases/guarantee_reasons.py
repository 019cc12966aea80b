"""What a task about rent guarantees says: which ends when, and what the landlord has claimed."""

from alerts.cases.situation import Situation
from models.phrase import Phrase, phrase
from models.standing.guarantees import Guarantee, drawn_on, ending, own_guarantees


def of_claims(situation: Situation) -> list[Phrase]:
    """The newest claims of the landlord under guarantees."""
    lease = situation.lease
    on = drawn_on(lease, situation.today)
    return [
        phrase("reason.guarantee_drawn", on=on, ore=draw.ore, left=_left(situation, one))
        for one in own_guarantees(lease)
        for draw in one.draws
        if draw.on == on
    ]


def of_ends(situation: Situation) -> list[Phrase]:
    """The guarantees that end, or have ended lately, the first to begin first."""
    found = []
    for one in ending(situation.lease, situation.today):
        assert one.last_day is not None
        name = "guarantee_over" if one.last_day < situation.today else "guarantee_ends"
        found.append(phrase(f"reason.{name}", on=one.last_day, left=_left(situation, one)))
    return found


def _left(situation: Situation, one: Guarantee) -> Phrase:
    terms = situation.lease.terms
    left = None if terms is None else one.left_ore(terms.rent_ore)
    return Phrase("guarantee.no_limit") if left is None else phrase("guarantee.left", ore=left)
