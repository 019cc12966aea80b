"""What people do with a task: reported, planned, assigned, put off, put first, asked and undone."""

from datetime import date, timedelta
from typing import Any

import pytest

from alerts.cases.follow_up import FOLLOW_UP
from models.law.weekdays import add_working_days
from tests.lives.story import TOWN, Story, noticed

HOME_AGAIN = [
    outcome
    for outcome in FOLLOW_UP
    if outcome not in ("sent", "confirmed", "not_reached", "nobody_home", "phoned")
]


def town() -> Story:
    """A family whose rent of March is late, with the letter sent: a visit is due on 12 March."""
    return Story("sodertalje").lease(children=1).rent().report("letter", "2026-03-05", "sent")


def act(story: Story, what: str, on: str, **data: Any) -> Story:
    return story.tell(what, on, "1", TOWN, on=on, by="Vera", **data)


class TestAReport:
    @pytest.mark.parametrize("outcome", HOME_AGAIN)
    def test_of_any_outcome_puts_the_case_off_until_its_follow_up_day(self, outcome: str) -> None:
        story = town().report("visit", "2026-03-09", outcome)
        back = add_working_days(date(2026, 3, 9), FOLLOW_UP[outcome])
        assert story.due(str(back - timedelta(days=2))) == {}
        assert story.due(str(back)) == {"visit": str(back)}
        (told,) = [t for t in story.after("2026-03-09").found.closed if t.step == "visit"]
        assert told.follow_up_on == back

    def test_that_sets_a_day_of_its_own_is_back_on_that_day(self) -> None:
        story = town().report("visit", "2026-03-09", "reached", follow_up_on="2026-03-12")
        assert story.due("2026-03-10") == {}
        assert "visit" in story.due("2026-03-11")  # the 12th has begun

    def test_is_forgotten_when_the_rent_is_paid(self) -> None:
        story = town().report("visit", "2026-03-09", "reached").paid("2026-03-16")
        assert story.due("2026-03-31") == {}

    def test_of_a_later_rent_that_is_late_brings_the_case_back_before_its_day(self) -> None:
        story = town().report("visit", "2026-03-27", "declined").rent("2026-04")
        assert "visit" not in story.due("2026-04-01")
        assert "visit" in story.due("2026-04-07")  # April's rent became late on 8 April

    def test_told_twice_under_two_ids_is_one(self) -> None:
        story = town().report("visit", "2026-03-09", "reached")
        (task,) = [t for t in story.after("2026-03-09").found.closed if t.step == "visit"]
        said: dict[str, Any] = {"task_id": task.task_id, "outcome": "reached"}
        act(story, "visit.reported", "2026-03-09", **said)
        assert story.after("2026-03-09").found.repeats == 1

    def test_within_five_working_days_of_a_last_day_leaves_the_case_on_the_list(self) -> None:
        story = town()
        noticed(story, "2026-03-16")
        story.report("secure_tenancy", "2026-03-30", "reached", follow_up_on="2026-12-01")
        for day in ("2026-03-30", "2026-04-01", "2026-04-06"):
            task = story.open(day)["secure_tenancy"]
            assert (task.band, task.round) == ("A", 2), day
            assert str(task.legal_deadline) == "2026-04-07"


class TestAnUndoneAct:
    def test_brings_a_reported_task_back_as_it_was(self) -> None:
        story = town().report("visit", "2026-03-09", "reached")
        before = story.open("2026-03-08")["visit"]
        act(story, "act.withdrawn", "2026-03-10", act_id=story.last_id)
        task = story.open("2026-03-10")["visit"]
        assert (task.task_id, task.due_by) == (before.task_id, before.due_by)
        assert task.closed is None

    def test_that_nobody_knows_changes_nothing(self) -> None:
        story = act(town(), "act.withdrawn", "2026-03-10", act_id="made-up")
        assert list(story.due("2026-03-10")) == ["visit"]

    def test_is_told_in_the_history_once(self) -> None:
        story = town().report("visit", "2026-03-09", "declined")
        act(story, "act.withdrawn", "2026-03-10", act_id=story.last_id)
        lines = [line.text for line in story.after("2026-03-12").page().history]
        again = [line for line in lines if "öppen igen" in line]
        assert again == ["Hembesök: öppen igen, för återrapporten är ångrad. Senast 12 mars 2026."]
        assert lines[-1] == again[0]

    def test_of_another_towns_is_refused(self) -> None:
        story = town().report("visit", "2026-03-09", "reached")
        story.tell(
            "act.withdrawn", "2026-03-10", "1", "urn:municipality:0192", on="2026-03-10", by="X",
            act_id=story.last_id,
        )  # fmt: skip
        assert story.due("2026-03-10") == {}


