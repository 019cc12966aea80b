"""A lease that comes to be in another town in the middle of a case: the old town's list says that
it was handed over, and to whom; the new town begins at once, by its own playbook, and sees what
was done."""

from typing import Any

import pytest

from alerts.playbooks.compiled import Way
from alerts.playbooks.own import own_towns
from alerts.playbooks.read import read
from alerts.playbooks.towns import with_own
from models.contract import facts
from models.contract.events import Event
from streams.cli.tried import Task
from tests.builders import MUNICIPAL, invoiced, registered, say
from tests.lives.files import life_of
from tests.lives.story import LANDLORD, TOWN, Story, noticed
from tests.playbooks.written import FINE
from tests.spoken import SV

KARLSTAD = "urn:municipality:1780"
HANDED = "Ärendet är överlämnat till Karlstad (1780), där hyresavtalet nu är"


def late() -> Story:
    """A family in Södertälje whose rent of March is late, with the letter sent."""
    story = Story(own_towns()).lease(children=1).rent()
    return story.report("letter", "2026-03-05", "sent")


def moves(story: Story, on: str, to: str = "1780", effective_on: str | None = None) -> Story:
    return story.tell(
        "lease.changed", on, "1", LANDLORD, effective_on=effective_on or on, municipality=to
    )


def act(story: Story, what: str, on: str, source: str = TOWN, **data: Any) -> Story:
    return story.tell(what, on, "1", source, **{"on": on, "by": "Vera", **data})


def closed(story: Story, day: str) -> list[Task]:
    return [task for task in story.after(day).found.closed if task.closed == "moved_to"]


def test_the_old_towns_task_is_handed_over_and_the_new_town_has_its_own_at_once() -> None:
    story = moves(late(), "2026-03-16")
    (handed,) = closed(story, "2026-03-16")
    assert (handed.step, handed.playbook) == ("visit", "sodertalje")
    assert story.due("2026-03-16") == {"contact": "2026-03-19"}
    task = story.open("2026-03-16")["contact"]
    assert (task.playbook, task.group) == ("karlstad", 1)
    said = [reason.text for reason in task.reasons]
    assert any(text.startswith("Ärendet kom från Södertälje (0181) 16 mars 2026") for text in said)


def test_a_move_that_is_told_ahead_hands_over_on_its_day() -> None:
    story = moves(late(), "2026-03-06", effective_on="2026-03-18")
    assert list(story.due("2026-03-16")) == ["visit"]
    assert story.due("2026-03-17") == {"contact": "2026-03-23"}


def test_between_towns_of_one_playbook_the_work_goes_on_where_it_was() -> None:
    story = moves(late(), "2026-03-06", "9999")
    assert [task.round for task in closed(story, "2026-03-06")] == [1]
    task = story.open("2026-03-06")["visit"]
    assert (task.round, str(task.due_by)) == (2, "2026-03-13")


def test_a_duty_that_the_old_town_reported_on_is_the_new_towns_from_the_day_it_came() -> None:
    story = late()
    noticed(story, "2026-03-16").report("secure_tenancy", "2026-03-18", "reached")
    wait = {"until": "2026-04-30", "reason": "decision_pending"}
    act(story, "task.waits", "2026-03-19", **wait)
    assert story.due("2026-03-19") == {}
    moves(story, "2026-03-20")
    task = story.open("2026-03-20")["secure_tenancy"]
    assert (task.round, str(task.due_by)) == (2, "2026-03-25")
    assert str(task.legal_deadline) == "2026-04-07"
    assert [one.step for one in closed(story, "2026-03-20")] == ["secure_tenancy"]


def test_the_new_town_may_let_the_case_wait_itself() -> None:
    story = moves(late(), "2026-03-16")
    act(story, "task.waits", "2026-03-17", KARLSTAD, until="2026-03-25", reason="decision_pending")
    assert story.due("2026-03-17") == {}
    assert list(story.due("2026-03-24")) == ["contact"]


def test_the_old_town_may_tell_of_its_own_days_and_no_more() -> None:
    story = late()
    task = story.open("2026-03-05")["visit"].task_id
    moves(story, "2026-03-16")
    told = {"task_id": task, "outcome": "reached"}
    story.tell("visit.reported", "2026-03-18", "1", TOWN, on="2026-03-13", by="Vera", **told)
    assert story.after("2026-03-18").found.set_aside == []
    assert [one.closed for one in closed(story, "2026-03-18")] == ["moved_to"]
    story.tell("visit.reported", "2026-03-19", "1", TOWN, on="2026-03-16", by="Vera", **told)
    (aside,) = story.after("2026-03-19").found.set_aside
    assert aside.error == "lease_of_another_municipality"


