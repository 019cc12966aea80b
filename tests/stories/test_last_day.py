"""The last day to save the home: what is counted from, what is said before, just after and then."""

from models.contract import facts
from models.contract.events import ENFORCEMENT
from tests.lives.files import fact, story
from tests.lives.life import reasons

LOST = "Rätten att få tillbaka hyresrätten gick ut 7 april 2026"
S16B, S17B, S25 = "s16b-paid-after-recovery", "s17b-council-assumes-late", "s25-form3-only"


def test_just_after_the_last_day_the_rent_may_be_paid_and_nothing_is_called_lost() -> None:
    for on in ("2026-04-07", "2026-04-08"):
        life = story(S16B, on)
        task = life.open["secure_tenancy"]
        assert "hyran kan vara betald" in " ".join(reasons(task))
        assert "till och med 9 april 2026" in " ".join(reasons(task))
        assert LOST not in life.words
        acts = [act.what for act in life.page().legal.acts]
        assert any("en betalning kan vara på väg" in what for what in acts)
        assert not any("förlorad" in what for what in acts)


def test_two_working_days_later_the_right_is_lost_and_what_can_still_be_done_is_said() -> None:
    life = story(S16B, "2026-04-09")
    assert any(reason.startswith(LOST) for reason in reasons(life.open["secure_tenancy"]))
    assert "be Kronofogden skjuta upp avhysningen" in [a.what for a in life.page().legal.acts]


def test_rent_paid_after_the_last_day_says_both_days_and_asks_for_the_withdrawal() -> None:
    life = story(S16B, "2026-04-20")
    assert list(life.open) == ["ask_withdrawal"]
    task = life.open["ask_withdrawal"]
    paid = "Hyran betalades 20 april 2026, efter den sista dagen 7 april 2026"
    assert task.why == f"{paid}; barn bor i hemmet."
    assert any(reason.startswith(paid) for reason in reasons(task))
    assert not any("är obetald" in reason for reason in reasons(task))


def test_the_board_too_late_does_not_win_the_tenancy_back_and_the_text_says_so() -> None:
    life = story(S17B, "2026-04-08")
    secure, pay = life.open["secure_tenancy"], life.open["pay_assumed_rent"]
    assert any(
        "8 april 2026, efter den sista dagen 7 april 2026: det ger inte hyresrätten tillbaka" in one
        for one in reasons(secure)
    )
    assert reasons(pay) == [
        "Socialnämnden tog 8 april 2026 på sig hyran, 8\xa0000\xa0kr, som ännu inte är betald"
    ]
    assert "obetald sedan" not in " ".join(reasons(secure))


def test_the_later_of_two_services_counts_and_both_are_named() -> None:
    first = story("s18-two-tenants", "2026-03-16").open["secure_tenancy"]
    assert "Minst en hyresgäst är inte delgiven: tiden räknas från den som delges sist" in reasons(
        first
    )
    life = story("s18-two-tenants", "2026-03-26")
    task = life.open["secure_tenancy"]
    assert str(task.legal_deadline) == "2026-04-16"
    assert "Uppsägningen delgavs 16 mars 2026 och 26 mars 2026, för obetald hyra" in reasons(task)


def test_midsummer_eve_is_carried_to_monday() -> None:
    life = story("s22b-midsummer", "2026-05-29")
    assert str(life.open["secure_tenancy"].legal_deadline) == "2026-06-22"


def test_a_defective_form_3_is_named_until_a_whole_one_comes() -> None:
    before = story("s20-form3-defective", "2026-03-17")
    assert before.open["secure_tenancy"].legal_deadline is None
    life = story("s20-form3-defective", "2026-03-25")
    assert str(life.open["secure_tenancy"].legal_deadline) == "2026-04-15"
    assert not life.page().legal.defects


def test_without_form_1_the_three_weeks_have_not_begun() -> None:
    life = story("s21-form1-missing", "2026-03-20")
    assert "Formulär 1 är inte delgivet: de tre veckorna har inte börjat" in reasons(
        life.open["secure_tenancy"]
    )


