"""Södertälje: outreach; families, the young and the old first; the landlords' own rule for the
young; subtenants found before an execution."""

from tests.lives.life import reasons
from tests.lives.story import MARCH_LATE, Story, noticed


def town() -> Story:
    return Story("sodertalje").lease(children=1).rent()


def test_paid_on_the_last_day_asks_for_nothing() -> None:
    story = town().paid("2026-03-02")
    assert story.after("2026-03-20").found.open == []


def test_late_rent_gets_a_letter_within_two_working_days_and_not_a_day_before_it_is_late() -> None:
    story = town()
    assert story.due("2026-03-03") == {}
    assert story.due(MARCH_LATE) == {"letter": "2026-03-05"}


def test_the_visits_clock_runs_five_working_days_from_the_sending() -> None:
    story = town().report("letter", "2026-03-06", "sent")
    assert story.due("2026-03-06") == {"visit": "2026-03-13"}


def test_a_letter_that_nobody_reports_sent_stays_and_the_visit_says_so() -> None:
    story = town()
    for day in ("2026-03-05", "2026-03-12", "2026-03-31"):
        assert "letter" in story.open(day), day
    (visit,) = [t for t in story.after("2026-03-06").found.open if t.step == "visit"]
    assert "inte rapporterat som skickat" in " ".join(r.text for r in visit.reasons)


def test_at_the_visit_one_speaks_of_paying_in_parts_and_of_income_support() -> None:
    does = town().report("letter", "2026-03-05", "sent").open("2026-03-05")["visit"].does
    assert "avbetalning" in does
    assert "ekonomiskt bistånd" in does


def test_a_demand_to_a_young_tenant_asks_the_landlord_itself_to_make_contact() -> None:
    story = Story("sodertalje").lease(born=2001).rent().lease("2", born=1980).rent(lease="2")
    for lease in ("1", "2"):
        story.tell(
            "rent.reminded", "2026-03-16", lease, invoice_id="I2026-03", sent_on="2026-03-16",
            kind="debt_collection",
        )  # fmt: skip
    task = story.open("2026-03-16")["landlord_contact"]
    assert (task.actor, task.channel, str(task.due_by)) == ("landlord", "contact", "2026-03-19")
    assert {"letter", "visit"} <= story.open("2026-03-16").keys()
    assert "landlord_contact" not in story.open("2026-03-16", "2")


def test_families_then_the_young_the_old_and_the_unknown_then_others() -> None:
    story = Story("sodertalje")
    homes = {"1": (1980, 0), "2": (2004, 0), "3": (1950, 0), "4": (1985, 2)}
    for lease, (born, children) in homes.items():
        story.lease(lease, born=born, children=children).rent(lease=lease)
    order = [str(task.lease_id).partition(":")[2] for task in story.after(MARCH_LATE).found.open]
    assert order == ["4", "2", "3", "1"]


def test_a_family_that_sublets_is_found_before_an_execution_and_offered_no_plan() -> None:
    story = Story("sodertalje").lease(sublet_children=True).rent()
    noticed(story, "2026-03-16")
    task = story.open("2026-03-16")["find_subtenants"]
    assert str(task.due_by) == "2026-03-19"
    assert "avbetalning" not in task.does
    assert "hyr i andra hand" in task.does


def test_three_tries_with_nobody_home_bring_another_way_and_not_a_fourth_try() -> None:
    story = town().report("letter", "2026-03-05", "sent")
    for day in ("2026-03-10", "2026-03-13", "2026-03-17"):
        story.report("visit", day, "not_reached")
    found = story.open("2026-03-17")
    assert list(found) == ["other_way"]
    assert str(found["other_way"].due_by) == "2026-03-20"


def test_what_little_is_left_of_the_rent_gets_a_call_and_no_visit() -> None:
    story = town().paid("2026-02-27", ore=750_000).report("letter", "2026-03-05", "sent")
    assert story.open("2026-03-05")["visit"].channel == "call"


def test_the_quarterly_network_is_prepared_two_working_days_before_and_is_of_no_lease() -> None:
    story = town().paid("2026-02-27")
    assert story.after("2026-03-28").found.open == []
    (meeting,) = story.after("2026-03-29").found.open  # held on 1 April, the first of the quarter
    assert (meeting.lease_id, meeting.channel, str(meeting.due_by)) == (
        None,
        "meeting",
        "2026-04-01",
    )


def test_a_visit_after_a_withdrawn_notice_says_that_the_letter_before_it_was_never_sent() -> None:
    story = noticed(town(), "2026-03-12")
    story.tell("notice.withdrawn", "2026-03-20", notice_id="N2026-03-12", on="2026-03-20")
    said = reasons(story.open("2026-03-20")["visit"])
    assert said[0].startswith("Hyresvärden har återkallat uppsägningen")
    assert "Brevet, som skulle ha skickats 5 mars 2026, är inte rapporterat som skickat" in said


def test_no_letter_is_missed_where_the_identity_is_protected() -> None:
    story = town().tell(
        "lease.changed", "2026-03-05", effective_on="2026-03-05", protected_identity=True
    )
    said = " ".join(reasons(story.open("2026-03-06")["visit"]))
    assert "Kontakten på det skyddade sättet, som skulle ha tagits 5 mars 2026" in said
    assert "Brevet" not in said
