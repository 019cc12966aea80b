"""Rent and disturbances in one home: neither silences the other, and each ends with its own reason,
also where a town has one step for both."""

import pytest

from tests.lives.life import reasons
from tests.lives.story import Story, noticed

TWO_IN_ONE = [("karlstad", "turn_out"), ("goteborg", "contact"), ("vasteras", "contact")]
RENT = "Hyran för mars 2026, 8\xa0000\xa0kr, är obetald sedan 3 mars 2026"
DISTURBED = "Störningar i boendet har rapporterats, senast {on}"
PAID = "Hyran för mars 2026 betalades {on}, efter den sista dagen 2 mars 2026"


def a_let(playbook: str) -> Story:
    return Story(playbook).lease(kind="second_hand")


def disturbed(story: Story, on: str) -> Story:
    return story.tell("disturbance.reported", on, reported_on=on, kind="buller")


def served_for_disturbances(story: Story, on: str) -> Story:
    return story.tell("notice.served", on, notice_id="D", served_on=on, reason="disturbance")


@pytest.mark.parametrize(("playbook", "step"), TWO_IN_ONE)
@pytest.mark.parametrize(
    ("on", "said"), [("2026-02-16", "16 februari 2026"), ("2026-03-06", "6 mars 2026")]
)
def test_one_step_for_both_names_both_whichever_came_first(
    playbook: str, step: str, on: str, said: str
) -> None:
    task = disturbed(a_let(playbook).rent(), on).open("2026-03-09")[step]
    assert {RENT, DISTURBED.format(on=said)} <= set(reasons(task))
    assert "störningar" not in task.does  # the days of the rent run, and no others


@pytest.mark.parametrize(("playbook", "step"), TWO_IN_ONE)
def test_one_step_for_both_says_that_the_rent_was_paid(playbook: str, step: str) -> None:
    life = a_let(playbook).rent().paid("2026-03-11").after("2026-03-11")
    assert life.closed_words(step) == [PAID.format(on="11 mars 2026")]


@pytest.mark.parametrize(("playbook", "step"), TWO_IN_ONE)
def test_one_step_for_both_goes_on_about_the_disturbances_when_the_rent_is_paid(
    playbook: str, step: str
) -> None:
    story = disturbed(a_let(playbook).rent().paid("2026-03-11"), "2026-03-06")
    task = story.open("2026-03-11")[step]
    assert (RENT in reasons(task), "störningar" in task.does) == (False, True)


@pytest.mark.parametrize(("playbook", "step"), TWO_IN_ONE)
def test_one_step_for_both_says_that_all_went_quiet_or_that_notice_was_served(
    playbook: str, step: str
) -> None:
    story = disturbed(a_let(playbook), "2026-02-16")
    quiet = story.after("2026-04-16").closed_words(step)
    assert quiet == ["Inget nytt har anmälts på två månader"]
    noticed = served_for_disturbances(story, "2026-03-19").after("2026-03-19").closed_words(step)
    assert noticed == ["Uppsägningen för störningar delgavs 19 mars 2026"]


def test_late_rent_that_is_paid_under_a_notice_for_disturbances_is_said_to_be_paid() -> None:
    story = served_for_disturbances(Story("sodertalje").lease().rent(), "2026-03-19")
    assert {"letter", "visit"} <= set(story.open("2026-03-23"))
    life = story.paid("2026-03-24").after("2026-03-24")
    assert life.closed_words("visit") == [PAID.format(on="24 mars 2026")]


def test_rent_paid_in_time_does_not_keep_a_home_that_is_under_notice_for_disturbances_too() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-12")
    life = served_for_disturbances(story, "2026-03-19").paid("2026-03-24").after("2026-03-24")
    assert list(life.open) == ["secure_home"]
    assert life.closed_words("secure_tenancy") == [
        "Hyran för mars 2026 betalades 24 mars 2026, senast den sista dagen 2 april 2026; "
        "uppsägningen för störningar gäller ännu"
    ]