def test_a_served_application_starts_the_three_weeks_when_form_1_was_not_served_before() -> None:
    file = "s21-form1-missing"
    claim = fact(facts.ClaimServed, file, ENFORCEMENT, on="2026-03-25", reply_by="2026-04-08")
    life = story(file, "2026-03-26", claim)
    page = life.page()
    assert [(d.name, str(d.on)) for d in page.legal.deadlines] == [
        ("reply_by", "2026-04-08"),
        ("recovery_on", "2026-04-15"),
    ]
    assert "Formulär 1 delgavs 25 mars 2026 med ansökan hos Kronofogden" in life.words
    assert not page.legal.defects


def test_a_served_application_moves_nothing_when_form_1_was_served_before() -> None:
    life = story("s15-eviction-scheduled", "2026-03-03")
    assert life.page().legal.recovery_lost
    assert "med ansökan hos Kronofogden" not in life.words


def test_form_3_alone_shows_the_first_possible_last_day_and_asks_for_the_service() -> None:
    life = story(S25, "2026-03-17")
    task = life.open["secure_tenancy"]
    assert "sista dagen kan tidigast vara 7 april 2026" in " ".join(reasons(task))
    assert "fråga hyresvärden när hyresgästen delgavs" in " ".join(reasons(task))
    assert [(d.name, str(d.on)) for d in life.page().legal.deadlines] == [
        ("recovery_floor", "2026-04-07")
    ]


def test_the_floor_gives_way_to_the_last_day_when_the_service_is_told() -> None:
    notice = fact(
        facts.NoticeServed, S25, notice_id="N1", served_on="2026-03-20", reason="arrears",
        recovery_notice_served_on="2026-03-20",
    )  # fmt: skip
    life = story(S25, "2026-03-24", notice)
    assert [(d.name, str(d.on)) for d in life.page().legal.deadlines] == [
        ("recovery_on", "2026-04-10")
    ]


def test_form_3_alone_asks_for_nothing_when_its_rent_is_paid() -> None:
    paid = fact(facts.RentPaid, S25, payment_id="p", amount_ore=800_000, booked_on="2026-03-20")
    life = story(S25, "2026-03-24", paid)
    assert life.open == {}
    assert "betalades 20 mars 2026" in life.words


def test_the_message_of_a_cured_notice_does_not_date_the_next() -> None:
    file = "s30-deposited"
    events = [
        fact(
            facts.RentInvoiced, file, invoice_id="I2026-04", period="2026-04",
            due_on="2026-03-31", amount_ore=800_000,
        ),
        fact(
            facts.NoticeServed, file, notice_id="N2", served_on="2026-04-10", reason="arrears",
            recovery_notice_served_on="2026-04-10",
        ),
    ]  # fmt: skip
    life = story(file, "2026-04-10", *events)
    task = life.open["secure_tenancy"]
    assert task.legal_deadline is None
    assert any("Socialnämnden har inte fått något meddelande" in one for one in reasons(task))


def test_a_notice_served_on_who_has_left_leaves_who_stayed_the_floor_of_the_form_3() -> None:
    file = "s18-two-tenants"
    left = fact(
        facts.LeaseChanged, file, effective_on="2026-03-20",
        tenants=[facts.Tenant("T2", 1985)],
    )  # fmt: skip
    task = story(file, "2026-03-24", left).open["secure_tenancy"]
    assert str(task.legal_deadline) == "2026-04-07"
    assert any("fråga hyresvärden när hyresgästen delgavs" in one for one in reasons(task))


def test_amounts_are_compared_as_they_are_said_and_the_rent_alone_saves_the_home() -> None:
    life = story("s20b-form3-amount", "2026-03-17")
    assert "anger 8\xa0510\xa0kr, och däri tycks ingå annat än hyra (8\xa0000\xa0kr)" in life.words


def test_a_notice_before_forfeiture_is_a_defect() -> None:
    assert (
        "innan någon hyra var mer än en vecka sen"
        in story("s55-notice-too-early", "2026-03-05").words
    )


def test_the_withdrawal_is_asked_for_within_three_working_days_of_the_payment() -> None:
    task = story(S16B, "2026-04-20").open["ask_withdrawal"]
    assert str(task.due_by) == "2026-04-23"
