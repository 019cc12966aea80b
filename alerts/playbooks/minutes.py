"""Minutes that a task takes one person, by its channel, with travel, notes and attempts on the way.

An assumption of ours: a town puts its own beside its people (docs/day-plan.md).
"""

from collections.abc import Mapping

OUTSIDE = frozenset({"landlord", "enforcement"})  # their time is not the municipality's

MINUTES: Mapping[str, int] = {
    "letter": 20,
    "text": 5,
    "call": 20,
    "contact": 40,
    "visit": 90,
    "joint_visit": 45,  # many on one round
    "referral": 30,
    "plan": 60,
    "guarantee": 90,
    "meeting": 60,
    "review": 60,
    "feedback": 10,
    "payment": 20,
    "confirmation": 30,
    "decision": 120,
}
