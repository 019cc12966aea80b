"""Does late rent reach the families of every lease that follows a playbook?"""

from collections.abc import Iterator
from typing import get_args

from alerts.playbooks.language import Playbook, Step
from models.contract.facts import LeaseKind

KINDS: tuple[str, ...] = get_args(LeaseKind)
REACHING = frozenset({"letter", "text", "call", "visit", "joint_visit", "contact"})


def families(playbook: Playbook) -> Iterator[str]:
    """Whatever else is narrowed, late rent reaches families in every district and kind of lease. An
    unknown household may have children, so that a step for known children alone is not enough."""
    steps = [step for step in playbook.steps if _is_for_all(step)]
    kinds = playbook.applies.kinds or KINDS
    districts: list[str | None] = [*playbook.applies.districts] or [None]
    left = [
        f"{kind} in {district}" if district else kind
        for kind in kinds
        for district in districts
        if not any(_reaches(step, kind, district) for step in steps)
    ]
    if left:
        yield (
            f"steps: late rent leaves families behind ({', '.join(left)}): add a step with "
            'trigger = "rent_late", no `after`, an audience that is not narrowed, and a channel '
            f"out of {', '.join(sorted(REACHING))}"
        )


def _is_for_all(step: Step) -> bool:
    whom = step.audience
    narrowed = whom.ages or whom.subtenants is not None or whom.children is not None
    begins = "rent_late" in step.triggers and step.after is None and step.channel in REACHING
    return begins and not narrowed and whom.small is None


def _reaches(step: Step, kind: str, district: str | None) -> bool:
    whom = step.audience
    return (not whom.kinds or kind in whom.kinds) and (
        not whom.districts or district in whom.districts
    )
