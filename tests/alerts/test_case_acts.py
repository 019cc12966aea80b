"""What a caseworker does in a case is told to its lease, or refused in a sentence."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from alerts.commands.ask_child_question import ask_child_question
from alerts.commands.assign_task import assign_task
from alerts.commands.case_act import Deed, Refusal, Refused, Told
from alerts.commands.let_case_wait import let_case_wait
from alerts.commands.lower_case import lower_case
from alerts.commands.plan_task import plan_task
from alerts.commands.raise_case import raise_case
from alerts.commands.report_task import report_task
from alerts.commands.undo_act import NEWEST, undo_act
from alerts.contract.messages import VisitTask
from models.contract import facts
from tests.alerts.timeline import next_days, town
from tests.builders import LEASE, MUNICIPAL, days, event, invoiced, lease_id, paid, registered, say
from tests.memory import MemoryStore
from tests.memory_cases import MemoryCases
from tests.memory_log import MemoryEventLog

TODAY = date(2026, 2, 5)  # the day that has not ended in `town`
NOON = datetime(2026, 2, 5, 11, tzinfo=UTC)
_NUMBERS = count(1)
Act = Callable[..., Told | Refused]


def do(
    store: MemoryStore, act: Act, *more: Any, name: str = LEASE, by: str = "Vera",
    on: date | None = None, now: datetime = NOON, folds: bool = True, **given: Any,
) -> Told | Refused:  # fmt: skip
    """Do an act in the store's case."""
    deed = Deed(name, by, on, now, f"act {next(_NUMBERS)}")
    log = MemoryEventLog([store], at_once=folds)
    return act(log, MemoryCases(store), deed, *more, seconds=0, **given)


def done(store: MemoryStore, act: Act, *more: Any, **given: Any) -> Told:
    """The same, where it is to be told and folded."""
    told = do(store, act, *more, **given)
    assert isinstance(told, Told), told.sentence
    assert told.folded
    return told


def refusal(store: MemoryStore, act: Act, *more: Any, **given: Any) -> Refused:
    """The same, where it is to be refused, and nothing told."""
    before = store.partition.next_offset
    answer = do(store, act, *more, **given)
    assert isinstance(answer, Refused)
    assert store.partition.next_offset == before
    return answer


def letter(store: MemoryStore) -> VisitTask:
    (task,) = (task for task in store.tasks.values() if task.step == "letter")
    return task


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (report_task, ("reached",)),
        (plan_task, (TODAY, "Ali")),
        (assign_task, ("Ali",)),
        (let_case_wait, (date(2026, 2, 20), "muted")),
        (raise_case, ()),
        (lower_case, ()),
        (ask_child_question, ()),
        (undo_act, (NEWEST,)),
    ],
)
class TestEveryAct:
    def test_in_a_case_that_nobody_knows_is_refused(self, act: Act, more: tuple[Any, ...]) -> None:
        found = refusal(town(), act, *more, name=lease_id(77))
        assert found.refusal is Refusal.UNKNOWN
        assert f"no task and no lease has the id {lease_id(77)}" in found.sentence

    def test_on_a_lease_that_no_landlord_registered_is_refused(
        self, act: Act, more: tuple[Any, ...]
    ) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-04"), paid("2026-02-04"))
        assert refusal(store, act, *more).refusal is Refusal.UNREGISTERED

    def test_that_nobody_signs_is_refused(self, act: Act, more: tuple[Any, ...]) -> None:
        assert refusal(town(), act, *more, by=" ").sentence == (
            "--by must name somebody, in at most 200 characters"
        )
        assert refusal(town(), act, *more, by="x" * 201).refusal is Refusal.UNSIGNED

    def test_on_a_day_that_has_not_come_is_refused(self, act: Act, more: tuple[Any, ...]) -> None:
        found = refusal(town(), act, *more, on=date(2026, 2, 6))
        assert found.refusal is Refusal.NOT_COME
        assert "--on 2026-02-06 has not come" in found.sentence

    def test_of_another_year_is_refused(self, act: Act, more: tuple[Any, ...]) -> None:
        assert refusal(town(), act, *more, on=date(2025, 2, 4)).refusal is Refusal.LONG_AGO


