"""What has come out at a visit of why the rent is late, what the household does, and what it needs.

It stays with the case: its own page shows it, and a plan that is made together. No list, message,
score or reason of a task has it.
"""

from datetime import date

from msgspec import Struct

from models.lease.acts import Act
from models.lease.state import Lease
from models.standing.acts import newest, standing


class Mapping(Struct, frozen=True):
    """What was mapped on a day: codes of the contract."""

    on: date
    causes: tuple[str, ...]
    efforts: tuple[str, ...]
    needs: tuple[str, ...]


def mapping(lease: Lease) -> Mapping | None:
    """The newest that nobody has undone."""
    act = newest(standing(lease, "mapped"))
    return None if act is None else read_mapping(act)


def read_mapping(act: Act) -> Mapping:
    """What an act of mapping says."""
    found: dict[str, list[str]] = {"cause": [], "effort": [], "need": []}
    for part in act.code.split():
        kind, _, code = part.partition(".")
        found[kind].append(code)
    causes, efforts, needs = (tuple(found[kind]) for kind in ("cause", "effort", "need"))
    return Mapping(act.on, causes, efforts, needs)
