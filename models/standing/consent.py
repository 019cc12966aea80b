"""May the landlord be told what the municipality does? Only with the tenants' consent (OSL 26:1,
our reading); what the law addresses to the landlord needs none."""

from collections.abc import Collection
from datetime import date

from models.lease.signals import Consent
from models.lease.state import Lease

# Scopes that cover it: by its name, by whom it goes between, or by all.
TO_LANDLORD = ("landlord_feedback", "municipality_to_landlord", "all")


def may_tell_landlord(lease: Lease, today: date) -> bool:
    """Has every tenant consented, by the last word of each? One that does not say whose it is
    counts for all; of one day a word against holds. Never where identity is protected."""
    return have_consented(lease, TO_LANDLORD, today)


def have_consented(lease: Lease, scopes: Collection[str], today: date) -> bool:
    """The same for any scopes."""
    if lease.household.protected:
        return False
    words = [w for w in lease.signals.consents if w.scope.lower() in scopes and w.on <= today]
    tenants = [tenant.tenant_ref for tenant in lease.household.tenants]
    return bool(words) and all(_consents(words, tenant) for tenant in tenants or (None,))


def _consents(words: list[Consent], tenant: str | None) -> bool:
    own = [word for word in words if tenant is None or word.tenant_ref in (None, tenant)]
    last = max(own, key=lambda word: (word.on, word.kind != "ConsentGiven"), default=None)
    return last is not None and last.kind == "ConsentGiven"
