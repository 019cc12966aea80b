"""The steps of a claim or an eviction that are known on a day, in order."""

from datetime import date

from models.lease.papers import LegalStep
from models.lease.slips import has_come

# Of one day the later holds; what asks for an act holds over what puts it off.
_ORDER = (
    "claim.filed", "claim.served", "claim.disputed", "claim.decided", "claim.withdrawn",
    "eviction.applied", "eviction.deferred", "eviction.scheduled", "eviction.cancelled",
    "eviction.executed",
)  # fmt: skip
_DEFERRED, _SCHEDULED = "eviction.deferred", "eviction.scheduled"
_RANK = {step: number for number, step in enumerate(_ORDER)} | {
    _DEFERRED: _ORDER.index(_SCHEDULED)  # between them their own days decide
}


def steps_until(steps: list[LegalStep], kind: str, today: date) -> list[LegalStep]:
    """The steps of a claim ("claim.") or an eviction ("eviction.") known by `today`, in order,
    without those whose day is corrected."""
    found = [s for s in steps if s.step.startswith(kind) and has_come(s.on, today)]
    for correction in [s for s in found if s.corrects is not None]:
        found = [s for s in found if s is correction or not _is_corrected(s, correction)]
    return sorted(found, key=_in_order)


def _in_order(step: LegalStep) -> tuple[date, int, date, bool]:
    """A deferral to a day after the time that was told on the same day can only be about that time,
    and holds over it; a time on that day or after is a new one. Where either names no day, the
    time holds, for it asks for an act."""
    open_ended = date.max if step.step == _SCHEDULED else date.min
    asks = step.step == _SCHEDULED
    return step.on, _RANK[step.step], step.day or open_ended, asks


def _is_corrected(step: LegalStep, by: LegalStep) -> bool:
    return step.step == by.step and step.day == by.corrects and step.on <= by.on