class TestWaiting:
    def test_takes_the_case_off_the_list_until_its_day_and_says_for_what(self) -> None:
        story = act(
            town(), "task.waits", "2026-03-06", until="2026-03-25", reason="decision_pending"
        )
        found = story.after("2026-03-16").found
        assert found.open == []
        (task,) = found.waiting
        assert (str(task.waits_until), task.waits_for) == ("2026-03-25", "decision_pending")
        assert list(story.due("2026-03-24")) == ["visit"]  # the 25th has begun

    def test_is_broken_by_a_notice(self) -> None:
        story = act(town(), "task.waits", "2026-03-06", until="2026-05-25", reason="muted")
        noticed(story, "2026-03-16")
        assert list(story.due("2026-03-16")) == ["secure_tenancy"]

    def test_is_broken_by_a_last_day_within_five_working_days(self) -> None:
        story = town()
        noticed(story, "2026-03-16")
        act(story, "task.waits", "2026-03-18", until="2026-06-01", reason="decision_pending")
        assert story.due("2026-03-25") == {}
        assert story.open("2026-03-26")["secure_tenancy"].band == "A"

    def test_does_not_go_on_when_the_last_day_has_passed(self) -> None:
        story = noticed(town(), "2026-03-16")
        act(story, "task.waits", "2026-03-18", until="2026-06-01", reason="decision_pending")
        for day in ("2026-04-07", "2026-04-09", "2026-04-20"):  # the last day, and after it
            assert story.after(day).found.waiting == []
            assert list(story.due(day)) == ["secure_tenancy"]
        act(story, "task.waits", "2026-04-20", until="2026-05-04", reason="landlord_considers")
        assert story.due("2026-04-20") == {}

    def test_ends_when_it_is_undone(self) -> None:
        story = act(town(), "task.waits", "2026-03-06", until="2026-05-25", reason="muted")
        act(story, "act.withdrawn", "2026-03-07", act_id=story.last_id)
        assert list(story.due("2026-03-09")) == ["visit"]

    def test_never_hides_the_confirmation_of_an_eviction_time(self) -> None:
        story = town()
        story.tell("eviction.scheduled", "2026-03-10", on="2026-03-10", scheduled_on="2026-04-28")
        act(story, "task.waits", "2026-03-10", until="2026-06-01", reason="other")
        assert "confirm_eviction" in story.due("2026-03-10")


class TestACaseThatACaseworkerPutsFirst:
    def test_comes_before_families_in_its_band_until_it_is_lowered(self) -> None:
        story = Story("sodertalje").lease(children=1).rent().lease("2").rent(lease="2")
        assert [str(t.lease_id)[-1] for t in story.after("2026-03-04").found.open] == ["1", "2"]
        story.tell("case.raised", "2026-03-04", "2", TOWN, on="2026-03-04", by="Vera")
        letter = story.open("2026-03-04", "2")["letter"]
        assert letter.group == 1
        assert "vuxna utan barn; prioriterad av handläggare" in letter.why
        story.tell("case.lowered", "2026-03-05", "2", TOWN, on="2026-03-05", by="Vera")
        lowered = story.open("2026-03-05", "2")["letter"]
        assert lowered.group == 3
        assert "prioriterad" not in lowered.why

    def test_is_contacted_also_where_nothing_else_is_known(self) -> None:
        story = Story("sodertalje").lease().rent().paid("2026-02-27")
        act(story, "case.raised", "2026-03-10")
        task = story.open("2026-03-10")["raised_contact"]
        assert str(task.due_by) == "2026-03-13"
        assert "prioriterad" in " ".join(r.text for r in task.reasons).lower()


class TestWhatIsKnownOfATask:
    def test_is_when_and_by_whom_it_is_planned_and_whose_it_is(self) -> None:
        story = town()
        task_id = story.open("2026-03-05")["visit"].task_id
        act(
            story,
            "task.planned",
            "2026-03-06",
            task_id=task_id,
            planned_on="2026-03-10",
            who="A, B",
        )
        act(story, "task.assigned", "2026-03-06", task_id=task_id, to="Vera")
        act(story, "task.assigned", "2026-03-09", task_id=task_id, to="Omar")
        task = story.open("2026-03-09")["visit"]
        assert (str(task.planned_on), task.assigned_to) == ("2026-03-10", "Omar")

    def test_is_whether_the_question_of_the_children_was_asked(self) -> None:
        story = town()
        noticed(story, "2026-03-16")
        said = [r.text for r in story.open("2026-03-16")["secure_tenancy"].reasons]
        assert "Barn bor här: är förhandsbedömningen gjord?" in said
        act(story, "case.question_asked", "2026-03-17")
        said = [r.text for r in story.open("2026-03-17")["secure_tenancy"].reasons]
        assert "Frågan om förhandsbedömning ställdes 17 mars 2026 av Vera" in said


class TestAfterTheEnd:
    @pytest.mark.parametrize(
        ("reason", "children", "asked"),
        [
            ("death", 0, True),
            ("agreement", 1, True),
            ("agreement", 0, False),
            ("moved", 1, False),
            ("evicted", 0, True),
        ],
    )
    def test_those_who_lived_there_are_asked_after(
        self, reason: str, children: int, asked: bool
    ) -> None:
        story = Story("sodertalje").lease(children=children).rent().paid("2026-02-27")
        story.tell("lease.ended", "2026-03-10", ended_on="2026-03-31", reason=reason)
        assert story.due("2026-03-30") == {}
        expected = {"aftercare": "2026-04-09"} if asked else {}
        assert story.due("2026-03-31") == expected
        assert story.due("2026-07-01") == {}

    def test_once_somebody_was_met_it_is_done(self) -> None:
        story = Story("sodertalje").lease().rent().paid("2026-02-27")
        story.tell("lease.ended", "2026-03-10", ended_on="2026-03-15", reason="death")
        story.report("aftercare", "2026-03-18", "reached")
        assert story.due("2026-03-18") == story.due("2026-04-20") == {}


class TestAPaperOnTheDayOfAReport:
    def test_is_news_all_the_same(self) -> None:
        story = town()
        noticed(story, "2026-03-16")
        story.report("secure_tenancy", "2026-03-17", "reached")
        assert story.due("2026-03-17") == {}
        story.tell(
            "claim.filed", "2026-03-17T15:00:00+01:00", on="2026-03-17", reply_by="2026-03-30"
        )
        assert story.open("2026-03-17")["secure_tenancy"].round == 2
