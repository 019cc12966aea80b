"""A lease under notice for its rent ends on a day ahead all the same: nothing of JB 12:44 applies
to whoever is to leave within a month anyway (5 st), and no page promises it."""

from tests.lives.life import reasons
from tests.lives.story import Story, noticed

ENDS = "Hyresavtalet upphör {on}: hyresgästen sade upp det"
IN_VAIN = "Att betala senast 31 mars 2026 ger inte hyresrätten tillbaka"


def ends(on: str, reason: str = "notice_by_tenant") -> Story:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-10")
    return story.tell("lease.ended", "2026-03-12", ended_on=on, reason=reason)


def test_by_the_last_day_no_payment_is_said_to_save_the_home() -> None:
    life = ends("2026-03-31").after("2026-03-12")
    task = life.open["secure_tenancy"]
    assert ENDS.format(on="31 mars 2026") in reasons(task)
    assert any(said.startswith(IN_VAIN) for said in reasons(task))
    assert "är hemmet räddat" not in life.words
    assert "nämnden" not in task.does
    assert task.legal_deadline is None
    assert [act.actor for act in life.page().legal.acts] == ["Hyresvärden"]


def test_after_the_last_day_a_payment_saves_it_until_then_and_the_days_stand() -> None:
    task = ends("2026-06-30").open("2026-03-12")["secure_tenancy"]
    assert ENDS.format(on="30 juni 2026") in reasons(task)
    assert any("bo kvar till dess att avtalet upphör" in said for said in reasons(task))
    assert str(task.legal_deadline) == "2026-03-31"


def test_a_death_ahead_ends_nothing_of_it_for_those_who_live_there() -> None:
    task = ends("2026-03-31", "death").open("2026-03-12")["secure_tenancy"]
    assert any("är hemmet räddat" in said for said in reasons(task))
    assert "Hyresavtalet upphör" not in " ".join(reasons(task))
