"""A case's line of time: the newest first, within a day too, and each movement of money on its own
day, said as the books have it."""

import pytest

from alerts.web.case.timeline import timeline
from tests.lives.story import Story, noticed
from tests.spoken import SV


def line(story: Story, day: str) -> list[tuple[str, str]]:
    """What stands there when a day has ended: each day and its words."""
    life = story.after(day)
    known = life.trial.known(next(iter(life.trial.leases)))
    assert known is not None
    found = timeline(life.page(), known, SV)
    return [(str(event.on), event.text.replace("\xa0", " ")) for event in found]


def place(story: Story, day: str, words: str) -> int:
    """Where the words stand, counted from above."""
    found = [at for at, (_, text) in enumerate(line(story, day)) if words in text]
    assert len(found) == 1, found
    return found[0]


def household() -> Story:
    return Story("sodertalje").lease(children=1).rent("2026-03")


class TestWithinADay:
    def test_the_last_day_stands_above_what_it_put_an_end_to(self) -> None:
        story = household().tell("notice.served", "2026-03-12", notice_id="N1", reason="arrears",
                                 served_on="2026-03-12",
                                 recovery_notice_served_on="2026-03-12")  # fmt: skip
        story.tell("council.notified", "2026-03-12T15:00:00+01:00", matter="arrears",
                   how="registered", sent_on="2026-03-12", due_on="2026-02-28")  # fmt: skip
        not_begun = place(story, "2026-03-12", "har inte börjat löpa")
        assert place(story, "2026-03-12", "Sista dag att betala") < not_begun

    def test_what_was_reported_stands_above_its_task_and_below_what_came_of_it(self) -> None:
        story = noticed(household(), "2026-03-12")
        story.report("secure_tenancy", "2026-03-13", "reached")
        said = [text for _, text in line(story, "2026-03-13")]
        opened = next(at for at, text in enumerate(said) if "senast 17 mars 2026" in text)
        assert place(story, "2026-03-13", "hyresgästen nåddes") < opened

    def test_a_paper_stands_below_the_task_that_it_led_to(self) -> None:
        story = noticed(household(), "2026-03-12")
        served = place(story, "2026-03-12", "Uppsägning för obetald hyra delgavs")
        assert place(story, "2026-03-12", "Sista dag att betala") < served


class TestMoney:
    def test_that_bounces_has_a_line_on_each_of_its_days(self) -> None:
        story = household().paid("2026-03-02")
        story.tell("rent.payment_reversed", "2026-03-10", payment_id="P2026-03-02-1",
                   booked_on="2026-03-10")  # fmt: skip
        found = line(story, "2026-03-11")
        assert ("2026-03-02", "Betalning, 8 000 kr, som togs tillbaka 10 mars 2026.") in found
        assert ("2026-03-10", "Betalningen från 2 mars 2026, 8 000 kr, togs tillbaka.") in found

    def test_that_is_deposited_is_no_payment(self) -> None:
        story = household().tell("rent.deposited", "2026-03-10", amount_ore=800_000,
                                 on="2026-03-10")  # fmt: skip
        found = line(story, "2026-03-11")
        assert ("2026-03-10", "Hyra deponerad hos länsstyrelsen, 8 000 kr.") in found
        assert not any(text.startswith("Betalning") for _, text in found)

    def test_that_an_automatic_payment_did_not_bring_is_told_before_the_rent_is_late(self) -> None:
        story = household().tell("payment.failed", "2026-02-27", on="2026-02-27",
                                 method="autogiro")  # fmt: skip
        assert line(story, "2026-02-28")[-1] == (
            "2026-02-27", "En automatisk betalning (autogiro eller e-faktura) misslyckades.",
        )  # fmt: skip

    @pytest.mark.parametrize("ended", [True, False])
    def test_that_a_plan_promises_stands_on_the_day_the_plan_was_known_and_ended(
        self, ended: bool
    ) -> None:
        parts = [{"due_on": "2026-03-27", "amount_ore": 400_000},
                 {"due_on": "2026-04-27", "amount_ore": 400_000}]  # fmt: skip
        story = household().tell("plan.agreed", "2026-03-10", plan_id="P1", instalments=parts)
        if ended:
            story.tell("plan.ended", "2026-03-12", plan_id="P1", reason="broken", on="2026-03-12")
        found = line(story, "2026-03-13")
        known = "Betalningsplanen P1 blev känd: 8 000 kr, 27 mars 2026 till 27 april 2026."
        over = "Betalningsplanen P1 avslutades: bruten, enligt hyresvärden."
        assert ("2026-03-10", known) in found
        assert (("2026-03-12", over) in found) is ended

    def test_that_is_booked_ahead_is_no_event_yet(self) -> None:
        story = household().tell("rent.paid", "2026-03-10", payment_id="P1", amount_ore=800_000,
                                 booked_on="2026-03-12")  # fmt: skip
        assert not any("Betalning" in text for _, text in line(story, "2026-03-10"))
        assert any("Betalning" in text for _, text in line(story, "2026-03-11"))
