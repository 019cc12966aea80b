"""Has the tenant objected to early signals being passed on?

No statute lets a landlord send personal data before notice: an early signal rests on consent, or on
an agreement that nobody has objected. So an objection stops outreach on late rent. What the law
itself brings, as the message to the board, a claim and an eviction, is passed on all the same.
"""

from datetime import date

from models.lease.state import Lease

# Scopes that cover it: by its name, by whom it goes between, or by all.
EARLY_SIGNAL = ("early_signal", "landlord_to_municipality", "all")


def objected_on(lease: Lease, today: date) -> date | None:
    """Since when somebody in the lease objects to early signals; None when nobody does.

    Of one tenant the last word holds, of one day the objection; a word that does not say whose
    it is counts for all.
    """
    words = [c for c in lease.signals.consents if c.scope.lower() in EARLY_SIGNAL and c.on <= today]
    standing = [
        word.on
        for word in words
        if word.kind == "ObjectionMade"
        and not any(
            later.kind == "ConsentGiven"
            and later.on > word.on
            and (later.tenant_ref == word.tenant_ref or None in (later.tenant_ref, word.tenant_ref))
            for later in words
        )
    ]
    return min(standing, default=None)
