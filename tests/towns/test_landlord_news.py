"""What the landlord hears of a case: without consent received and acts of law, with it a little."""

import json
from typing import Any

import pytest

from tests.lives.story import TOWN, Story


def heard(story: Story, day: str) -> list[str]:
    """The outcomes of what the landlord is told, in order."""
    return [json.loads(said)["data"]["outcome"] for said in story.after(day).answers]


def consent(story: Story, on: str = "2026-02-01", **data: Any) -> Story:
    given = {"on": on, "scope": "landlord_feedback", "tenant_ref": "T1"} | data
    return story.tell("consent.given", on, "1", TOWN, **given)


def met(story: Story) -> Story:
    return story.report("letter", "2026-03-05", "sent").report("visit", "2026-03-09", "reached")


def test_without_consent_the_landlord_hears_nothing_of_a_contact() -> None:
    story = met(Story("sodertalje").lease().rent()).paid("2026-03-12")
    assert heard(story, "2026-03-20") == []


def test_with_consent_it_hears_of_contact_and_of_the_end_and_of_no_household() -> None:
    story = met(consent(Story("sodertalje").lease(children=2).rent())).paid("2026-03-12")
    assert heard(story, "2026-03-20") == ["contact_made", "case_closed"]
    said = b"".join(story.after("2026-03-20").answers).decode()
    for word in ("barn", "child", "visit", "besök", "declined"):
        assert word not in said


def test_with_consent_an_agreed_plan_is_told() -> None:
    story = consent(Story("sodertalje").lease().rent())
    story.tell(
        "plan.agreed", "2026-03-06", "1", TOWN, plan_id="P",
        instalments=[{"due_on": "2026-03-25", "amount_ore": 800_000}],
    )  # fmt: skip
    assert "plan_agreed" in heard(story, "2026-03-10")


@pytest.mark.parametrize("kind", ["consent.withdrawn", "objection.made"])
def test_consent_that_was_taken_back_counts_no_more(kind: str) -> None:
    story = consent(Story("sodertalje").lease().rent())
    story.tell(kind, "2026-02-20", "1", TOWN, on="2026-02-20", scope="landlord_feedback")
    assert heard(met(story), "2026-03-20") == []


def test_of_two_tenants_both_must_consent() -> None:
    tenants = [{"tenant_ref": "T1", "birth_year": 1980}, {"tenant_ref": "T2", "birth_year": 1981}]
    story = consent(Story("sodertalje").lease(tenants=tenants).rent())
    assert heard(met(story), "2026-03-20") == []


def test_a_protected_identity_is_never_told_of() -> None:
    story = consent(Story("sodertalje").lease(protected_identity=True).rent())
    assert heard(met(story), "2026-03-20") == []


def test_an_answered_signal_is_received_whatever_was_consented() -> None:
    story = Story("jonkoping").lease().rent().report("feedback", "2026-03-05", "sent")
    assert heard(story, "2026-03-05") == ["signal_received"]


def test_the_board_taking_on_the_rent_is_told_whatever_was_consented() -> None:
    story = Story("sodertalje").lease().rent()
    story.tell("council.rent_assumed", "2026-03-20", "1", TOWN, on="2026-03-20")
    assert heard(story, "2026-03-20") == ["rent_assumed"]
