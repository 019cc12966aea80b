"""One of two tenants leaves while a notice runs: it threatens nobody who stays, and nothing may say
that the rent is paid."""

from itertools import combinations
from typing import Any

import pytest

from models.contract.events import ENFORCEMENT
from tests.lives.life import Life, reasons
from tests.lives.story import LANDLORD, RENT_ORE, Story, council_notified

A, B = {"tenant_ref": "A", "birth_year": 1980}, {"tenant_ref": "B", "birth_year": 1982}
FALSE = ("betald", "räknas längre som sen")


def served(story: Story, on: str, **data: Any) -> Story:
    given = {"notice_id": f"N{on}", "served_on": on, "reason": "arrears", "tenant_ref": "A"}
    return story.tell("notice.served", on, **({**given, "recovery_notice_served_on": on} | data))


def couple() -> Story:
    return Story("sodertalje").lease(tenants=[A, B]).rent()


def left(story: Story, on: str = "2026-03-16") -> Story:
    return story.tell("lease.changed", on, effective_on=on, tenants=[B])


def said(life: Life) -> str:
    """All that is said of the tasks that closed and of the days that went."""
    closed = life.closed_words("secure_tenancy") + life.closed_words("secure_home")
    gone = [one.text for one in life.page().history if "hotar inte" in one.text]
    return " ".join([*closed, *gone]).replace("obetald", "")


def test_without_form_3_the_notice_is_closed_as_anothers_and_never_as_paid() -> None:
    life = left(served(couple(), "2026-03-12")).after("2026-03-16")
    assert life.closed_words("secure_tenancy") == [
        "Uppsägningen som delgavs 12 mars 2026 var till någon som inte längre är hyresgäst"
    ]
    assert not any(word in said(life) for word in FALSE)
    assert "letter" in life.open or "visit" in life.open


@pytest.mark.parametrize("form_3_first", [True, False])
def test_the_form_3_that_stands_keeps_the_task_with_the_floor_for_who_stays(
    form_3_first: bool,
) -> None:
    story = couple()
    if form_3_first:
        served(council_notified(story, "2026-03-12"), "2026-03-12")
    else:
        council_notified(served(story, "2026-03-12"), "2026-03-12")
    life = left(story).after("2026-03-16")
    task = life.open["secure_tenancy"]
    assert str(task.legal_deadline) == "2026-04-02"
    assert "fråga hyresvärden när hyresgästen delgavs" in " ".join(reasons(task))
    (line,) = [one.text for one in life.page().history if "gäller inte längre" in one.text]
    assert "uppsägningen var till någon som inte längre är hyresgäst" in line
    assert "återtagen" not in line


def test_withdrawn_after_its_tenant_left_the_notice_takes_its_form_3_along() -> None:
    story = left(served(council_notified(couple(), "2026-03-12"), "2026-03-12"))
    story.tell("notice.withdrawn", "2026-03-18", notice_id="N2026-03-12", on="2026-03-18")
    life = story.after("2026-03-18")
    assert "secure_tenancy" not in life.open
    assert not any(word in said(life) for word in FALSE)


def test_a_form_3_of_which_nothing_more_is_heard_closes_without_a_word_of_payment() -> None:
    story = left(served(council_notified(couple(), "2026-03-12"), "2026-03-12"))
    life = story.after("2026-06-15")
    assert "secure_tenancy" not in life.open
    assert life.closed_words("secure_tenancy") == [
        "Uppgiften är inte längre aktuell; att hyran är betald är inte känt"
    ]
    assert not any(
        word in said(life).replace("att hyran är betald är inte känt", "") for word in FALSE
    )


def test_the_rent_is_paid_on_the_day_the_tenant_leaves_and_that_is_why_it_closed() -> None:
    story = left(served(council_notified(couple(), "2026-03-12"), "2026-03-12").paid("2026-03-16"))
    (why,) = story.after("2026-03-16").closed_words("secure_tenancy")
    assert why.startswith("Hyran för mars 2026 betalades 16 mars 2026")


def test_a_notice_on_who_stays_that_is_withdrawn_is_named_and_not_the_one_on_who_left() -> None:
    story = left(served(served(couple(), "2026-03-12"), "2026-03-13", tenant_ref="B"))
    story.tell("notice.withdrawn", "2026-03-18", notice_id="N2026-03-13", on="2026-03-18")
    life = story.after("2026-03-18")
    assert "secure_tenancy" not in life.open
    assert not any(word in said(life) for word in FALSE)


def test_a_notice_for_disturbances_leaves_with_its_tenant_too() -> None:
    story = served(couple().paid("2026-02-27"), "2026-03-12", reason="disturbance")
    assert "secure_home" in story.open("2026-03-12")
    life = left(story).after("2026-03-16")
    assert "secure_home" not in life.open
    assert life.closed_words("secure_home") == [
        "Uppsägningen som delgavs 12 mars 2026 var till någon som inte längre är hyresgäst"
    ]


def test_paid_in_time_while_the_next_rent_is_late_only_the_rent_behind_is_said_to_be_paid() -> None:
    story = Story("sodertalje").lease().rent().rent("2026-04")
    served(council_notified(story, "2026-03-20"), "2026-03-20", tenant_ref=None)
    life = story.paid("2026-04-08").after("2026-04-08")
    gone = [one.text for one in life.page().history if "hotar inte längre" in one.text]
    assert gone == [] or "hyran som den gällde är betald" in gone[0]
    assert "hyran är betald" not in " ".join(gone)


PAPERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "left": ("lease.changed", "2026-03-16", {"effective_on": "2026-03-16", "tenants": [B]}),
    "withdrawn": ("notice.withdrawn", "2026-03-17", {"notice_id": "N2026-03-12"}),
    "claimed": ("claim.filed", "2026-03-18", {"on": "2026-03-18"}),
    "claim withdrawn": ("claim.withdrawn", "2026-03-20", {"on": "2026-03-20"}),
    "applied for": ("eviction.applied", "2026-03-18", {"on": "2026-03-18"}),
    "called off": ("eviction.cancelled", "2026-03-20", {"on": "2026-03-20"}),
    "disputed": ("rent.disputed", "2026-03-18", {"invoice_id": "I2026-03", "on": "2026-03-18"}),
}


@pytest.mark.parametrize("form_3", [False, True])
@pytest.mark.parametrize("several", [1, 2, 3])
def test_whatever_papers_meet_no_task_and_no_day_is_said_to_be_paid_while_rent_is_not(
    several: int, form_3: bool
) -> None:
    for told in combinations(PAPERS, several):
        story = served(couple(), "2026-03-12").paid("2026-03-18", ore=RENT_ORE // 2)
        if form_3:
            council_notified(story, "2026-03-12")
        for what, on, data in (PAPERS[one] for one in told):
            source = ENFORCEMENT if what.startswith(("claim", "eviction")) else LANDLORD
            story.tell(what, on, "1", source, **data)
        life = story.after("2026-03-24")
        assert life.refused() == [], told
        codes = {task.reason.code for task in life.trial.tasks(None) if task.state == "closed"}
        assert not codes & {"closed.not_late", "closed.resolved", "closed.paid_and_called_off_on"}
        assert not [one.text for one in life.page().history if "hyran är betald" in one.text], told
