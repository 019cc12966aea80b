"""What caseworkers report, and what they leave: nobody falls silent while a day of the law runs."""

import pytest

from models.contract import facts
from models.contract.events import MUNICIPALITY
from tests.lives.files import days, fact, story
from tests.lives.life import Life, reasons

S01, S07, S10 = "s01-family-8-days", "s07-protected", "s10-decision-pending"
S35, S37, S38 = "s35-reached-then-silence", "s37-confirm-reported-declined", "s38-nobody-home"
S39, S43 = "s39-declined", "s43-agreed-to-leave-children"
TOWN = MUNICIPALITY + "0181"


def due(life: Life) -> dict[str, str]:
    return {step: str(task.due_by) for step, task in life.open.items()}


def test_a_letter_that_nobody_reported_stays_and_the_visit_comes_beside_it() -> None:
    assert due(story(S01, "2026-03-03")) == {}
    assert due(story(S01, "2026-03-04")) == {"letter": "2026-03-05"}
    for on in days("2026-03-05", "2026-03-30"):
        life = story(S01, on)
        assert due(life) == {"letter": "2026-03-05", "visit": "2026-03-12"}
        assert {task.group for task in life.open.values()} == {1}
    assert "inte rapporterat som skickat" in " ".join(reasons(life.open["visit"]))


def test_the_visits_clock_runs_from_the_day_on_which_the_letter_was_reported() -> None:
    life = story("s47-letter-reported", "2026-03-05")
    assert due(life) == {"visit": "2026-03-12"}
    assert "rapporterat som skickat" not in " ".join(reasons(life.open["visit"]))


def test_a_letter_becomes_a_step_of_the_protected_way_when_the_identity_is_protected() -> None:
    assert story(S07, "2026-03-04").open["letter"].channel == "letter"
    life = story(S07, "2026-03-05")
    assert life.open["letter"].channel == "contact"
    assert all(task.protected_identity for task in life.trial.tasks(None))


def test_a_case_waits_for_a_decision_until_its_day_and_a_paper_of_the_law_breaks_it() -> None:
    waits = fact(
        facts.TaskWaits, S10, TOWN,
        on="2026-03-10", until="2026-03-25", reason="decision_pending", by="Maria",
    )  # fmt: skip
    for on in ("2026-03-10", "2026-03-23"):
        waiting = story(S10, on, waits).found.waiting
        assert {str(task.waits_until) for task in waiting} == {"2026-03-25"}
    assert "visit" in story(S10, "2026-03-24", waits).open
    notice = fact(
        facts.NoticeServed, S10, notice_id="N", served_on="2026-03-16", reason="arrears",
        recovery_notice_served_on="2026-03-16",
    )  # fmt: skip
    task = story(S10, "2026-03-16", waits, notice).open["secure_tenancy"]
    assert task.waits_until is None


def test_nothing_is_asked_about_rent_whose_last_day_the_landlord_has_not_reported() -> None:
    assert story("s23-landlord-silent", "2026-03-12").found.open == []


def test_an_eviction_time_for_a_lease_that_nobody_registered_is_a_duty_on_the_same_day() -> None:
    assert due(story("s27-eviction-unregistered", "2026-03-16")) == {}
    life = story("s27-eviction-unregistered", "2026-03-17")
    assert due(life)["confirm_eviction"] == "2026-03-17"
    assert life.open["confirm_eviction"].band == "A"


@pytest.mark.parametrize("on", days("2026-03-27", "2026-04-06"))
def test_who_was_reached_and_does_not_pay_is_in_band_a_five_working_days_before(on: str) -> None:
    assert due(story(S35, "2026-03-20")) == {}
    assert story(S35, on).open["secure_tenancy"].band == "A"


def test_after_the_last_day_it_says_what_can_still_save_the_home() -> None:
    said = " ".join(reasons(story(S35, "2026-04-20").open["secure_tenancy"]))
    assert "gick ut 7 april 2026; en överenskommelse med hyresvärden kan ännu rädda hemmet" in said


def test_who_declines_has_confirmed_nothing_to_the_enforcement_authority() -> None:
    for on in days("2026-04-27", "2026-04-30"):
        task = story(S37, on).open["confirm_eviction"]
        assert (task.band, str(task.due_by)) == ("A", "2026-04-27")


def test_tries_are_counted_and_said_and_after_three_comes_the_playbooks_next_step() -> None:
    said = {
        "2026-03-10": "Ingen nåddes vid ett försök 10 mars 2026",
        "2026-03-17": "Ingen nåddes vid två försök, senast 17 mars 2026",
    }
    for on, text in said.items():
        assert text in reasons(story(S38, on).open["visit"])
    for on in days("2026-03-24", "2026-04-03"):
        assert due(story(S38, on)) == {"other_way": "2026-03-27"}


def test_a_notice_is_news_to_who_declined_and_brings_the_case_back_at_once() -> None:
    assert due(story(S39, "2026-03-15")) == {}
    assert due(story(S39, "2026-03-16")) == {"secure_tenancy": "2026-03-19"}


def test_a_family_that_agreed_to_leave_is_asked_after() -> None:
    assert "secure_tenancy" in due(story(S43, "2026-03-30"))
    life = story(S43, "2026-04-01")
    assert due(life) == {"aftercare": "2026-04-09"}
    assert any("kom överens" in reason for reason in reasons(life.open["aftercare"]))


def test_who_was_reached_just_after_the_last_day_is_back_when_the_right_is_known_lost() -> None:
    task = story(S35, "2026-04-07").open["secure_tenancy"].task_id
    met = fact(
        facts.VisitReported, S35, TOWN, task_id=task, on="2026-04-08", outcome="reached", by="M"
    )
    assert due(story(S35, "2026-04-08", met)) == {}
    assert due(story(S35, "2026-04-09", met)) == {"secure_tenancy": "2026-04-15"}
