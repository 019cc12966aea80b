"""The lease's page: plans and what was missed, objections, protected rows, no echo in a history."""

from io import StringIO

import pytest
from rich.console import Console

from alerts.cases.priority import in_order
from streams.cli.task_table import table
from tests.lives.files import STORIES, story
from tests.lives.life import Life, reasons
from tests.lives.story import Story
from tests.spoken import SV

S09B = "s09b-plan-ended-broken"


def shown(life: Life) -> str:
    """The printed list."""
    tasks = [task for task in in_order(life.trial.tasks(None)) if task.state != "closed"]
    console = Console(file=StringIO(), width=200)
    console.print(table(tasks, life.trial.store.partition.today, SV))
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_a_broken_plan_is_named_with_what_was_missed_of_it() -> None:
    life = story(S09B, "2026-04-08")
    task = life.open["visit"]
    assert (
        "Delbetalningen 31 mars 2026 i betalningsplanen PL1, 2\xa0000\xa0kr, är inte betald"
        in reasons(task)
    )
    assert "Hyresvärden har avslutat betalningsplanen PL1, som bruten" in reasons(task)
    (plan,) = life.page().plans
    assert (plan.plan_id, [str(day) for day in plan.missed]) == ("PL1", ["2026-03-31"])
    assert "bruten" in plan.text


def test_a_plan_that_is_kept_is_why_there_is_no_visit() -> None:
    life = story("s63-paid-without-plan-anstand", "2026-03-10")
    assert life.open == {}
    assert "nästa delbetalning, 8\xa0000\xa0kr, är 25 mars 2026" in life.page().why
    after = story("s63-paid-without-plan-anstand", "2026-03-31")
    assert (after.open, after.page().plans[0].missed) == ({}, [])


def test_an_objection_is_on_the_page_and_stops_what_rests_on_the_landlords_signal() -> None:
    life = story("s57-objection", "2026-03-07")
    assert life.open == {}
    assert str(life.page().objected_on) == "2026-03-06"
    (word,) = life.page().consents
    assert word.text == "6 mars 2026: har motsatt sig att hyresvärden berättar tidigt för kommunen"


@pytest.mark.parametrize(
    ("kind", "scope", "said"),
    [
        ("consent.given", "all", "samtycke till allt som får berättas, åt båda hållen"),
        ("consent.given", "municipality_to_landlord",
         "samtycke till att kommunen berättar för hyresvärden"),
        ("consent.withdrawn", "Landlord_Feedback",
         "återkallat samtycke till att kommunen berättar för hyresvärden"),
        ("objection.made", "early_signal",
         "har motsatt sig att hyresvärden berättar tidigt för kommunen"),
        ("consent.given", "en egen text",
         "samtycke till annat, som Bokvar inte läser av: ”en egen text”"),
    ],
)  # fmt: skip
def test_what_a_word_of_consent_is_about_is_said_and_not_its_code(
    kind: str, scope: str, said: str
) -> None:
    given = {"on": "2026-03-05", "scope": scope, "tenant_ref": "T1"}
    told = Story("sodertalje").lease().tell(kind, "2026-03-05", **given)
    (word,) = told.after("2026-03-05").page().consents
    assert word.text == f"5 mars 2026: {said}"


def test_what_falls_due_later_is_told_apart_from_what_is_due_and_unpaid() -> None:
    told = Story("sodertalje").lease().rent("2026-03").rent("2026-04").rent("2026-05", ore=500_000)
    before, after = (told.after(day).page().account for day in ("2026-04-20", "2026-05-04"))
    assert (before.left_ore, before.coming_ore) == (2_100_000, 500_000)
    assert (after.left_ore, after.coming_ore) == (2_100_000, 0)


def test_a_protected_identity_is_marked_in_every_row() -> None:
    life = story("s50-protected-eviction", "2026-04-20")
    assert len(life.found.open) == 2
    assert shown(life).count("SKYDDAD IDENTITET") == 2
    assert "SKYDDAD IDENTITET" not in shown(story("s04-old-67", "2026-03-09"))


def test_a_day_that_has_passed_has_no_days_left() -> None:
    deadlines = story("s15-eviction-scheduled", "2026-04-20").page().legal.deadlines
    left = {deadline.name: deadline.days_left for deadline in deadlines}
    assert left == {"confirm_by": None, "eviction_on": 21}


@pytest.mark.parametrize("file", sorted(path.stem for path in STORIES.glob("*.jsonl")))
def test_no_line_about_a_task_or_a_date_says_what_one_before_it_said(file: str) -> None:
    to = {"s15-eviction-scheduled": "2026-05-30", "s22b-midsummer": "2026-06-25"}
    life = story(file, to.get(file, "2027-01-20" if "newyear" in file else "2026-04-30"))
    for lease in life.trial.leases:
        lines = [(line.task_id, line.text) for line in life.page(lease).history]
        assert len(lines) == len(set(lines))
