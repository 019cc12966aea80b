"""The household in words: subtenants, visiting children, open ages, and who is not known."""

from typing import Any

import pytest

from tests.lives.files import story
from tests.lives.life import reasons
from tests.lives.story import TOWN, Story, noticed


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("s03-young-inkasso", "hyresgäst 25 år eller yngre."),
        ("s04-old-67", "hyresgäst över 65 år."),
        ("s05-subtenants-children", "andrahandshyresgäster med barn bor i hemmet."),
        ("s08-unknown", "vi vet inte vilka som bor här."),
        ("s59-visiting-child", "barn bor i hemmet."),
    ],
)
def test_a_rank_says_who_lives_there(file: str, said: str) -> None:
    tasks = story(file, "2026-03-06").found.open
    assert tasks
    assert all(task.why.endswith(said) for task in tasks)


def test_who_is_not_known_is_asked_for_at_the_first_contact() -> None:
    task = story("s08-unknown", "2026-03-06").open["visit"]
    assert "Fråga vid den första kontakten vilka som bor här" in reasons(task)


@pytest.mark.parametrize("on", ["2026-03-04", "2026-03-06", "2026-03-10"])
def test_subtenants_are_offered_no_plan_for_anothers_debt(on: str) -> None:
    life = story("s05-subtenants-children", on)
    assert life.page().tasks
    for task in life.page().tasks:
        assert "andrahandshyresgäster" in task.does.text
        assert "avbetalning" not in task.does.text
        assert any("hyresskulden är inte deras" in one.text for one in task.reasons)


def test_the_municipality_takes_on_no_rent_towards_itself() -> None:
    life = story("s40-municipal-lease", "2026-03-17")
    assert {act.actor for act in life.page().legal.acts} == {"Hyresgästen"}
    (task,) = life.page().tasks
    assert "ta på sig hyran" not in task.reason.text
    assert "Betalas hyran senast 7 april 2026 är hemmet räddat" in [r.text for r in task.reasons]
    assert any("ska förebygga avhysningen" in reason.text for reason in task.reasons)


def test_of_an_evicted_household_it_is_said_who_lived_there_and_not_who_lives() -> None:
    for children, said in ((0, "vi vet inte vilka som bodde där"), (1, "barn bodde i hemmet")):
        story = Story("sodertalje").lease(children=children).rent("2026-02")
        if not children:
            story.tell("household.updated", "2026-01-03", "1", TOWN, known="unknown")
        noticed(story, "2026-02-10")
        story.tell("eviction.executed", "2026-03-23", on="2026-03-23")
        page = story.after("2026-03-23").page()
        why = story.open("2026-03-23")["aftercare"].why
        assert why == f"Någon som bor eller bodde där ska kontaktas; {said}."
        assert page.household.why == said
        assert "bor här" not in page.household.why


@pytest.mark.parametrize("how", ["agreement", "trial_ended", "abandoned"])
@pytest.mark.parametrize(
    "home",
    [
        {"known": "unknown"},
        {"known": "no"},
        {"known": "yes", "children": [{"birth_year": 1919, "living": "permanent"}]},
    ],
)
def test_an_unknown_household_that_leaves_is_asked_after_and_said_to_be_unknown(
    home: dict[str, Any], how: str
) -> None:
    story = Story("sodertalje").lease().rent("2026-02")
    story.tell("household.updated", "2026-01-03", "1", TOWN, **home)
    story.tell("lease.ended", "2026-02-10", "1", ended_on="2026-02-10", reason=how)
    task = story.open("2026-02-11")["aftercare"]
    assert "vet inte vilka som bodde där" in task.why
    assert any(
        said.startswith("Om barn bor eller bodde här är inte känt") for said in reasons(task)
    )


def test_a_known_household_without_children_that_leaves_is_not_asked_after() -> None:
    story = Story("sodertalje").lease().rent("2026-02")
    story.tell("lease.ended", "2026-02-10", "1", ended_on="2026-02-10", reason="agreement")
    assert story.open("2026-02-11") == {}


def test_an_unknown_household_that_merely_moved_is_not_asked_after() -> None:
    story = Story("sodertalje").lease().rent("2026-02")
    story.tell("household.updated", "2026-01-03", "1", TOWN, known="unknown")
    story.tell("lease.ended", "2026-02-10", "1", ended_on="2026-02-10", reason="moved")
    assert story.open("2026-02-11") == {}


def test_after_a_death_those_who_lived_there_may_live_there_still() -> None:
    story = Story("sodertalje").lease(children=1).rent("2026-02")
    story.tell("lease.ended", "2026-02-10", ended_on="2026-02-10", reason="death")
    assert "barn bor i hemmet" in story.open("2026-02-12")["aftercare"].why
