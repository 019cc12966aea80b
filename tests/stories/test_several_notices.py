"""Several notices run at once: the day that is nearest, and the rent that saves from them all."""

from tests.lives.life import reasons
from tests.lives.story import Story, council_notified, noticed

TENANTS = [{"tenant_ref": "T1", "birth_year": 1980}, {"tenant_ref": "T2", "birth_year": 1984}]


def two_served() -> Story:
    """One tenant is served while May is forfeited, the other when June is too."""
    story = Story("sodertalje").lease(tenants=TENANTS).rent("2026-05").rent("2026-06")
    for ref, on in (("T1", "2026-05-29"), ("T2", "2026-06-10")):
        story.tell(
            "notice.served", on, notice_id=f"N{ref}", served_on=on, reason="arrears",
            recovery_notice_served_on=on, tenant_ref=ref,
        )  # fmt: skip
    return council_notified(story, "2026-06-08")


def test_paying_what_the_first_notice_rests_on_does_not_say_that_the_home_is_kept() -> None:
    life = two_served().paid("2026-06-12").after("2026-06-12")
    task = life.open["secure_tenancy"]
    assert (str(task.legal_deadline), task.band) == ("2026-07-01", "B")
    assert "behålla hemmet" not in " ".join(life.closed_words("secure_tenancy"))


def test_paying_what_both_rest_on_does() -> None:
    life = two_served().paid("2026-06-12", ore=1_600_000).after("2026-06-12")
    assert "secure_tenancy" not in life.open
    assert "får behålla hemmet" in life.closed_words("secure_tenancy")[0]


def test_two_notices_to_one_tenant_are_both_named_with_their_last_days() -> None:
    story = noticed(Story("sodertalje").lease().rent("2026-05").rent("2026-06"), "2026-05-29")
    said = reasons(noticed(story, "2026-06-10").open("2026-06-11")["secure_tenancy"])
    assert "Uppsägningen delgavs 29 maj 2026 och 10 juni 2026, för obetald hyra" in said
    assert any("senast 22 juni 2026 är hemmet räddat" in reason for reason in said)
    assert any("en egen sista dag, 1 juli 2026" in reason for reason in said)
