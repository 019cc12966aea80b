"""What is said of why a task was closed, where tasks are counted."""

from typing import get_args

from alerts.views.lists.in_lists import DELICATE
from models.contract.facts.acts import Outcome as Reported

# By the first words of a reason's code: what is alike to who looks at numbers.
_KINDS = {
    "paid": ("resolved", "paid", "deposited", "not_late", "trifle"),
    "assumed": ("assumed",),
    "plan": ("plan_agreed",),
    "called_off": ("withdrawn", "cancelled"),
    "deferred": ("deferred",),
    "evicted": ("eviction_executed",),
    "ended": ("lease_ended",),
    "handed_over": ("moved",),
}
# All the words there are for an outcome.
NAMES = frozenset(
    {"team_outcome.in_case", "team_outcome.other"}
    | {f"team_outcome.{kind}" for kind in _KINDS}
    | {f"outcome.{name}" for name in get_args(Reported)} - DELICATE
)


def outcome_name(closed_as: str | None) -> str:
    """The code of the words for why a task was closed; of what is delicate none of its own."""
    code = closed_as or ""
    if code in DELICATE:
        return "team_outcome.in_case"
    if code in NAMES:
        return code
    said = code.removeprefix("closed.")
    return next(
        (f"team_outcome.{kind}" for kind, begins in _KINDS.items() if said.startswith(begins)),
        "team_outcome.other",
    )
