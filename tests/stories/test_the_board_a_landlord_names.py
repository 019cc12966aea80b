"""A landlord's own message to the board, of a lease that it has not registered: the board that it
names has the task the same day, and loses it with a true reason when the lease is another's."""

from typing import Any

import pytest

from streams.cli.tried import Task
from tests.lives.life import Life, reasons
from tests.lives.story import LANDLORD, RENT_ORE, TOWN, Story

STOCKHOLM = "urn:municipality:0180"
HANDED = "Ärendet är överlämnat till Stockholm (0180), där hyresavtalet nu är"


def message(story: Story, on: str, board: str | None = "0181", **data: Any) -> Story:
    given = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered", "message_id": "m"}
    named = {} if board is None else {"municipality": board}
    return story.tell("council.notified", on, "1", **{**given, **named, **data})


def registered(story: Story, on: str, town: str, **terms: Any) -> Story:
    given = {
        "landlord_id": "556036-0793", "municipality": town, "district": "Ronna", "rooms": 3,
        "rent_ore": RENT_ORE, "kind": "first_hand", "started_on": "2020-01-01",
        "tenants": [{"tenant_ref": "T1", "birth_year": 1980}], "protected_identity": False,
    }  # fmt: skip
    return story.tell("lease.registered", on, "1", **(given | terms))


def told() -> Story:
    return message(Story("sodertalje"), "2026-03-10")


def tasks(life: Life) -> list[tuple[str, str, str, int]]:
    found = life.trial.tasks(None)
    return [(t.municipality, t.step, t.state.replace("changed", "open"), t.round) for t in found]


def only(life: Life) -> Task:
    (task,) = life.found.open
    return task


def test_without_a_board_it_waits_as_before_and_no_list_has_it() -> None:
    life = message(Story("sodertalje"), "2026-03-10", None).after("2026-03-10")
    assert life.found.open == []
    assert life.trial.leases["556036-0793:1"].terms is None


def test_the_boards_list_has_it_the_same_day_with_its_floor_and_what_to_ask() -> None:
    assert told().after("2026-03-09").found.open == []
    for day in ("2026-03-10", "2026-03-13", "2026-03-26"):
        task = only(told().after(day))
        assert (task.step, str(task.legal_deadline)) == ("secure_tenancy", "2026-03-30")
        (said, *_) = reasons(task)
        assert "fråga hyresvärden när hyresgästen delgavs" in said
    assert tasks(told().after("2026-03-10")) == [("0181", "secure_tenancy", "open", 1)]


def test_after_five_working_days_the_landlord_hears_that_its_registration_is_awaited() -> None:
    assert told().after("2026-03-16").refused() == []
    ((error, _, mend),) = told().after("2026-03-17").refused()
    assert (error, "lease.registered.v1" in mend) == ("lease_unknown", True)


def test_registered_in_that_town_the_same_task_goes_on() -> None:
    life = registered(told(), "2026-03-16", "0181").after("2026-03-16")
    assert tasks(life) == [("0181", "secure_tenancy", "open", 1)]
    assert life.refused() == []


def test_registered_in_another_the_first_towns_list_says_so_and_the_right_one_has_the_message() -> (
    None
):
    story = registered(told(), "2026-03-16", "0180")
    for day in ("2026-03-16", "2026-03-17"):
        life = story.after(day)
        assert tasks(life) == [
            ("0181", "secure_tenancy", "closed", 1), ("0180", "secure_tenancy", "open", 2),
        ]  # fmt: skip
        assert life.closed_words("secure_tenancy") == [HANDED]
    task = only(story.after("2026-03-16"))
    assert (str(task.legal_deadline), str(task.due_by)) == ("2026-03-30", "2026-03-19")
    assert not any("kom från kommun" in said for said in reasons(task))


def test_what_the_first_town_said_of_it_is_taken_back_and_the_landlords_message_is_not() -> None:
    story = told()
    task = story.open("2026-03-10")["secure_tenancy"].task_id
    children = [{"birth_year": 2016, "living": "permanent"}]
    story.tell("household.updated", "2026-03-11", "1", TOWN, known="yes", children=children)
    report = {"task_id": task, "on": "2026-03-12", "outcome": "reached", "by": "Vera"}
    story.tell("visit.reported", "2026-03-12", "1", TOWN, **report)
    assert story.open("2026-03-12") == {}
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    lease = life.trial.leases["556036-0793:1"]
    assert (lease.household.children, lease.signals.acts) == ([], [])
    assert len(lease.legal.council) == 1
    assert {error for error, *_ in life.refused()} == {"lease_of_another_municipality"}
    assert str(only(life).legal_deadline) == "2026-03-30"


def history(life: Life) -> str:
    return " ".join(one.text for one in life.page().history)


