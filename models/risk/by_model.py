"""The list ranked by a trained model: the chance of trouble, beside the scorecard's points.

A model foresees trouble of leases that are not in it yet (`models.risk.outcome`). Where it has
come, a notice or more than a month's rent unpaid, there is nothing to foresee: such a lease goes
before all others, and its points and their reasons say how deep it is in. One that does not run has
no chance, and its points as before.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.lease.lines import Settlement
from models.lease.state import Lease, Risk
from models.risk import changes, scorecard
from models.risk.books import books
from models.risk.outcome import has_come, runs
from models.risk.reading import Reading, read
from models.risk.reasons import Scored, scored
from models.risk.scorer import COME
from models.risk.training import Model

CHANCE_BANDS = ((600, "acute"), (300, "high"), (100, "raised"))  # thousandths, ours


class Row(NamedTuple):
    """A lease as the scorecard reads it, and as the model does: only where it runs, and trouble has
    not come."""

    card: scorecard.Features
    come: bool
    reading: Reading | None


class ByModel:
    """Scores by `model`, whose file has the sha256 `version`."""

    scores_quiet = True

    def __init__(self, version: str, model: Model) -> None:
        self.version = version
        self._model = model

    def read(self, lease: Lease, settlement: Settlement, day: date) -> Row:
        """See `Scorer`."""
        card = scorecard.features(lease, settlement, day)
        if not runs(lease, day):
            return Row(card, come=False, reading=None)
        held = books(lease, day, settlement)
        come = has_come(lease, day, held)
        return Row(card, come, None if come else read(lease, day, held))

    def score(self, rows: Sequence[Row], day: date) -> list[Risk]:
        """See `Scorer`."""
        found = iter(scored(self._model, [row.reading for row in rows if row.reading is not None]))
        risks = scorecard.score([row.card for row in rows], day)
        return [
            self._foreseen(risk, next(found))
            if row.reading is not None
            else self._come(risk)
            if row.come
            else replace(risk, model=self.version)
            for row, risk in zip(rows, risks, strict=True)
        ]

    def changes_on(self, lease: Lease, settlement: Settlement, day: date) -> list[date]:
        """See `Scorer`."""
        return [
            *scorecard.changes_on(lease, settlement),
            *changes.changes_on(lease, day, settlement),
        ]

    def _come(self, risk: Risk) -> Risk:
        return replace(risk, chance=COME, model=self.version, band=CHANCE_BANDS[0][1])

    def _foreseen(self, risk: Risk, found: Scored) -> Risk:
        chance = min(found.chance, COME - 1)
        band = next((name for least, name in CHANCE_BANDS if chance >= least), "low")
        return replace(risk, chance=chance, model=self.version, band=band, reasons=found.reasons)
