"""The eviction day has been, and nobody has told what came of it."""

import pytest

from tests.lives.life import reasons
from tests.lives.story import Story, noticed

ASK = (
    "Avhysningsdagen var 20 mars 2026, och ingen har berättat vad som hände. Fråga Kronofogden om "
    "avhysningen har verkställts, skjutits upp eller ställts in."
)


def scheduled() -> Story:
    story = noticed(Story("sodertalje").lease().rent("2026-02"), "2026-02-10")
    return story.tell(
        "eviction.scheduled", "2026-03-09", on="2026-03-09", scheduled_on="2026-03-20"
    )


def test_on_the_day_itself_nothing_has_passed() -> None:
    assert scheduled().after("2026-03-19").page().legal.unheard is None


def test_from_the_day_after_the_page_says_to_ask() -> None:
    for day in ("2026-03-20", "2026-03-27", "2026-04-20"):
        assert scheduled().after(day).page().legal.unheard == ASK


def test_it_is_silent_once_somebody_has_told() -> None:
    for step, more in (
        ("executed", {}),
        ("cancelled", {}),
        ("deferred", {"to": "2026-04-20"}),
    ):
        story = scheduled().tell(f"eviction.{step}", "2026-03-23", on="2026-03-20", **more)
        assert story.after("2026-03-23").page().legal.unheard is None, step


@pytest.mark.parametrize("deferred", [False, True], ids=["its time", "a day it was put off to"])
def test_the_task_stays_in_band_a_and_asks_kronofogden_until_it_is_heard(deferred: bool) -> None:
    story, day = scheduled(), "20 mars 2026"
    if deferred:
        story.tell("eviction.deferred", "2026-03-19", on="2026-03-19", to="2026-04-10")
        day = "10 april 2026"
    for morning in ("2026-04-10", "2026-04-20"):
        task = story.open(morning)["secure_tenancy"]
        assert (task.band, task.why) == ("A", f"Avhysningsdagen var {day}; vuxna utan barn.")
        assert task.does.startswith("Rädda hemmet: fråga Kronofogden om avhysningen")
        assert f"Avhysningsdagen var {day}, och ingen har berättat" in reasons(task)[0]


def test_whatever_is_reported_the_task_is_back_the_same_day() -> None:
    story = scheduled().report("secure_tenancy", "2026-03-23", "other")
    task = story.open("2026-03-23")["secure_tenancy"]
    assert (task.band, task.round) == ("A", 2)


def test_once_it_is_heard_nobody_is_told_to_ask() -> None:
    told = scheduled().tell("eviction.cancelled", "2026-03-23", on="2026-03-20")
    assert "fråga Kronofogden" not in told.open("2026-03-23")["secure_tenancy"].does
    done = scheduled().tell("eviction.executed", "2026-03-23", on="2026-03-20")
    assert "secure_tenancy" not in done.open("2026-03-23")
