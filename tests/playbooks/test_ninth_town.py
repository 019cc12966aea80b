"""A ninth town, its playbook written from docs/playbooks.md alone, lives through its stories."""

import pytest

from alerts.playbooks.own import from_file
from alerts.playbooks.towns import with_own
from tests.lives.story import MARCH_LATE, Story
from tests.processes import ROOT

NYBORG = ROOT / "examples" / "playbooks" / "nyborg.toml"


@pytest.fixture
def nyborg() -> Story:
    return Story(str(NYBORG))


def test_a_household_that_pays_in_time_is_left_alone(nyborg: Story) -> None:
    nyborg.lease().rent().paid("2026-02-27")
    assert nyborg.after("2026-03-20").found.open == []


def test_late_rent_is_a_call_in_the_towns_own_words_and_an_answer_to_the_landlord(
    nyborg: Story,
) -> None:
    found = nyborg.lease().rent().open(MARCH_LATE)
    assert found.keys() == {"call", "answer"}
    call = found["call"]
    assert (call.channel, call.actor, str(call.due_by)) == ("call", "debt_adviser", "2026-03-05")
    assert call.does == "Ring: fråga hur det är, och vad som kan betalas när"
    assert call.playbook == "nyborg"


def test_who_is_over_65_gets_a_letter_beside_the_call(nyborg: Story) -> None:
    nyborg.lease("1", born=1950).lease("2").rent(lease="1").rent(lease="2")
    assert "letter_old" in nyborg.open(MARCH_LATE, "1")
    assert "letter_old" not in nyborg.open(MARCH_LATE, "2")


def test_who_is_over_65_comes_before_the_young_and_after_families(nyborg: Story) -> None:
    nyborg.lease("1", born=2003).lease("2", born=1950).lease("3", children=1)
    for lease in ("1", "2", "3"):
        nyborg.rent(lease=lease)
    calls = [task.lease_id for task in nyborg.after(MARCH_LATE).found.open if task.step == "call"]
    assert calls == ["556036-0793:3", "556036-0793:2", "556036-0793:1"]


def test_a_call_that_is_left_undone_goes_to_the_coordinator(nyborg: Story) -> None:
    nyborg.lease().rent()
    assert nyborg.open("2026-03-09")["call"].actor == "debt_adviser"
    assert nyborg.open("2026-03-10")["call"].actor == "coordinator"  # by the morning of the 11th


def test_who_does_not_answer_twice_is_gone_to_together(nyborg: Story) -> None:
    nyborg.lease().rent().report("call", "2026-03-05", "not_reached")
    assert "together" not in nyborg.open("2026-03-06")
    nyborg.report("call", "2026-03-10", "not_reached")
    together = nyborg.open("2026-03-10")["together"]
    assert (together.actor, str(together.due_by)) == ("landlord+housing_consultant", "2026-03-12")


def test_who_is_referred_gets_an_appointment_and_who_is_only_reached_does_not(
    nyborg: Story,
) -> None:
    nyborg.lease("1").lease("2").rent(lease="1").rent(lease="2")
    nyborg.report("call", "2026-03-05", "referred", "1").report(
        "call", "2026-03-05", "reached", "2"
    )
    assert str(nyborg.open("2026-03-06", "1")["appointment"].due_by) == "2026-03-10"
    assert "appointment" not in nyborg.open("2026-03-06", "2")


def test_who_was_reached_is_back_after_the_towns_own_seven_working_days(nyborg: Story) -> None:
    nyborg.lease().rent().report("call", "2026-03-05", "reached")
    assert "call" not in nyborg.open("2026-03-12")
    assert nyborg.open("2026-03-16")["call"].round == 2


def test_a_disturbance_is_spoken_of_within_a_day_and_a_night(nyborg: Story) -> None:
    nyborg.lease().tell(
        "disturbance.reported", "2026-03-06T14:30:00+01:00", reported_on="2026-03-06", kind="buller"
    )
    assert nyborg.open("2026-03-06")["quiet_word"].due_by == "2026-03-07T14:30+01:00"


def test_its_leases_follow_it_beside_the_shipped_playbooks() -> None:
    towns = with_own([from_file(NYBORG)])
    assert len(towns.ways) == 9
    assert towns.ways["nyborg"].playbook.applies.municipalities == ["9901"]
