"""A claim was served: the tenant has to answer it by a day, which saves the home by itself no more
than silence does."""

import pytest

from tests.lives.life import Life, reasons
from tests.lives.story import Story, noticed

ANSWER = "Hyresgästen behöver svara i målet senast 23 april 2026"


def served(*, is_paid: bool) -> Story:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-10")
    story.tell("claim.filed", "2026-03-12", on="2026-03-12")
    if is_paid:
        story.paid("2026-03-20")
    return story.tell("claim.served", "2026-04-13", on="2026-04-13", reply_by="2026-04-23")


def acts(life: Life) -> list[tuple[str, str]]:
    return [(act.actor, act.what) for act in life.page().legal.acts]


@pytest.mark.parametrize("is_paid", [True, False], ids=["paid in time", "unpaid"])
def test_the_task_says_by_when_also_long_before_the_day(is_paid: bool) -> None:
    task = served(is_paid=is_paid).open("2026-04-13")["secure_tenancy"]
    assert task.band == "B"
    assert any(said.startswith(ANSWER) for said in reasons(task))


@pytest.mark.parametrize("is_paid", [True, False], ids=["paid in time", "unpaid"])
def test_the_clock_has_the_answer_first(is_paid: bool) -> None:
    life = served(is_paid=is_paid).after("2026-04-13")
    assert acts(life)[0] == (
        "Hyresgästen", "svara i målet, och bestrida det i ansökan som inte stämmer"
    )  # fmt: skip
    assert str(life.page().legal.acts[0].through) == "2026-04-23"


def test_with_everything_paid_in_time_the_board_is_not_told_to_take_on_rent() -> None:
    assert "Socialnämnden" not in dict(acts(served(is_paid=True).after("2026-04-13")))


@pytest.mark.parametrize(
    ("what", "on"), [("claim.disputed", "2026-04-20"), (None, "2026-04-24")],
    ids=["answered", "the day has been"],
)  # fmt: skip
def test_answered_or_too_late_nobody_is_told_to(what: str | None, on: str) -> None:
    story = served(is_paid=False)
    life = (story.tell(what, on, on=on) if what else story).after(on)
    assert not any(said.startswith(ANSWER) for said in reasons(life.open["secure_tenancy"]))
    assert not any(what.startswith("svara") for _, what in acts(life))


def test_withdrawn_the_notice_that_stands_is_why_its_task_is_where_it_is() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-10")
    story.tell("claim.filed", "2026-04-20", on="2026-04-20")
    story.tell("claim.withdrawn", "2026-05-05", on="2026-05-05")
    task = story.open("2026-05-05")["secure_tenancy"]
    assert task.why.startswith("Uppsägningen delgavs 10 mars 2026")
    assert any("återkallades 5 maj 2026" in said for said in reasons(task))
