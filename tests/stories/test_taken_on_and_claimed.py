"""The board took the rent on in time, and the landlord's claim goes on."""

import pytest

from tests.lives.life import reasons
from tests.lives.story import TOWN, Story, noticed

IN_TIME = "Socialnämnden tog på sig hyran 25 mars 2026, i tid"


def taken_on() -> Story:
    story = noticed(Story("sodertalje").lease().rent("2026-03").rent("2026-04"), "2026-03-16")
    return story.tell("council.rent_assumed", "2026-03-25", "1", TOWN, on="2026-03-25")


def claimed() -> Story:
    """April is paid by the tenant, March not yet by the board."""
    story = taken_on().tell(
        "rent.paid", "2026-03-30", payment_id="P", amount_ore=800_000, booked_on="2026-03-30",
        invoice_id="I2026-04",
    )  # fmt: skip
    return story.tell("claim.filed", "2026-03-30", on="2026-03-30")


def served(story: Story) -> Story:
    return story.tell("claim.served", "2026-04-14", on="2026-04-14", reply_by="2026-04-24")


def test_served_it_is_to_be_withdrawn_or_opposed_and_nothing_is_asked_of_the_tenant() -> None:
    life = served(claimed()).after("2026-04-15")
    assert set(life.open) == {"secure_tenancy", "pay_assumed_rent"}
    task = life.open["secure_tenancy"]
    assert task.does.startswith("Rädda hemmet: nämnden tog på sig hyran i tid")
    assert str(task.legal_deadline) == "2026-04-24"
    said = " ".join(reasons(task))
    assert IN_TIME in said
    for lie in ("fått något meddelande", "formulär 1 delgavs", "är obetald", "Uppsägningen"):
        assert lie not in said


def test_filed_only_it_is_asked_whether_it_is_withdrawn() -> None:
    task = claimed().open("2026-03-31")["ask_withdrawal"]
    assert any(reason.startswith(IN_TIME) for reason in reasons(task))


@pytest.mark.parametrize("board", ["2026-03-27", "2026-04-13"])
def test_the_boards_payment_is_not_told_as_the_tenants(board: str) -> None:
    said = " ".join(reasons(served(claimed().paid(board)).open("2026-04-15")["secure_tenancy"]))
    assert IN_TIME in said
    assert "Hyran betalades" not in said


def test_withdrawn_it_is_over_but_for_the_boards_own_payment() -> None:
    story = served(claimed()).tell("claim.withdrawn", "2026-04-16", on="2026-04-16")
    assert set(story.open("2026-04-16")) == {"pay_assumed_rent"}
