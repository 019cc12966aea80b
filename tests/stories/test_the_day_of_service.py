"""The landlord says on the telephone when the tenant was served, and a caseworker enters it: the
clock of the law runs by that, until the landlord's own word comes, and no notice counts twice.

Rent for March 2026 is late. Form 3 went by registered letter on 12 March, and three weeks from it
end on 2 April. Three weeks from 13 March end on Good Friday, which moves the last day to 7 April.
"""

from typing import Any

import pytest

from streams.cli.tried import Task
from tests.lives.life import Life, reasons
from tests.lives.story import LANDLORD, RENT_ORE, TOWN, Story, council_notified

HEARD = "Delgivningsdagen är vad hyresvärden har sagt till kommunen"
ASK = "fråga hyresvärden när hyresgästen delgavs"


def told(**terms: Any) -> Story:
    return council_notified(Story("sodertalje").lease(**terms).rent(), "2026-03-12")


def notice(story: Story, on: str, served: str, source: str, key: str, **data: Any) -> Story:
    given = {"notice_id": key, "served_on": served, "reason": "arrears"}
    given["recovery_notice_served_on"] = served
    whole = {k: v for k, v in {**given, **data}.items() if v is not None}
    return story.tell("notice.served", on, "1", source, **whole)


def heard(story: Story, on: str, served: str, key: str = "H", **data: Any) -> Story:
    return notice(story, on, served, TOWN, key, **data)


def own(story: Story, on: str, served: str, key: str = "N", **data: Any) -> Story:
    return notice(story, on, served, LANDLORD, key, **data)


def undone(story: Story, on: str, event: str) -> Story:
    return story.tell("act.withdrawn", on, "1", TOWN, act_id=event, on=on, by="Vera")


def only(life: Life) -> Task:
    (task,) = [task for task in life.found.open if task.step.startswith("secure")]
    return task


def last(story: Story, day: str) -> str:
    return str(only(story.after(day)).legal_deadline)


def services(story: Story, day: str) -> list[str]:
    lease = story.after(day).trial.leases["556036-0793:1"]
    return sorted(str(notice.served_on) for notice in lease.legal.notices.values())


def test_while_nobody_knows_it_the_floor_is_shown_and_it_is_asked_for() -> None:
    for day in ("2026-03-12", "2026-03-16", "2026-03-26"):
        assert last(told(), day) == "2026-04-02"
        assert ASK in " ".join(reasons(only(told().after(day))))


def test_entered_it_is_the_laws_day_with_where_it_comes_from_and_is_asked_for_no_more() -> None:
    story = heard(told(), "2026-03-16", "2026-03-13")
    for day in ("2026-03-16", "2026-03-17", "2026-03-31"):
        task = only(story.after(day))
        said = " ".join(reasons(task))
        assert (str(task.legal_deadline), task.round) == ("2026-04-07", 1)
        assert "Uppsägningen delgavs 13 mars 2026, för obetald hyra" in said
        assert HEARD in said
        assert ASK not in said
    assert only(story.after("2026-03-31")).band == "A"


def test_paid_by_then_the_home_is_saved_and_the_reason_says_when() -> None:
    story = heard(told(), "2026-03-16", "2026-03-13").paid("2026-04-02")
    life = story.after("2026-04-02")
    assert life.found.open == []
    (why, *_) = life.closed_words("secure_tenancy")
    assert "betalades 2 april 2026" in why
    assert "7 april 2026" in why


def test_it_brings_back_who_was_reached_before_and_ends_a_wait() -> None:
    story = told().report("secure_tenancy", "2026-03-13", "reached")
    assert story.after("2026-03-13").found.open == []
    assert last(heard(story, "2026-03-16", "2026-03-13"), "2026-03-16") == "2026-04-07"
    story = told()
    wait = {"until": "2026-03-20", "reason": "landlord_considers", "on": "2026-03-13", "by": "V"}
    story.tell("task.waits", "2026-03-13", "1", TOWN, **wait)
    assert only(heard(story, "2026-03-16", "2026-03-13").after("2026-03-16")).waits_until is None