def test_there_and_back_again_each_town_hands_over_in_turn() -> None:
    story = moves(moves(late(), "2026-03-16"), "2026-03-20", "0181")
    assert [(one.step, one.playbook) for one in closed(story, "2026-03-20")] == [
        ("contact", "karlstad"), ("visit", "sodertalje"),
    ]  # fmt: skip
    task = story.open("2026-03-20")["visit"]
    assert (task.playbook, task.round) == ("sodertalje", 2)


def test_a_lease_without_a_case_moves_without_a_word() -> None:
    story = moves(Story(own_towns()).lease(children=1).rent(), "2026-02-20")
    task = story.open("2026-03-04")["contact"]
    assert task.playbook == "karlstad"
    assert not any("kom från kommun" in reason.text for reason in task.reasons)
    assert story.after("2026-03-04").found.closed == []


OWN_STEP = """
[[steps]]
id = "take_over"
trigger = "handed_over"
channel = "call"
actor = ["coordinator"]
within = "2 working days"
"""


def test_a_step_that_the_playbook_names_for_a_handover_comes_with_it_and_not_without() -> None:
    towns = with_own([read(FINE + OWN_STEP, "mytown.toml")])
    assert isinstance(towns.ways["mytown"], Way)
    story = Story(towns).lease(children=1).rent().report("letter", "2026-03-05", "sent")
    moves(story, "2026-03-16", "9901")
    assert story.due("2026-03-16") == {"see": "2026-03-23", "take_over": "2026-03-18"}
    task = story.open("2026-03-16")["take_over"]
    assert task.does == "Ring: ärendet är nu hos oss, hör vad som har sagts och lovats"
    reached = {"task_id": task.task_id, "on": "2026-03-17", "outcome": "reached", "by": "Karl"}
    story.tell("visit.reported", "2026-03-17", "1", "urn:municipality:9901", **reached)
    assert "take_over" not in story.due("2026-03-18")
    here = Story(towns).lease(children=1, municipality="9901").rent()
    assert "take_over" not in here.due("2026-03-04")


LATE = [
    registered(),
    say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2016}], as_of="2026-01-02"),
    invoiced("2026-03"),
]
MOVED = say(facts.LeaseChanged, effective_on="2026-03-16", municipality="1780")


def asked(on: str, source: str = MUNICIPAL) -> Event:
    return say(facts.CaseQuestionAsked, source, on=on, by="Vera")


def test_the_new_town_sees_what_was_done_in_its_words_and_not_what_was_mapped() -> None:
    waits = say(
        facts.TaskWaits, on="2026-03-09", until="2026-03-30", reason="in_care", by="Vera",
    )  # fmt: skip
    mapped = say(facts.CaseMapped, on="2026-03-09", by="Vera", causes=["forgotten"])
    before = life_of("2026-03-15", *LATE, asked("2026-03-09"), waits, mapped).page()
    assert sorted(act.kind for act in before.case_acts) == ["asked", "mapped", "waits"]
    page = life_of("2026-03-17", *LATE, asked("2026-03-09"), waits, mapped, MOVED).page()
    assert sorted(act.kind for act in page.case_acts) == ["asked", "waits"]
    assert page.child_question == "Förhandsbedömning: frågan ställdes 9 mars 2026 av Vera."
    assert any(HANDED in line.text for line in page.history)


def test_the_task_that_is_handed_over_stays_the_old_towns_in_messages_and_lists() -> None:
    life = life_of("2026-03-17", *LATE, MOVED)
    towns = {task.step: (task.municipality, task.playbook) for task in life.trial.tasks(None)}
    assert towns["contact"] == ("1780", "karlstad")
    (letter,) = [task for task in life.trial.tasks(None) if task.step == "letter"]
    assert (letter.municipality, letter.playbook, letter.state) == ("0181", "sodertalje", "closed")
    assert SV.say(letter.reason) == HANDED
    assert "brev" in SV.say(letter.does)


@pytest.mark.parametrize("source", [MUNICIPAL, KARLSTAD])
def test_who_may_act_is_the_town_of_the_day(source: str) -> None:
    told = asked("2026-03-18", source)
    life = life_of("2026-03-18", *LATE, MOVED, told)
    codes = [code for code, _, _ in life.refused()]
    assert codes == ([] if source == KARLSTAD else ["lease_of_another_municipality"])
