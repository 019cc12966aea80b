"""What a page says of its days: whose day it is, on which day it is counted, and what is hidden."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.web.links import link
from alerts.web.lists.rows import Row, rows
from models.contract import facts
from models.contract.events import ENFORCEMENT
from models.phrase import Phrase, phrase
from tests.builders import days, invoiced, lease_id, registered, say
from tests.spoken import SV
from tests.visit_tasks import task
from tests.web.forms import form
from tests.web.lived import events
from tests.web.site_world import NOON, World, site_world

EVICTED, DAY = lease_id(5), date(2026, 3, 20)


def world_of(tmp_path: Path, lived: list, ahead: int = 0):  # type: ignore[no-untyped-def, type-arg]
    """A site over these events, so many days later by the clock."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    return site_world(url, lived, lambda: NOON + timedelta(days=ahead))


@pytest.mark.parametrize("page", ["today", "plan", "waiting"])
def test_a_list_that_is_counted_on_an_older_day_says_so(tmp_path: Path, page: str) -> None:
    with world_of(tmp_path, events(), ahead=10) as world:
        html = world.browser("anna").get(link(page)).text
    assert "Läget är räknat den 20 mars 2026, 10 dagar före i dag" in html


def test_a_case_that_is_counted_on_an_older_day_says_so(tmp_path: Path) -> None:
    with world_of(tmp_path, events(), ahead=1) as world:
        html = world.browser("anna").get(link("case", lease=lease_id(1))).text
    assert "en dag före i dag" in html


def test_nothing_is_said_of_the_day_where_it_is_todays(looked_at: World) -> None:
    assert "Läget är räknat" not in looked_at.browser("anna").get(link("today")).text


def test_before_the_first_day_no_page_says_that_all_is_paid(tmp_path: Path) -> None:
    lived = [registered(), invoiced("2026-02")]
    with world_of(tmp_path, lived) as world:
        for page in (link("today"), link("case", lease=lease_id(1))):
            html = world.browser("anna").get(page).text
            assert "Ingen dag har avslutats" in html
            assert "hyran är betald" not in html


def scheduled() -> list:  # type: ignore[type-arg]
    """An eviction that is six days away, told yesterday."""
    told = say(
        facts.EvictionScheduled,
        ENFORCEMENT,
        lease_id=EVICTED,
        case_number="K-1",
        on="2026-03-19",
        scheduled_on="2026-03-26",
    )
    return [*events()[:-1], told, *days("2026-03-19", "2026-03-19")]


def test_the_day_to_confirm_an_eviction_time_is_never_the_last_day_to_save_the_home(
    tmp_path: Path,
) -> None:
    with world_of(tmp_path, scheduled()) as world:
        anna = world.browser("anna")
        rows = [row for row in anna.get(link("today")).text.split("<li class=")[1:]
                if "Bekräfta avhysningstiden" in row]  # fmt: skip
        case = anna.get(link("case", lease=EVICTED)).text
    assert rows
    assert "bekräfta" in rows[0].split("</p>")[0] or "bekräftats" in rows[0].split("</p>")[0]
    assert "rädda hemmet" not in rows[0].split("</p>")[0]
    saving = case.split('id="saving"')[1].split("</section>")[0]
    assert "Avhysningsdag" in saving or "avhysning" in saving.lower()


def test_no_filter_hides_that_a_last_day_is_near(tmp_path: Path) -> None:
    with world_of(tmp_path, scheduled()) as world:
        anna = world.browser("anna")
        filtered = anna.get(link("today", band="D")).text
        whole = anna.get(link("today", clear=1)).text
    assert "i band A, där en av lagens sista dagar är nära, finns utanför urvalet" in filtered
    assert "utanför urvalet" not in whole


def test_a_task_that_is_reported_on_says_so_where_it_is_reported_again(world: World) -> None:
    anna = world.browser("anna")
    first = next(p for p in anna.get(link("today")).text.split('href="') if "/report/" in p)
    page = anna.get(first.split('"')[0])
    fields = dict.fromkeys(("on", "follow_up"), "")
    action = link("report", lease=first.split("/case/")[1].split("/")[0])
    anna.post(action, data={**form(page.text, action), **fields, "outcome": "other"})
    assert "En ny redovisning ersätter den förra" in anna.get(first.split('"')[0]).text


def row_of(**changes: Any) -> Row:
    """The row of a task, read on 20 March."""
    words = Phrase("worklist.incomplete")
    fields = {"legal_deadline": None, "due_by": DAY, "does": words, "rule": words, **changes}
    return rows([task(1, **fields)], DAY, SV, {})[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "uppgiftens dag är i dag"),
        ({"legal_deadline": DAY}, "sista dagen att rädda hemmet"),
        ({"legal_deadline": DAY, "step": "confirm_eviction"}, "ska bekräftas i dag"),
    ],
)
def test_what_is_to_be_done_on_the_very_day_begins_with_no_number(
    changes: dict[str, Any], said: str
) -> None:
    """Neither on the list nor on the plan that is printed: the words say it."""
    row = row_of(**changes)
    assert (row.number, row.unit) == ("", said)


@pytest.mark.parametrize(
    ("reason", "passed", "today", "left"),
    [
        ("last_day", "lagens dag", "sista dagen att rädda hemmet", "kvar att rädda hemmet"),
        ("reply_by", "lagens dag", "sista dagen att svara i målet", "kvar att svara i målet"),
        ("last_day_till_end", "lagens dag", "lagens dag är i dag", "till lagens dag"),
        ("eviction_unheard", "avhysningsdagen", "sista dagen att rädda hemmet", None),
    ],
)
def test_the_days_left_are_said_to_be_for_what_the_day_asks(
    reason: str, passed: str, today: str, left: str | None
) -> None:
    def unit(on: date) -> str:
        told = phrase(f"reason.{reason}", on=on)
        return row_of(legal_deadline=on, reasons=[told]).unit

    two = timedelta(days=2)
    assert (unit(DAY - two), unit(DAY)) == (f"dagar sedan {passed}", today)
    assert left is None or unit(DAY + two) == f"dagar {left}"


def test_the_earliest_last_day_is_no_last_day_to_save_the_home() -> None:
    told = phrase("reason.message_alone", given=date(2026, 2, 27), floor=DAY)
    assert row_of(legal_deadline=DAY, reasons=[told]).unit == (
        "den tidigast möjliga sista dagen är i dag"
    )


def test_a_reason_that_names_another_day_says_nothing_of_the_days_left() -> None:
    told = phrase("reason.reply_by", on=DAY + timedelta(days=9))
    assert row_of(legal_deadline=DAY, reasons=[told]).unit == "sista dagen att rädda hemmet"


@pytest.mark.parametrize(
    ("closed_on", "said", "late"),
    [
        (date(2026, 3, 9), "avslutad 9 mars 2026", False),
        (date(2026, 3, 10), "avslutad 10 mars 2026", False),
        (date(2026, 3, 11), "avslutad 11 mars 2026, efter sin dag", True),
    ],
)
def test_what_is_done_leads_with_the_day_it_closed_and_is_late_only_if_it_closed_so(
    closed_on: date, said: str, late: bool
) -> None:
    """However many days later the list is read: nothing is left to count."""
    reason = phrase("closed.reported", outcome="outcome.sent")
    row = row_of(due_by=date(2026, 3, 10), state="closed", closed_on=closed_on, reason=reason)
    assert (row.number, row.unit, row.late) == ("", said, late)
    assert row.came_of == "Återrapporterad: skickat."
    assert ("dag sen" in row.due) == late
