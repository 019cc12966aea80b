"""What is wrong with the system and what waits for a person, the gravest first.

Said for who is woken at two at night: what it means, and what to do now.
"""

from msgspec import Struct

from alerts.web.system_state import Fault, SystemState
from models.phrase import Phrase, phrase

LATE = 300.0  # seconds that a message may wait to be sent before it is a fault


class Waits(Struct, frozen=True):
    """What waits for a decision or a call; `part` is the part of the page that shows it."""

    said: Phrase
    part: str


def faults(state: SystemState) -> list[Fault]:
    """What keeps the system from its work."""
    found = list(state.faults)
    if state.verified is not None and state.verified.differences:
        found.insert(0, Fault(phrase("operations_fault.differ", count=state.verified.differences)))
    if state.refused:
        found.append(Fault(phrase("operations_fault.refused", count=state.refused)))
    if state.unsent_seconds is not None and state.unsent_seconds > LATE:
        since = age(state.unsent_seconds)
        found.append(Fault(phrase("operations_fault.unsent", count=state.unsent, since=since)))
    return found


def waits(state: SystemState) -> list[Waits]:
    """What goes on by itself, but waits for somebody."""
    counts = {
        "set_aside": state.set_aside,
        "incomplete": state.incomplete,
        "held": state.held,
        "silent": len(state.silent),
    }
    parts = {"set_aside": "records", "silent": "feeds"}
    return [
        Waits(phrase(f"operations_waits.{name}", count=count), parts.get(name, name))
        for name, count in counts.items()
        if count
    ]


def age(seconds: float) -> Phrase:
    """A span of time, in the largest unit of which there are two."""
    for length, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * length:
            return phrase(f"age.{name}", count=int(seconds // length))
    return phrase("age.seconds", count=int(seconds))
