"""An eviction after a notice for disturbances: no rent wins the home back, and nobody says so."""

from tests.lives.life import Life, said
from tests.lives.story import Story


def served() -> Story:
    story = Story("sodertalje").lease().rent().paid("2026-02-27")
    return story.tell(
        "notice.served", "2026-03-20", notice_id="D", served_on="2026-03-20", reason="disturbance"
    )


def scheduled(story: Story) -> Story:
    return story.tell(
        "eviction.scheduled", "2026-03-23", on="2026-03-23", scheduled_on="2026-04-09"
    )


def acts(life: Life) -> list[str]:
    return [f"{act.actor} {act.what}" for act in life.page().legal.acts]


def test_the_clock_has_an_agreement_and_a_deferral_and_no_rent() -> None:
    assert acts(scheduled(served()).after("2026-03-24")) == [
        "Hyresvärden återkalla det som är påbörjat, eller komma överens med hyresgästen om att få "
        "bo kvar",
        "Hyresgästen eller socialnämnden be Kronofogden skjuta upp avhysningen",
    ]


def test_no_word_of_rent_is_said_where_the_rent_is_paid() -> None:
    life = scheduled(served()).after("2026-03-24")
    assert "hyran" not in " ".join(said(task).lower() for task in life.found.open)


def test_called_off_the_task_that_closes_speaks_of_no_rent() -> None:
    story = scheduled(served()).tell("eviction.cancelled", "2026-03-24", on="2026-03-24")
    life = story.tell("notice.withdrawn", "2026-03-24", notice_id="D").after("2026-03-24")
    (closed,) = [one for one in life.found.closed if one.step == "secure_tenancy"]
    assert closed.does == "Rädda hemmet: besök, och gå igenom det som hotar det"


def test_late_rent_besides_is_to_be_paid_before_a_notice_and_not_to_win_the_home_back() -> None:
    story = scheduled(served().rent("2026-04"))
    life = story.after("2026-04-07")
    assert "nämnden" not in life.open["secure_tenancy"].does
    assert [act.section for act in life.page().legal.acts] == ["", "", "JB 12:43"]
