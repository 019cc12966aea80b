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
    feature over the looks of a year up to `through`, against what it learnt from: over a year, for
    they lie otherwise on the first of a month than on the last. `rows` are those looks at leases.
    `looks` and `groups` have what was expected and came after those whose horizon has passed."""

    through: date
    rows: int
    indices: dict[str, float]
    looks: list[Look]
    groups: dict[str, dict[str, GroupFigures]]


def encoded(found: Drift) -> bytes:
    """As it is kept."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2)


def parsed(kept: bytes | None) -> Drift | None:
    """What was kept; None if nobody has looked, or it cannot be read."""
    try:
        return None if kept is None else msgspec.json.decode(kept, type=Drift)
    except msgspec.DecodeError:
        return None


def keep(folder: Path, name: str, found: Drift) -> None:
    """Kept beside the model, for those who look at it later."""
    (folder / name / _FILE).write_bytes(encoded(found))


def newest(folder: Path, name: str) -> Drift | None:
    """What was kept last beside a model; None as for `parsed`."""
    file = folder / name / _FILE
    return parsed(file.read_bytes()) if file.is_file() else None
