"""The application at the enforcement authority, which counts as notice once it is served."""

from datetime import date
from itertools import takewhile
from typing import NamedTuple

from models.lease.state import Lease
from models.standing.legal_steps import steps_until


class ServedClaim(NamedTuple):
    """An application with the day it was filed, by which the rent it asks for had fallen due, and
    the day it was served; form 1 goes with it (SFS 1978:314 2 §)."""

    filed_on: date
    served_on: date


def served_claim(lease: Lease, today: date) -> ServedClaim | None:
    """The application that was served, unless it was withdrawn; one not told as filed was filed no
    later than it was served."""
    newest_first = reversed(steps_until(lease.legal.steps, "claim.", today))
    claims = list(takewhile(lambda s: s.step != "claim.withdrawn", newest_first))[::-1]
    served_on = next((s.on for s in claims if s.step == "claim.served"), None)
    if served_on is None:
        return None
    filed = [s.on for s in claims if s.step == "claim.filed" and s.on <= served_on]
    return ServedClaim(min(filed, default=served_on), served_on)
