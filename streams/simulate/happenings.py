"""What happens to few tenancies in a month and is no arrears: disturbances, protected identity,
children who come or go. Health is never told. Chances are in `figures`, the rest is an
assumption.
"""

from datetime import date
from random import Random

from models.contract.facts import (
    Child,
    CouncilNotified,
    DisturbanceReported,
    HouseholdUpdated,
    LeaseChanged,
    NoticeServed,
)
from models.law.weekdays import next_working_day
from streams.simulate import figures, papers, proceedings
from streams.simulate.story import Story

KINDS = ("noise", "noise", "noise", "smoke", "threat", "damage")


def disturb(story: Story) -> bool:
    """One to four disturbances; some reach the board, very few end the tenancy: then True."""
    rng, lease_id = story.rng, story.tenancy.lease_id
    lost = rng.random() < figures.DISTURBED_LOSE
    on = story.soon(story.first.invoice_on, 1, 15)
    for _ in range(4 if lost else rng.choice((1, 1, 1, 2, 3))):
        kind = rng.choice(KINDS)
        report = DisturbanceReported(lease_id=lease_id, reported_on=on, kind=kind)
        story.landlord(on, report)
        on = story.soon(on, 2, 14)
    if lost or rng.random() < 0.15:
        _tell_board(story, on)
    if lost:
        _lose(story, story.soon(on, 10, 20))
    return lost


def _tell_board(story: Story, on: date) -> None:
    received = story.soon(on, 1, 2)
    message = CouncilNotified(
        lease_id=story.tenancy.lease_id,
        matter="disturbance",
        sent_on=on,
        how="registered",
        received_on=received,
        landlord_name=story.tenancy.landlord.name,
        sealed_identity=papers.sealed(story.tenancy.lease_id),
    )
    story.council(received, message)


def _lose(story: Story, on: date) -> None:
    notice = NoticeServed(
        lease_id=story.tenancy.lease_id,
        notice_id=story.number("U"),
        served_on=on,
        reason="disturbance",
    )
    story.landlord(on, notice)
    decided = proceedings.claim(story, story.soon(on, 15, 25), paid=False)
    end = proceedings.enforce(story, story.soon(decided, 3, 10), executed=True)
    ahead = 0
    while (month := story.month(ahead)).due_on < end:
        story.begin_rent(month)
        story.pay(month, story.tenancy.total(month.number), month.payday)
        ahead += 1


def hide_identity(story: Story) -> None:
    """A protected identity is switched on while the tenancy runs."""
    on = story.soon(story.first.invoice_on, 1, 15)
    changed = LeaseChanged(
        lease_id=story.tenancy.lease_id, effective_on=on, protected_identity=True
    )
    story.landlord(on, changed)
    story.tenancy.protected = True


def change_household(story: Story, rng: Random) -> None:
    """A child is born, begins to live there part of the time, or the parents part."""
    tenancy, home = story.tenancy, story.tenancy.household
    on = next_working_day(story.soon(story.first.invoice_on, 1, 15))
    if len(home.birth_years) > 1 and rng.random() < 0.3:
        home.birth_years = home.birth_years[:1]
        home.children = [Child(child.birth_year, "alternating") for child in home.children]
        changed = LeaseChanged(
            lease_id=tenancy.lease_id, effective_on=on, tenants=tenancy.tenants()
        )
        story.landlord(on, changed)
    elif home.children and rng.random() < 0.2:
        home.children = home.children[1:]
    else:
        home.children = [*home.children, Child(on.year)]
    home.known = "yes"
    fact = HouseholdUpdated(
        lease_id=tenancy.lease_id,
        known="yes",
        children=home.children,
        sublet_children=home.sublet_children,
    )
    story.council(on, fact)