@pytest.mark.parametrize("undone", [False, True])
@pytest.mark.parametrize("with_message", [False, True])
def test_a_day_left_behind_with_the_first_towns_papers_is_said_to_be_another_municipalitys(
    with_message: bool, undone: bool
) -> None:
    story = told() if with_message else Story("sodertalje")
    heard, ids = {"reason": "arrears", "notice_id": "H"}, []
    for served in ("2026-03-12", "2026-03-11"):
        days = {"served_on": served, "recovery_notice_served_on": served}
        ids.append(story.tell("notice.served", "2026-03-12", "1", TOWN, **heard, **days).last_id)
    if undone:  # the older word, which had been replaced: nothing goes with it
        back = {"act_id": ids[0], "on": "2026-03-13", "by": "Vera"}
        story.tell("act.withdrawn", "2026-03-13", "1", TOWN, **back)
    if not with_message:  # something that stays, so that there is a case to tell it in
        message(story, "2026-03-13", None)
    story.tell(
        "eviction.scheduled", "2026-03-13", "1", TOWN, on="2026-03-13", scheduled_on="2026-04-20"
    )
    for day in ("2026-03-16", "2026-03-17"):
        said = history(registered(story, "2026-03-16", "0180").after(day))
        assert "det var en annan kommuns uppgift" in said
        assert "återtagen" not in said
        assert "hyran är betald" not in said
        assert "ärendet är avslutat" not in said
        assert "behöver inte längre bekräftas" not in said


def test_the_town_that_had_it_by_a_slip_speaks_of_it_no_more_of_no_day() -> None:
    story = registered(told(), "2026-03-16", "0180")
    story.tell("claim.filed", "2026-03-17", "1", TOWN, on="2026-03-12")
    assert [code for code, *_ in story.after("2026-03-17").refused()] == [
        "lease_of_another_municipality"
    ]


def test_a_slip_is_mended_by_the_landlords_newer_word() -> None:
    story = message(told(), "2026-03-11", "0180", corrected_on="2026-03-11")
    life = story.after("2026-03-11")
    assert tasks(life) == [
        ("0181", "secure_tenancy", "closed", 1), ("0180", "secure_tenancy", "open", 2),
    ]  # fmt: skip
    assert life.closed_words("secure_tenancy") == [HANDED]
    back = message(story, "2026-03-12", "0181", corrected_on="2026-03-12").after("2026-03-12")
    assert [town for town, _, state, _ in tasks(back) if state == "open"] == ["0181"]


def test_the_landlords_change_of_the_municipality_mends_it_too() -> None:
    story = told()
    story.tell("lease.changed", "2026-03-12", "1", effective_on="2026-03-12", municipality="0180")
    life = story.after("2026-03-12")
    assert tasks(life) == [
        ("0181", "secure_tenancy", "closed", 1), ("0180", "secure_tenancy", "open", 2),
    ]  # fmt: skip
    assert life.closed_words("secure_tenancy") == [HANDED]


def test_the_older_word_of_two_that_came_late_changes_nothing() -> None:
    story = message(Story("sodertalje"), "2026-03-11", "0180", corrected_on="2026-03-11")
    message(story, "2026-03-10", "0181", message_id="m0")  # sent before, as its time says
    assert [town for town, _, state, _ in tasks(story.after("2026-03-11")) if state == "open"] == [
        "0180"
    ]
    lease = story.after("2026-03-11").trial.leases["556036-0793:1"]
    assert lease.terms is not None
    assert lease.terms.municipality == "0180"


def test_the_papers_of_the_board_that_has_it_hold_against_another_name() -> None:
    story = Story("sodertalje")
    paper = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered", "message_id": "t"}
    story.tell("council.notified", "2026-03-10", "1", TOWN, **paper)
    message(story, "2026-03-11", "0180")
    assert tasks(story.after("2026-03-11")) == [("0181", "secure_tenancy", "open", 1)]
    late = message(told(), "2026-03-12", "0180", corrected_on="2026-03-12")
    late.tell("council.notified", "2026-03-11", "1", TOWN, **paper)
    assert tasks(late.after("2026-03-12")) == [("0181", "secure_tenancy", "open", 1)]


def test_what_the_board_had_said_before_it_was_named_counts_then() -> None:
    story = Story("sodertalje")
    story.tell("household.updated", "2026-03-09", "1", TOWN, known="yes",
               children=[{"birth_year": 2016, "living": "permanent"}])  # fmt: skip
    task = only(message(story, "2026-03-10").after("2026-03-10"))
    assert task.group == 1


def test_a_message_that_was_told_without_a_board_may_be_told_again_with_it() -> None:
    story = message(Story("sodertalje"), "2026-03-10", None)
    assert story.after("2026-03-10").found.open == []
    life = message(story, "2026-03-11", "0181").after("2026-03-11")
    assert tasks(life) == [("0181", "secure_tenancy", "open", 1)]
    assert len(life.trial.leases["556036-0793:1"].legal.council) == 1


@pytest.mark.parametrize("board", ["0180", "0181"])
def test_of_a_registered_lease_the_registered_municipality_holds(board: str) -> None:
    story = registered(Story("sodertalje"), "2026-03-02", "0181")
    assert tasks(message(story, "2026-03-10", board).after("2026-03-10")) == [
        ("0181", "secure_tenancy", "open", 1)
    ]


def test_a_municipality_that_names_another_in_its_own_paper_tells_of_its_own_lease() -> None:
    story = Story("sodertalje")
    paper = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered"}
    story.tell("council.notified", "2026-03-10", "1", TOWN, **paper, municipality="0180")
    assert tasks(story.after("2026-03-10")) == [("0181", "secure_tenancy", "open", 1)]


