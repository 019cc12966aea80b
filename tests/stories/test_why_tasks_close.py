"""A task closes with what is true of its day."""

from tests.lives.files import story
from tests.lives.life import reasons


def test_paid_after_the_last_day_says_both_days() -> None:
    life = story("s04-old-67", "2026-03-17")
    assert life.open == {}
    assert life.closed_words("visit") == [
        "Hyran för mars 2026 betalades 17 mars 2026, efter den sista dagen 2 mars 2026"
    ]


def test_deposited_within_the_three_weeks_counts_as_payment() -> None:
    life = story("s30-deposited", "2026-03-31")
    assert life.open == {}
    assert life.closed_words("secure_tenancy") == [
        "Hyran deponerades hos länsstyrelsen 30 mars 2026, vilket räknas som betalning "
        "(12 kap. 21 §)"
    ]


def test_paid_on_the_day_of_the_notice_says_that_the_order_in_the_day_decides() -> None:
    life = story("s44-paid-on-notice-day", "2026-03-16")
    assert life.open == {}
    (why,) = life.closed_words("secure_tenancy")
    assert "16 mars 2026, samma dag som uppsägningen delgavs" in why
    assert "kom betalningen först" in why


def test_a_withdrawn_notice_is_back_to_late_rent_with_the_withdrawal_named() -> None:
    life = story("s19-notice-withdrawn", "2026-03-24")
    assert life.closed_words("secure_tenancy") == [
        "Hyresvärden har återkallat uppsägningen som delgavs 16 mars 2026"
    ]
    assert reasons(life.open["visit"])[0] == (
        "Hyresvärden har återkallat uppsägningen som delgavs 16 mars 2026; hyran är ännu obetald"
    )


def test_a_notice_that_takes_the_place_of_a_visit_is_the_reason() -> None:
    life = story("s16b-paid-after-recovery", "2026-03-16")
    assert life.closed_words("visit") == ["Uppsägningen delgavs 16 mars 2026"]


def test_a_failed_debit_that_is_paid_in_the_grace_leaves_nothing_open() -> None:
    assert story("s49-autogiro-failed", "2026-03-07").open == {}
