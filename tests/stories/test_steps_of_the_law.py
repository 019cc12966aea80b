"""Every step of claim and eviction is named with its day, in the rank and in the reasons."""

import pytest

from alerts.views.lists.outcome_names import outcome_name
from models.contract import facts
from models.contract.events import ENFORCEMENT
from tests.lives.files import fact, story
from tests.lives.life import reasons
from tests.lives.story import Story
from tests.spoken import SV

S15 = "s15-eviction-scheduled"
CLAIM = "Ansökan om betalningsföreläggande eller avhysning"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-01-20", "Uppsägningen delgavs 20 januari 2026"),
        ("2026-02-20", f"{CLAIM} kom in till Kronofogden 20 februari 2026"),
        ("2026-03-02", f"{CLAIM} delgavs 2 mars 2026"),
        ("2026-03-25", "Betalningsföreläggande eller avhysning beslutades 25 mars 2026"),
        ("2026-04-07", "Avhysning söktes 7 april 2026"),
        ("2026-05-08", "Avhysningen är uppskjuten till 26 maj 2026, enligt besked 8 maj 2026"),
        ("2026-05-20", "Avhysningen är inställd, enligt besked 20 maj 2026"),
    ],
)
def test_the_newest_step_is_named_with_its_day_in_rank_and_reasons(on: str, said: str) -> None:
    life = story(S15, on)
    task = life.open["secure_tenancy"]
    assert task.why == f"{said}; barn bor i hemmet."
    assert any(reason.startswith(said) for reason in reasons(task))
    assert any(said in line.text for line in life.page().history)


def test_a_time_of_eviction_gives_two_tasks_each_with_its_own_why() -> None:
    life = story(S15, "2026-04-17")
    confirm, secure = life.open["confirm_eviction"], life.open["secure_tenancy"]
    assert reasons(confirm) == [
        "Avhysningstid 12 maj 2026, enligt besked från Kronofogden 17 april 2026"
    ]
    assert confirm.why.startswith("Sista dag att bekräfta avhysningstiden till Kronofogden")
    told = "Avhysningstid 12 maj 2026, enligt besked från Kronofogden 17 april 2026"
    assert (secure.band, secure.why) == ("B", f"{told}; barn bor i hemmet.")  # its day is weeks off
    assert (str(confirm.legal_deadline), str(secure.legal_deadline)) == ("2026-04-17", "2026-05-12")


def test_a_deferral_closes_the_duty_as_deferred_and_says_until_when() -> None:
    life = story(S15, "2026-05-08")
    assert life.closed("confirm_eviction") == ["deferred"]
    assert life.closed_words("confirm_eviction") == [
        "Avhysningen är uppskjuten till 26 maj 2026, enligt besked 8 maj 2026"
    ]


@pytest.mark.parametrize("deferral_first", [False, True])
def test_a_deferral_told_on_the_day_of_its_time_closes_the_duty_in_either_order(
    deferral_first: bool,
) -> None:
    told = Story("sodertalje").lease().rent()
    steps = [
        ("eviction.scheduled", {"on": "2026-03-20", "scheduled_on": "2026-04-20"}),
        ("eviction.deferred", {"on": "2026-03-20", "to": "2026-05-04"}),
    ]
    for hour, (what, data) in enumerate(reversed(steps) if deferral_first else steps, start=8):
        told.tell(what, f"2026-03-20T{hour:02}:00:00+01:00", "1", ENFORCEMENT, **data)
    for day in ("2026-03-20", "2026-03-24"):
        life = told.after(day)
        assert "confirm_eviction" not in life.open
        assert str(life.open["secure_tenancy"].legal_deadline) == "2026-05-04"


def test_an_eviction_nobody_confirmed_is_not_said_to_be_confirmed() -> None:
    life = story("s33-evicted-with-children", "2026-03-24")
    history = [line.text for line in life.page().history]
    assert "Avhysningen verkställdes 24 mars 2026." in history
    assert "Avhysningstiden bekräftades aldrig till Kronofogden." in history
    assert "Avhysningstiden är bekräftad till Kronofogden." not in history
    assert "kontakta dem som bodde där" in life.page().why
    assert life.closed_words("secure_tenancy") == ["Avhysningen verkställdes 24 mars 2026"]


def test_the_same_time_told_by_two_is_one_of_the_first_telling() -> None:
    again = fact(
        facts.EvictionScheduled, S15, "urn:municipality:0181", on="2026-04-20",
        scheduled_on="2026-05-12",
    )  # fmt: skip
    life = story(S15, "2026-04-21", again)
    said = "Avhysningstid 12 maj 2026, enligt besked från Kronofogden 17 april 2026"
    assert reasons(life.open["confirm_eviction"]) == [said]
    assert life.open["confirm_eviction"].round == 1


@pytest.mark.parametrize(
    ("closed_as", "said"),
    [
        ("closed.deferred_by", "Avhysningen är uppskjuten"),
        ("closed.cancelled_by", "Uppsägningen, målet eller avhysningen gäller inte längre"),
        ("closed.moved_to", "Ärendet överlämnades till en annan kommun"),
        ("closed.moved_away", "Ärendet överlämnades till en annan kommun"),
        ("outcome.moved", "hyresgästen har flyttat"),
        ("closed.calm", "Annat, till exempel att nästa uppgift tog vid"),
    ],
)
def test_where_what_closed_is_counted_a_deferral_and_a_handover_have_words_of_their_own(
    closed_as: str, said: str
) -> None:
    assert SV.say(outcome_name(closed_as)) == said
