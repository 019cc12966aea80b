"""What a task takes and comes to, by its channel: an assumption of ours, as data."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from models.contract.facts.acts import Outcome

OUTSIDE = frozenset({"landlord", "enforcement"})  # their time is not the municipality's


class Effort(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes of one of the municipality's staff, the outcome that a simple caseworker reports, and
    whether the household itself is met or written to."""

    minutes: Annotated[int, Meta(ge=1, le=480)]
    outcome: Outcome
    household: bool


@cache
def efforts() -> Mapping[str, Effort]:
    """By channel."""
    text = (files("alerts.playbooks") / "effort.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Effort])


def minutes_by_channel() -> dict[str, int]:
    """Minutes of one person."""
    return {channel: effort.minutes for channel, effort in efforts().items()}


def staff_minutes(channel: str, actor: str) -> int:
    """What a task takes of the municipality's staff; `actor` may be several joined by `+`."""
    staff = [name for name in actor.split("+") if name not in OUTSIDE]
    return efforts()[channel].minutes * len(staff)
