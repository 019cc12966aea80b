"""Noting what came out of a case when it was mapped with the household, in codes alone."""

from collections.abc import Sequence
from typing import NamedTuple, get_args

from alerts.commands.case_act import (
    SECONDS,
    Cases,
    Deed,
    Refusal,
    Refused,
    Told,
    refused,
    tell,
)
from alerts.commands.case_find import find_case
from alerts.commands.event_log import EventLog
from alerts.commands.known_code import known
from models.contract.facts import CaseMapped
from models.contract.facts.acts import Cause, Effort, Need

CAUSES: tuple[str, ...] = get_args(Cause)
EFFORTS: tuple[str, ...] = get_args(Effort)
NEEDS: tuple[str, ...] = get_args(Need)
MOST = 5  # codes of each, as the contract has it


class Mapped(NamedTuple):
    """Why the rent is late, what the household has done, and what support it needs, by codes."""

    causes: Sequence[str] = ()
    efforts: Sequence[str] = ()
    needs: Sequence[str] = ()


def map_case(
    log: EventLog, cases: Cases, deed: Deed, said: Mapped, *, seconds: float = SECONDS
) -> Told | Refused:
    """Note all that is known now; it takes the place of what was noted before."""
    fault = _unknown(said)
    found = fault or find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    fact = CaseMapped(
        lease_id=found.stand.lease.lease_id,
        on=found.on,
        by=deed.by,
        causes=list(dict.fromkeys(said.causes)),  # type: ignore[arg-type]
        efforts=list(dict.fromkeys(said.efforts)),  # type: ignore[arg-type]
        needs=list(dict.fromkeys(said.needs)),  # type: ignore[arg-type]
    )
    return tell(log, found, deed, fact, seconds)


def _unknown(said: Mapped) -> Refused | None:
    if not any(said):
        return refused(Refusal.NOTHING_MAPPED)
    if any(len(set(codes)) > MOST for codes in said):
        return refused(Refusal.TOO_MUCH_MAPPED, most=MOST)
    options = ("--cause", CAUSES), ("--effort", EFFORTS), ("--need", NEEDS)
    faults = (
        known(option, code, codes)
        for (option, codes), told in zip(options, said, strict=True)
        for code in told
    )
    return next((fault for fault in faults if fault is not None), None)