class TestAReport:
    def test_of_an_outcome_that_there_is_not_names_the_one_that_was_meant(self) -> None:
        found = refusal(town(), report_task, "reachd")
        assert "outcome 'reachd' is none that there is (did you mean reached?)" in found.sentence
        assert "respite_sought" in found.sentence

    def test_as_confirmed_of_what_is_no_confirmation_is_refused(self) -> None:
        found = refusal(town(), report_task, "confirmed")
        assert found.refusal is Refusal.NO_CONFIRMATION
        assert "and " + letter(town()).task_id + " is none (letter)" in found.sentence

    def test_dated_long_before_its_task_is_a_slip_and_is_refused(self) -> None:
        opened = letter(town()).opened_on
        found = refusal(town(), report_task, "reached", on=opened - timedelta(days=32))
        assert found.refusal is Refusal.BEFORE_TASK
        assert found.sentence == (
            "--on 2026-01-04 is more than 31 days before the task was opened, 2026-02-05: "
            "check the year"
        )
        done(town(), report_task, "reached", on=opened - timedelta(days=31))

    @pytest.mark.parametrize(
        ("day", "why"),
        [
            (date(2026, 2, 4), "--follow-up 2026-02-04 has passed: give a day from 2026-02-05 on"),
            (date(2027, 2, 6), "--follow-up 2027-02-06 is more than a year ahead"),
        ],
    )
    def test_with_a_follow_up_in_the_past_or_beyond_a_year_is_refused(
        self, day: date, why: str
    ) -> None:
        assert why in refusal(town(), report_task, "reached", day).sentence

    def test_on_a_lease_without_an_open_task_is_refused(self) -> None:
        store = MemoryStore()
        store.tell(registered(), *days("2026-02-01", "2026-02-04"))
        assert refusal(store, report_task, "sent").refusal is Refusal.NO_OPEN_TASK

    def test_on_a_lease_with_several_open_tasks_asks_for_one_of_them(self) -> None:
        store = town(
            say(facts.EvictionApplied, on="2026-02-03"),
            say(facts.EvictionScheduled, on="2026-02-05", scheduled_on="2026-02-26"),
        )
        assert len(store.open_tasks) > 1
        found = refusal(store, report_task, "reached")
        assert found.refusal is Refusal.WHICH_TASK
        for task in store.open_tasks.values():
            assert f"{task.task_id} ({task.step})" in found.sentence

    def test_on_a_task_that_was_closed_long_ago_is_refused(self) -> None:
        store = town()
        done(store, report_task, "sent")
        next_days(store, "2026-02-13")
        found = refusal(
            store, report_task, "reached", name=letter(store).task_id,
            now=datetime(2026, 2, 14, 9, tzinfo=UTC),
        )  # fmt: skip
        assert found.refusal is Refusal.CLOSED_LONG_AGO
        assert "was closed 2026-02-05, more than 7 days ago" in found.sentence

    def test_on_a_task_whose_case_is_over_is_refused(self) -> None:
        store = town(paid("2026-02-05"))
        next_days(store, "2026-02-06")
        found = refusal(
            store, report_task, "reached", name=letter(store).task_id,
            now=datetime(2026, 2, 7, 9, tzinfo=UTC),
        )  # fmt: skip
        assert found.refusal is Refusal.CASE_OVER

    def test_closes_its_task_and_sets_the_day_on_which_the_case_is_back(self) -> None:
        store = town()
        told = done(store, report_task, "plan_offered", date(2026, 2, 20))
        task = letter(store)
        assert (told.lease_id, told.task_id) == (LEASE, task.task_id)
        assert (task.state, task.closed_on) == ("closed", TODAY)
        assert task.reason.args["outcome"] == "outcome.plan_offered"
        assert task.follow_up_on == date(2026, 2, 20)

    def test_by_the_tasks_id_is_the_same_as_by_its_leases(self) -> None:
        store = town()
        done(store, report_task, "sent", name=letter(store).task_id)
        assert letter(store).state == "closed"

    def test_on_what_was_reported_lately_takes_its_place(self) -> None:
        store = town()
        done(store, report_task, "sent")
        later = NOON.replace(hour=12)
        done(store, report_task, "not_needed", name=letter(store).task_id, now=later)
        assert letter(store).reason.args["outcome"] == "outcome.not_needed"

    def test_that_no_worker_has_read_yet_stands_in_the_log_and_not_in_the_case(self) -> None:
        store = town()
        told = do(store, report_task, "sent", folds=False)
        assert isinstance(told, Told)
        assert not told.folded
        assert letter(store).state != "closed"

    def test_leads_to_what_the_same_report_on_the_queue_leads_to(self) -> None:
        given, sent = town(), town()
        told = done(given, report_task, "reached", date(2026, 2, 20))
        report = facts.VisitReported(
            lease_id=LEASE, task_id=letter(sent).task_id, on=TODAY, outcome="reached", by="Vera",
            follow_up_on=date(2026, 2, 20),
        )  # fmt: skip
        from_queue = event(report, told.event_id, MUNICIPAL)
        sent.tell(type(from_queue)(**{**fields(from_queue), "time": NOON.isoformat()}))
        assert given.states() == sent.states()
        assert given.tasks == sent.tasks


def fields(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__struct_fields__}


