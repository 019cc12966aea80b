"""Karlstad's register of guarantees, day by day: what ends soon and what was drawn is on the list,
where the playbook asks for it, and the page has all of it."""

from typing import Any

from models.contract import facts
from tests.builders import registered, say
from tests.lives.files import life_of
from tests.lives.story import TOWN, Story


def step(story: Story, what: str, on: str, **data: Any) -> Story:
    said = {"guarantee_id": "G1", "on": on, "by": "Vera", **data}
    return story.tell(f"guarantee.{what}", on, "1", TOWN, **said)


def guaranteed(playbook: str = "karlstad") -> Story:
    """Three months of rent from January through March; the rent is paid."""
    story = Story(playbook).lease().rent("2026-02").paid("2026-01-29")
    terms = {"months_of_rent": 3, "terms": "rent_guarantee"}
    dates = {"starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    return step(story, "given", "2026-01-10", **dates, **terms)


def reasons(story: Story, day: str, name: str) -> list[str]:
    return [reason.text.replace("\u00a0", " ") for reason in story.open(day)[name].reasons]


def test_a_guarantee_is_on_the_list_thirty_days_before_it_ends_and_says_when() -> None:
    story = guaranteed()
    assert story.due("2026-02-27") == {}
    assert story.due("2026-02-28") == {"guarantee_ends": "2026-03-13"}
    text = "Hyresgarantin gäller till och med 31 mars 2026; 24 000 kr kvar"
    assert reasons(story, "2026-02-28", "guarantee_ends") == [text]


def test_an_end_that_nobody_met_is_still_asked_about_and_said_to_be_over() -> None:
    text = "Hyresgarantin gällde till och med 31 mars 2026; 24 000 kr kvar"
    assert reasons(guaranteed(), "2026-03-31", "guarantee_ends") == [text]
    assert reasons(guaranteed(), "2026-06-28", "guarantee_ends") == [text]
    assert guaranteed().due("2026-06-29") == {}


def test_a_guarantee_that_is_prolonged_or_ended_leaves_the_list_and_says_why() -> None:
    for what, more in (
        ("given", {"starts_on": "2026-01-01", "ends_on": "2026-12-31", "months_of_rent": 3}),
        ("ended", {}),
    ):
        story = step(guaranteed(), what, "2026-03-02", **more)
        assert story.due("2026-03-02") == {}
        (closed,) = story.after("2026-03-02").found.closed
        assert (closed.step, closed.closed) == ("guarantee_ends", "guarantee")


def test_a_claim_asks_for_contact_in_three_working_days_and_says_how_much_is_left() -> None:
    story = step(guaranteed(), "drawn", "2026-02-10", amount_ore=800_000)
    assert story.due("2026-02-10") == {"guarantee_drawn": "2026-02-13"}
    text = "Hyresvärden begärde 10 februari 2026 8 000 kr ur hyresgarantin; 16 000 kr kvar"
    assert reasons(story, "2026-02-10", "guarantee_drawn") == [text]
    assert reasons(story, "2026-03-01", "guarantee_ends") == [
        "Hyresgarantin gäller till och med 31 mars 2026; 16 000 kr kvar"
    ]


def test_a_claim_that_was_answered_is_quiet_until_its_follow_up_and_a_new_one_is_news() -> None:
    story = step(guaranteed(), "drawn", "2026-02-10", amount_ore=800_000)
    story.report("guarantee_drawn", "2026-02-12", "reached")
    assert story.due("2026-02-20") == {}
    step(story, "drawn", "2026-02-24", amount_ore=800_000)
    assert list(story.due("2026-02-24")) == ["guarantee_drawn"]


def test_a_claim_that_was_undone_is_asked_about_no_more() -> None:
    story = step(guaranteed(), "drawn", "2026-02-10", amount_ore=800_000)
    undone = {"on": "2026-02-11", "act_id": story.last_id, "by": "Vera"}
    story.tell("act.withdrawn", "2026-02-11", "1", TOWN, **undone)
    assert story.due("2026-02-11") == {}


def test_in_a_town_whose_playbook_asks_for_nothing_the_page_has_it_all_the_same() -> None:
    story = guaranteed("sodertalje")
    assert story.due("2026-03-20") == {}
    given = say(
        facts.GuaranteeGiven, guarantee_id="G1", on="2026-01-10", by="Vera", months_of_rent=3,
        terms="rent_guarantee", starts_on="2026-01-01", ends_on="2026-03-31",
    )  # fmt: skip
    (said,) = life_of("2026-03-20", registered(), given).page().guarantees
    assert said.replace("\u00a0", " ") == (
        "Hyresgaranti G1: gäller men tar snart slut, från 1 januari 2026 till och med 31 mars "
        "2026, påbörjade månader kvar: 1, högst 24 000 kr, 0 kr begärt, 24 000 kr kvar. "
        "Given enligt rent_guarantee."
    )
