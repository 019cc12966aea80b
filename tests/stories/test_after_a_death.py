"""A tenant dies while the law runs: whoever lived there may take the tenancy over (JB 12:33), so
the days of the law stay on the list."""

from tests.lives.life import reasons
from tests.lives.story import Story, noticed


def noticed_and_dead() -> Story:
    story = noticed(Story("sodertalje").lease(born=1950).rent("2026-03"), "2026-03-10")
    return story.tell("lease.ended", "2026-03-15", ended_on="2026-03-15", reason="death")


def test_the_last_day_stays_on_the_list_beside_the_question_to_those_who_lived_there() -> None:
    tasks = noticed_and_dead().open("2026-03-16")
    assert set(tasks) == {"secure_tenancy", "aftercare"}
    assert str(tasks["secure_tenancy"].legal_deadline) == "2026-03-31"
    assert reasons(tasks["secure_tenancy"])[0].startswith("Hyresgästen har avlidit, 15 mars 2026")
    assert tasks["aftercare"].legal_deadline is None  # no day of the law is its own


def test_a_last_day_that_is_near_is_in_band_a_after_a_death_too() -> None:
    assert noticed_and_dead().open("2026-03-25")["secure_tenancy"].band == "A"


def test_the_rent_that_is_paid_in_time_is_why_it_closed_and_not_the_death() -> None:
    life = noticed_and_dead().paid("2026-03-20").after("2026-03-20")
    assert set(life.open) == {"aftercare"}
    assert life.closed_words("secure_tenancy")[0].startswith(
        "Hyran för mars 2026 betalades 20 mars 2026"
    )


def test_a_time_of_eviction_is_confirmed_although_the_tenant_has_died() -> None:
    story = noticed_and_dead()
    story.tell("eviction.scheduled", "2026-04-28", on="2026-04-28", scheduled_on="2026-05-20")
    tasks = story.open("2026-04-28")
    assert str(tasks["confirm_eviction"].legal_deadline) == "2026-04-28"
    assert str(tasks["secure_tenancy"].legal_deadline) == "2026-05-20"


def test_a_time_of_eviction_told_long_after_the_death_is_on_the_list() -> None:
    story = noticed_and_dead()
    assert story.open("2026-05-20") == {}
    story.tell("eviction.scheduled", "2026-06-01", on="2026-06-01", scheduled_on="2026-06-25")
    assert set(story.open("2026-06-01")) == {"confirm_eviction", "secure_tenancy"}


def test_where_nothing_more_comes_the_case_ends_after_sixty_days() -> None:
    story = noticed_and_dead()
    assert "secure_tenancy" in story.open("2026-05-13")
    life = story.after("2026-05-14")
    assert life.open == {}
    assert life.closed_words("secure_tenancy") == ["Hyresavtalet upphörde 15 mars 2026"]


def test_a_lease_that_ended_for_another_reason_leaves_no_home_to_save() -> None:
    story = noticed(Story("sodertalje").lease(born=1950).rent("2026-03"), "2026-03-10")
    story.tell("lease.ended", "2026-03-15", ended_on="2026-03-15", reason="moved")
    assert story.open("2026-03-16") == {}
