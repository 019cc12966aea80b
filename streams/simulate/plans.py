"""Payment plans: what is owed, in equal parts on paydays, and how the plan ends."""

from datetime import date
from typing import Literal

from models.contract.facts import Instalment, PlanAgreed, PlanEnded
from streams.simulate.story import Story


def agree(story: Story, on: date, days: list[date], owed: int) -> tuple[str, list[Instalment]]:
    """A plan for `owed` öre over `days`; its number and its instalments."""
    parts = [owed // len(days)] * (len(days) - 1)
    parts.append(owed - sum(parts))
    instalments = [Instalment(day, part) for day, part in zip(days, parts, strict=True)]
    plan_id = story.number("P")
    plan = PlanAgreed(lease_id=story.tenancy.lease_id, plan_id=plan_id, instalments=instalments)
    story.landlord(on, plan)
    return plan_id, instalments


def end(story: Story, plan_id: str, on: date, reason: Literal["kept", "broken"]) -> None:
    """The landlord says how the plan ended."""
    ended = PlanEnded(lease_id=story.tenancy.lease_id, plan_id=plan_id, reason=reason)
    story.landlord(on, ended)
