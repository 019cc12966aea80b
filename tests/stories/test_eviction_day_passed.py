"""The eviction day has been, and nobody has told what came of it."""

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