class TestAPlan:
    def test_for_a_day_that_has_passed_is_refused(self) -> None:
        found = refusal(town(), plan_task, date(2026, 2, 4), "Ali")
        assert "--day 2026-02-04 has passed" in found.sentence

    def test_without_who_goes_is_refused(self) -> None:
        assert "--who must name somebody" in refusal(town(), plan_task, TODAY, "").sentence

    def test_of_a_closed_task_is_refused(self) -> None:
        store = town()
        done(store, report_task, "sent")
        found = refusal(store, plan_task, TODAY, "Ali", name=letter(store).task_id)
        assert found.refusal is Refusal.CLOSED

    def test_says_on_the_task_when_and_who(self) -> None:
        store = town()
        done(store, plan_task, date(2026, 2, 9), "Ali och Bo")
        task = letter(store)
        assert (task.planned_on, task.planned_who) == (date(2026, 2, 9), "Ali och Bo")


class TestATaskGivenToSomebody:
    def test_who_has_no_name_is_refused(self) -> None:
        assert "--to must name somebody" in refusal(town(), assign_task, " ").sentence

    def test_is_theirs_and_of_two_the_newer_holds(self) -> None:
        store = town()
        done(store, assign_task, "Ali")
        done(store, assign_task, "Bo", now=NOON.replace(hour=12))
        assert letter(store).assigned_to == "Bo"


class TestAWait:
    def test_for_a_reason_that_there_is_not_names_the_one_that_was_meant(self) -> None:
        found = refusal(town(), let_case_wait, date(2026, 2, 20), "payment-promise")
        assert "--reason 'payment-promise' is none that there is" in found.sentence
        assert "(did you mean payment_promised?)" in found.sentence

    @pytest.mark.parametrize("until", [TODAY, date(2026, 1, 1), date(2027, 2, 6)])
    def test_until_a_day_that_makes_nothing_wait_is_refused(self, until: date) -> None:
        assert "--until" in refusal(town(), let_case_wait, until, "muted").sentence

    def test_makes_the_tasks_wait_until_its_day(self) -> None:
        store = town()
        done(store, let_case_wait, date(2026, 2, 10), "payment_promised")
        task = letter(store)
        assert (task.waits_until, task.waits_for) == (date(2026, 2, 10), "payment_promised")
        next_days(store, "2026-02-09")
        assert letter(store).waits_until is None


class TestACase:
    def test_that_is_raised_already_is_not_raised_again(self) -> None:
        store = town()
        done(store, raise_case)
        found = refusal(store, raise_case)
        assert found.sentence == (
            f"lease {LEASE} is put first already, by Vera on 2026-02-05; nothing was changed"
        )

    def test_that_was_never_raised_is_not_lowered(self) -> None:
        assert refusal(town(), lower_case).refusal is Refusal.NOT_RAISED

    def test_that_is_raised_is_first_in_its_band_without_a_reason_until_it_is_lowered(self) -> None:
        store = town()
        before = letter(store)
        assert before.priority.group > 1
        done(store, raise_case)
        assert letter(store).priority.group == 1
        assert letter(store).reasons == before.reasons
        done(store, lower_case, now=NOON.replace(hour=12))
        assert letter(store).priority == before.priority

    def test_remembers_that_somebody_asked_about_the_children(self) -> None:
        store = town()
        done(store, ask_child_question)
        (asked,) = store.lease(LEASE).signals.acts
        assert (asked.kind, asked.on, asked.by) == ("asked", TODAY, "Vera")


class TestUndoing:
    def test_an_act_that_nobody_did_is_refused(self) -> None:
        assert refusal(town(), undo_act, NEWEST).refusal is Refusal.NO_ACTS
        assert "no act x is known" in refusal(town(), undo_act, "x").sentence

    def test_an_act_twice_is_refused(self) -> None:
        store = town()
        told = done(store, report_task, "sent")
        done(store, undo_act, told.event_id)
        assert refusal(store, undo_act, told.event_id).refusal is Refusal.UNDONE_ALREADY

    def test_the_newest_act_leaves_those_before_it(self) -> None:
        store = town()
        done(store, assign_task, "Ali")
        done(store, plan_task, TODAY, "Ali", now=NOON.replace(hour=12))
        done(store, undo_act, NEWEST)
        assert (letter(store).planned_on, letter(store).assigned_to) == (None, "Ali")

    def test_a_report_brings_its_task_back_as_it_was(self) -> None:
        store = town()
        before = letter(store)
        told = done(store, report_task, "sent")
        done(store, undo_act, told.event_id)
        after = letter(store)
        assert (after.state, after.closed_on, after.due_by) == ("changed", None, before.due_by)


def test_an_act_in_a_log_ahead_of_the_clock_is_of_the_logs_own_today() -> None:
    store = town()
    told = done(store, report_task, "sent", now=datetime(2025, 6, 1, tzinfo=UTC))
    assert told.folded
    assert letter(store).closed_on == TODAY


def test_before_a_day_has_ended_days_to_come_are_counted_from_the_clock() -> None:
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"))
    found = refusal(store, let_case_wait, date(2026, 2, 4), "muted")
    assert "give a day from 2026-02-06 on" in found.sentence
