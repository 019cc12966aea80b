"""What was found of a model since it learnt, as it is kept beside it."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from models.risk.gate import GroupFigures, Interval

CHANCE = "chance"  # in references and indices, beside the features' names
_FILE = "drift.json"


class Look(Struct, frozen=True):
    """A look at all leases: how many, how many came into trouble after, expected over observed."""

    day: date
    rows: int
    trouble: int
    ratio: Interval


class Drift(Struct, frozen=True):
    """`indices` are the stability indices (`models.risk.drift`) of the model's chance and of every
    feature on the day `through`, against what it learnt from; `looks` and `groups` what was
    expected and came after the looks of the last year whose horizon has passed."""

    through: date
    leases: int
    indices: dict[str, float]
    looks: list[Look]
    groups: dict[str, dict[str, GroupFigures]]


def keep(folder: Path, name: str, found: Drift) -> None:
    """Kept beside the model, for those who look at it later."""
    (folder / name / _FILE).write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2))


def newest(folder: Path, name: str) -> Drift | None:
    """What was kept last; None if nobody has looked, or it cannot be read."""
    try:
        return msgspec.json.decode((folder / name / _FILE).read_bytes(), type=Drift)
    except (OSError, msgspec.DecodeError):
        return None
