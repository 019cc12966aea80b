"""What the list asks of a score, the scorecard's points or a model's chance."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from models.lease.lines import Settlement
from models.lease.state import Lease, Risk
from models.risk import scorecard

COME = 1000  # the chance, in thousandths, where the trouble is here that a model foresees


class Scorer(Protocol):
    """Scores leases at the end of a day, all of them in one call.

    `version` names it: a model's sha256, "" for the scorecard. `scores_quiet`: are leases scored in
    which nothing is the matter?
    """

    version: str
    scores_quiet: bool

    def read(self, lease: Lease, settlement: Settlement, day: date) -> Any:
        """What is scored of a lease; `settlement` is of its account's open items on `day`."""

    def score(self, rows: Sequence[Any], day: date) -> list[Risk]:
        """The score of each of what was read, with its reasons."""

    def changes_on(self, lease: Lease, settlement: Settlement, day: date) -> list[date]:
        """The days at whose end the score can change by time alone; those up to `day` may be among
        them."""


class ByPoints:
    """The scorecard: always there, and what is fallen back to."""

    version = ""
    scores_quiet = False

    def read(self, lease: Lease, settlement: Settlement, day: date) -> scorecard.Features:
        """See `Scorer`."""
        return scorecard.features(lease, settlement, day)

    def score(self, rows: Sequence[scorecard.Features], day: date) -> list[Risk]:
        """See `Scorer`."""
        return scorecard.score(rows, day)

    def changes_on(self, lease: Lease, settlement: Settlement, day: date) -> list[date]:
        """See `Scorer`."""
        return scorecard.changes_on(lease, settlement)


BY_POINTS: Scorer = ByPoints()
