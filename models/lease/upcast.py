"""Older stored forms of a lease, brought to today's. Each step knows one version and the next."""

from collections.abc import Callable
from typing import Any

import msgspec

from models.contract.spelling import landlord_id

# Places in the arrays of `models.lease.state`.
_TERMS, _SIGNALS, _RISK, _CHANGES = 1, 4, 6, 9
_REASONS, _VISITS = 2, 6
_NUMBERS = {
    "rents_unpaid": ("count",),
    "late_months": ("count", "known"),
    "paid_ahead": ("count", "known"),
    "failed": ("count",),
    "broken_plan": (),
}


def upcast(state: bytes, version: int, newest: int) -> bytes:
    """The stored form `state` of `version` in the form of `newest`.

    ValueError for a version that this program does not know.
    """
    if not 1 <= version <= newest:
        raise ValueError(
            f"stored state has version {version}, this program reads 1 to {newest}: "
            "run the newer program"
        )
    lease = msgspec.msgpack.decode(state)
    for step in _STEPS[version - 1 : newest - 1]:
        step(lease)
    return msgspec.msgpack.encode(lease)


def _reasons_become_phrases(lease: list[Any]) -> None:
    """Version 1 wrote a score's reasons as 'late_months:2:6'."""
    if len(lease) > _RISK and len(lease[_RISK]) > _REASONS:
        lease[_RISK][_REASONS] = [_phrase(reason) for reason in lease[_RISK][_REASONS]]


def _phrase(reason: str) -> dict[str, Any]:
    name, *numbers = reason.split(":")
    args = dict(zip(_NUMBERS[name], map(int, numbers), strict=False))
    if "known" in _NUMBERS[name]:
        args.setdefault("known", 6)  # the oldest wrote the count alone
    return {"code": f"risk.{name}", "args": args} if args else {"code": f"risk.{name}"}


def _landlords_have_one_spelling(lease: list[Any]) -> None:
    """Version 2 kept a landlord's number as it came, with a hyphen or without."""
    terms = lease[_TERMS] if len(lease) > _TERMS else None
    if terms:
        terms[0] = landlord_id(terms[0])
    for change in lease[_CHANGES] if len(lease) > _CHANGES else ():
        if change[1] == "landlord_id":
            change[2] = landlord_id(change[2])


def _reports_become_acts(lease: list[Any]) -> None:
    """Version 3 kept the last report of each task, its day and outcome, by the task's id."""
    if len(lease) > _SIGNALS and len(lease[_SIGNALS]) > _VISITS:
        visits = lease[_SIGNALS][_VISITS]
        acts = [["", "reported", on, task_id, code] for task_id, (on, code) in visits.items()]
        lease[_SIGNALS][_VISITS] = sorted(acts, key=lambda act: act[2])  # acts lie by their days


_STEPS: tuple[Callable[[list[Any]], None], ...] = (
    _reasons_become_phrases,
    _landlords_have_one_spelling,
    _reports_become_acts,
)