class TestTheLandlordsOwnWord:
    def test_of_the_same_day_is_the_same_notice_and_no_news(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        story.report("secure_tenancy", "2026-03-17", "reached")
        own(story, "2026-03-19", "2026-03-13")
        life = story.after("2026-03-19")
        assert life.found.open == []
        assert services(story, "2026-03-19") == ["2026-03-13"]
        said = " ".join(reasons(only(story.after("2026-03-31"))))
        assert HEARD not in said

    @pytest.mark.parametrize(
        ("served", "day"), [("2026-03-11", "2026-04-02"), ("2026-03-16", "2026-04-07")]
    )
    @pytest.mark.parametrize("first", ["2026-03-15", "2026-03-20"])
    def test_of_another_day_holds_whichever_came_first(
        self, first: str, served: str, day: str
    ) -> None:
        story = heard(told(), "2026-03-17", "2026-03-13")
        own(story, first.replace("15", "16"), served)
        assert services(story, "2026-03-20") == [served]
        assert last(story, "2026-03-20") == day

    def test_that_brings_another_day_brings_the_case_back(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        story.report("secure_tenancy", "2026-03-17", "reached")
        own(story, "2026-03-19", "2026-03-11")
        task = only(story.after("2026-03-19"))
        assert (task.round, str(task.legal_deadline)) == (2, "2026-04-02")

    def test_withdrawn_is_withdrawn_and_what_was_heard_does_not_stay_behind(self) -> None:
        story = own(heard(told(), "2026-03-16", "2026-03-13"), "2026-03-18", "2026-03-12")
        story.tell("notice.withdrawn", "2026-03-20", "1", notice_id="N", on="2026-03-20")
        assert services(story, "2026-03-20") == ["2026-03-12"]
        assert "secure_tenancy" not in story.after("2026-03-20").open

    def test_withdrawn_before_the_call_was_not_what_was_spoken_of(self) -> None:
        story = own(told(), "2026-03-12", "2026-03-10")
        story.tell("notice.withdrawn", "2026-03-16", "1", notice_id="N", on="2026-03-16")
        heard(story, "2026-03-18", "2026-03-17")
        assert services(story, "2026-03-18") == ["2026-03-10", "2026-03-17"]
        assert last(story, "2026-03-18") == "2026-04-07"

    def test_of_a_notice_served_months_later_is_another_and_replaces_nothing(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        own(story, "2026-05-20", "2026-05-19")
        assert services(story, "2026-05-20") == ["2026-03-13", "2026-05-19"]

    def test_of_one_served_after_the_call_is_another_however_near(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        own(story, "2026-03-24", "2026-03-23")
        assert services(story, "2026-03-24") == ["2026-03-13", "2026-03-23"]
        assert last(story, "2026-03-24") == "2026-04-07"  # the earlier is still ahead

    def test_under_the_same_id_is_the_landlords(self) -> None:
        story = own(heard(told(), "2026-03-16", "2026-03-13", "N"), "2026-03-18", "2026-03-11")
        assert story.after("2026-03-18").refused() == []
        assert services(story, "2026-03-18") == ["2026-03-11"]

    def test_for_disturbances_is_another_notice_than_one_for_rent(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        own(story, "2026-03-18", "2026-03-13", reason="disturbance", recovery_notice_served_on=None)
        assert len(services(story, "2026-03-18")) == 2

    def test_of_one_tenant_leaves_what_was_heard_of_the_other(self) -> None:
        two = [{"tenant_ref": ref, "birth_year": 1980} for ref in ("T1", "T2")]
        story = heard(told(tenants=two), "2026-03-17", "2026-03-16", tenant_ref="T2")
        said = " ".join(reasons(only(story.after("2026-03-17"))))
        assert "Minst en hyresgäst är inte delgiven" in said
        own(story, "2026-03-18", "2026-03-13", tenant_ref="T1")
        assert services(story, "2026-03-18") == ["2026-03-13", "2026-03-16"]
        assert last(story, "2026-03-18") == "2026-04-07"


class TestEnteredAgain:
    @pytest.mark.parametrize("key", ["H", "H2"])
    def test_the_newest_word_holds_by_the_same_form_or_another(self, key: str) -> None:
        story = heard(heard(told(), "2026-03-16", "2026-03-13"), "2026-03-18", "2026-03-11", key)
        assert services(story, "2026-03-18") == ["2026-03-11"]
        assert last(story, "2026-03-18") == "2026-04-02"
        assert story.after("2026-03-18").refused() == []

    def test_the_newest_holds_however_they_arrive(self) -> None:
        story = heard(told(), "2026-03-18", "2026-03-11", "H2")
        heard(story, "2026-03-16", "2026-03-13", "H1")
        assert services(story, "2026-03-18") == ["2026-03-11"]

    def test_what_a_correction_replaced_is_not_back_when_the_landlord_speaks(self) -> None:
        story = heard(heard(told(), "2026-03-17", "2026-02-20"), "2026-03-18", "2026-03-11")
        assert services(story, "2026-03-18") == ["2026-03-11"]
        assert services(own(story, "2026-03-20", "2026-03-16"), "2026-03-20") == ["2026-03-16"]

    def test_taken_back_the_one_before_holds_again_and_then_the_floor(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13")
        first = story.last_id
        heard(story, "2026-03-17", "2026-03-11")
        undone(story, "2026-03-18", story.last_id)
        assert last(story, "2026-03-18") == "2026-04-07"
        undone(story, "2026-03-19", first)
        life = story.after("2026-03-19")
        assert str(only(life).legal_deadline) == "2026-04-02"
        assert ASK in " ".join(reasons(only(life)))
        (line,) = [one.text for one in life.page().history if "gäller inte längre" in one.text]
        assert "uppgiften om när uppsägningen delgavs är återtagen" in line
        assert "hotar inte längre" not in line

    def test_taken_back_without_a_message_closes_as_taken_back_and_not_as_paid(self) -> None:
        story = heard(Story("sodertalje").lease().rent(), "2026-03-16", "2026-03-13")
        assert "secure_tenancy" in story.open("2026-03-16")
        undone(story, "2026-03-17", story.last_id)
        life = story.after("2026-03-17")
        assert life.closed_words("secure_tenancy") == [
            "Uppgiften om att en uppsägning är delgiven är återtagen"
        ]
        assert "letter" in life.open or "visit" in life.open


class TestALease:
    def test_that_nobody_registered_has_its_task_at_once(self) -> None:
        story = heard(Story("sodertalje"), "2026-03-16", "2026-03-13")
        assert only(story.after("2026-03-16")).step == "secure_tenancy"

    def test_of_another_town_loses_what_the_first_had_heard(self) -> None:
        story = heard(Story("sodertalje"), "2026-03-16", "2026-03-13")
        terms = {
            "landlord_id": "556036-0793", "municipality": "0180", "district": "Ronna", "rooms": 3,
            "rent_ore": RENT_ORE, "kind": "first_hand", "started_on": "2020-01-01",
            "tenants": [{"tenant_ref": "T1", "birth_year": 1980}], "protected_identity": False,
        }  # fmt: skip
        story.tell("lease.registered", "2026-03-18", "1", **terms)
        life = story.after("2026-03-18")
        lease = life.trial.leases["556036-0793:1"]
        assert (lease.legal.notices, lease.legal.heard) == ({}, [])
        assert life.found.open == []
        assert life.closed_words("secure_tenancy") == [
            "Ärendet är överlämnat till Stockholm (0180), där hyresavtalet nu är"
        ]

    def test_of_another_town_is_not_for_this_one_to_tell_of(self) -> None:
        story = heard(told(municipality="0180"), "2026-03-16", "2026-03-13")
        (refused, *_) = [code for code, *_ in story.after("2026-03-16").refused()][-1:]
        assert refused == "lease_of_another_municipality"

    def test_whose_form_1_is_not_served_says_so(self) -> None:
        story = heard(told(), "2026-03-16", "2026-03-13", recovery_notice_served_on=None)
        said = " ".join(reasons(only(story.after("2026-03-16"))))
        assert "Formulär 1 är inte delgivet" in said

    def test_under_a_notice_for_disturbances_says_no_word_of_rent(self) -> None:
        story = Story("sodertalje").lease().rent().paid("2026-02-26")
        ground: dict[str, Any] = {"reason": "disturbance", "recovery_notice_served_on": None}
        heard(story, "2026-03-16", "2026-03-13", **ground)
        task = only(story.after("2026-03-16"))
        assert task.step == "secure_home"
        said = " ".join(reasons(task))
        assert "Uppsägning för störningar delgavs 13 mars 2026" in said
        assert HEARD in said
        undone(story, "2026-03-17", story.last_id)
        assert story.after("2026-03-17").found.open == []


def test_a_day_that_has_not_come_is_refused_and_the_floor_stays() -> None:
    story = heard(told(), "2026-03-16", "2026-04-13")
    life = story.after("2026-03-16")
    assert [code for code, *_ in life.refused()] == ["dated_ahead"]
    assert str(only(life).legal_deadline) == "2026-04-02"
