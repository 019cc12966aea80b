"""A landlord that registers leases, sends bills, and never says that it has sent all it has."""

from tests.lives.files import story

FILE = "04-landlord-never-feeds"


def test_its_late_rents_are_asked_about_and_said_to_be_incomplete() -> None:
    life = story(FILE, "2028-03-01")
    assert set(life.open) == {"letter", "visit"}
    for task in life.found.open:
        assert "reason.data_incomplete" in [reason.code for reason in task.reasons]
    assert life.page().account.data_incomplete