def test_a_landlord_that_is_not_the_leases_makes_it_nobodys() -> None:
    story = Story("sodertalje")
    other = "urn:landlord:559990-0013"
    paper = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered"}
    story.tell("council.notified", "2026-03-10", "1", other, **paper, municipality="0181")
    life = story.after("2026-03-10")
    assert life.found.open == []
    assert [code for code, *_ in life.refused()] == ["lease_of_another_landlord"]


def test_a_towns_own_paper_of_anothers_lease_closes_as_the_others_and_not_as_paid() -> None:
    story = Story("sodertalje")
    paper = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered"}
    story.tell("council.notified", "2026-03-10", "1", TOWN, **paper)
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    assert tasks(life) == [("0181", "secure_tenancy", "closed", 1)]
    assert life.closed_words("secure_tenancy") == [HANDED]


def test_what_a_third_town_said_first_does_not_hide_what_is_to_be_taken_back() -> None:
    story = Story("sodertalje")
    story.tell("household.updated", "2026-03-09", "1", "urn:municipality:1780", known="no")
    paper = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered"}
    story.tell("council.notified", "2026-03-10", "1", TOWN, **paper)
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    assert life.trial.leases["556036-0793:1"].legal.council == []
    assert [code for code, *_ in life.refused()] == ["lease_of_another_municipality"] * 2


def test_a_protected_household_that_was_elsewhere_has_no_district_on_the_first_towns_list() -> None:
    life = registered(told(), "2026-03-16", "0180", protected_identity=True).after("2026-03-16")
    assert all(task.protected_identity for task in life.trial.tasks(None))


def test_the_landlord_is_still_the_one_who_may_speak_of_it() -> None:
    life = told().tell("notice.served", "2026-03-12", "1", LANDLORD, notice_id="N",
                       served_on="2026-03-11", reason="arrears",
                       recovery_notice_served_on="2026-03-11").after("2026-03-12")  # fmt: skip
    assert str(only(life).legal_deadline) == "2026-04-01"


PAPER = {"matter": "arrears", "sent_on": "2026-03-09", "how": "registered"}


@pytest.mark.parametrize("order", [(LANDLORD, TOWN), (TOWN, LANDLORD), (TOWN, LANDLORD, TOWN)])
def test_what_the_town_said_too_is_not_taken_from_the_landlord(order: tuple[str, ...]) -> None:
    story = Story("sodertalje")
    for place, source in enumerate(order):
        board = {"municipality": "0181"} if source == LANDLORD else {}
        story.tell("council.notified", f"2026-03-1{place}", "1", source, **PAPER, **board)
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    assert len(life.trial.leases["556036-0793:1"].legal.council) == 1
    assert tasks(life)[-1] == ("0180", "secure_tenancy", "open", 2)


def test_an_eviction_time_of_which_the_authority_told_too_stays_in_the_right_town() -> None:
    story = Story("sodertalje")
    time = {"on": "2026-03-10", "scheduled_on": "2026-04-14"}
    for source in (TOWN, "urn:kronofogden"):
        story.tell("eviction.scheduled", "2026-03-10", "1", source, **time)
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    assert {(town, step) for town, step, state, _ in tasks(life) if state == "open"} == {
        ("0180", "confirm_eviction"), ("0180", "secure_tenancy"),
    }  # fmt: skip


def test_what_the_town_alone_said_twice_is_taken_back() -> None:
    story = Story("sodertalje")
    for day in ("2026-03-10", "2026-03-11"):
        story.tell("council.notified", day, "1", TOWN, **PAPER)
    life = registered(story, "2026-03-16", "0180").after("2026-03-16")
    assert life.trial.leases["556036-0793:1"].legal.council == []


@pytest.mark.parametrize("day", ["2026-03-12", "2026-03-26", "2026-04-02"])
def test_of_a_lease_without_an_invoice_no_line_says_that_no_rent_is_late_or_that_all_is_paid(
    day: str,
) -> None:
    for story in (told(), registered(told(), "2026-03-11", "0181")):
        life = story.after(day)
        page = life.page("556036-0793:1")
        assert page.account.unknown is not None
        assert "Fråga hyresvärden" in page.account.unknown
        for said in (page.why, *(task.priority.why for task in page.tasks)):
            assert "Ingen hyra" not in said
            assert "betald och" not in said


def test_a_lease_registered_without_an_invoice_is_not_said_to_be_paid() -> None:
    life = registered(Story("sodertalje"), "2026-03-11", "0181").after("2026-03-26")
    assert life.found.open == []
    assert life.page("556036-0793:1").why.startswith("Ingen uppgift. Det är inte känt")


def test_a_message_of_which_nothing_more_is_heard_closes_as_that_and_not_as_paid() -> None:
    for story in (told(), registered(told(), "2026-03-11", "0181")):
        (why,) = story.after("2026-07-15").closed_words("secure_tenancy")
        assert why == "Inget mer har hörts om hyran, och om den är betald är inte känt"
