"""A day that has not come counts for nothing before it does, whichever fact names it."""

import pytest

from tests.lives.files import story
from tests.lives.life import Life

MARCH = ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-12", "2026-03-31"]
AHEAD, TOO_FAR = "dated_ahead", "too_far_ahead"


def refused(life: Life) -> list[tuple[str, str | None]]:
    return [(code, field) for code, field, _ in life.refused()]


@pytest.mark.parametrize("day", MARCH)
@pytest.mark.parametrize("file", ["01-payment", "01-payment-next-quarter"])
def test_money_dated_ahead_leaves_the_rent_as_unpaid_as_it_is(file: str, day: str) -> None:
    unpaid, life = story("01-control-unpaid", day), story(file, day)
    assert list(life.open) == list(unpaid.open)
    assert [t.due_by for t in life.found.open] == [t.due_by for t in unpaid.found.open]
    account, control = life.page().account, unpaid.page().account
    assert (account.balance_ore, account.left_ore) == (780_000, 780_000)
    assert account.late_rent_ore == control.late_rent_ore
    assert refused(life) == [(AHEAD, "data.booked_on")]


def test_unpaid_rent_has_a_letter_once_payments_have_had_time_to_be_booked() -> None:
    assert story("01-control-unpaid", "2026-03-03").open == {}
    life = story("01-control-unpaid", "2026-03-04")
    assert list(life.open) == ["letter"]
    assert str(life.open["letter"].created_on) == "2026-03-05"


def test_the_sender_is_told_which_day_and_up_to_when() -> None:
    ((_, _, mend),) = story("01-payment", "2026-03-31").refused()
    assert "data.booked_on" in mend
    assert "en dag senast 2026-04-02" in mend


def test_a_payment_taken_back_on_a_day_to_come_is_marked_and_its_sender_told() -> None:
    life = story("01-reversal", "2026-03-31")
    assert refused(life) == [(AHEAD, "data.booked_on")]
    assert life.page().incomplete


def test_a_payment_that_stands_before_its_day_in_a_file_counts_from_that_day() -> None:
    due = {day: story("02-eviction-right", day).page() for day in ("2026-02-24", "2026-02-26")}
    assert [page.account.balance_ore for page in due.values()] == [780_000, 0]


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        ("02-claim-reply-slip", (TOO_FAR, "data.reply_by")),
        ("02-eviction-day-slip", (TOO_FAR, "data.scheduled_on")),
        ("02-message-slip", (AHEAD, "data.sent_on")),
        ("02-notice-slip", (AHEAD, "data.served_on")),
    ],
)
def test_a_slip_in_the_year_of_a_legal_fact_is_named_and_marked_and_moves_no_last_day(
    file: str, refusal: tuple[str, str]
) -> None:
    life = story(file, "2026-04-10")
    assert refusal in refused(life)
    page = life.page()
    assert page.incomplete
    assert all(deadline.on.year == 2026 for deadline in page.legal.deadlines)
    assert all("2062" not in str(task) for task in life.found.open)


def test_the_same_facts_dated_right_give_their_last_days() -> None:
    assert "confirm_eviction" in story("02-eviction-right", "2026-03-01").open
    life = story("02-notice-right", "2026-03-20")
    assert refused(life) == []
    assert str(life.open["secure_tenancy"].legal_deadline) == "2026-04-02"


def test_a_message_to_the_board_that_is_refused_leaves_the_notice_with_its_defect() -> None:
    life = story("02-message-slip", "2026-04-10")
    assert list(life.open) == ["secure_tenancy"]
    assert "defect.no_message_to_the_board" in [r.code for r in life.open["secure_tenancy"].reasons]


@pytest.mark.parametrize("day", ["2026-02-01", "2026-03-10", "2026-06-30"])
@pytest.mark.parametrize("file", ["03-feed-slip", "03-feed-slip-then-corrected"])
def test_a_feed_that_says_it_is_whole_for_decades_is_as_silent_as_it_was(
    file: str, day: str
) -> None:
    right, life = story("03-feed-right", day), story(file, day)
    assert life.trial.store.partition.fed_through == right.trial.store.partition.fed_through
    assert life.page().account.data_incomplete == right.page().account.data_incomplete
    assert [t.reasons for t in life.found.open] == [t.reasons for t in right.found.open]


def test_a_feed_from_before_the_first_day_is_believed_no_further_than_it() -> None:
    life = story("03-feed-through-future", "2028-03-01")
    assert [str(day) for day in life.trial.store.partition.fed_through.values()] == ["2028-01-30"]
    assert life.open == {}  # nobody is asked about rent of which the landlord may know more
    assert "hyresvärden har inte rapporterat dagen 31 januari 2028" in life.page().why


def test_a_payment_dated_decades_ahead_hides_no_rent() -> None:
    life = story("02-future-payment", "2028-02-10")
    assert refused(life) == [(AHEAD, "data.booked_on")]
    assert set(life.open) == {"letter", "visit"}
    assert "nothing" not in life.page().why


def test_a_plan_whose_first_instalment_is_decades_ahead_covers_nothing() -> None:
    life = story("24-plan-slip", "2026-06-30")
    assert refused(life) == [(TOO_FAR, "data.instalments[0].due_on")]
    assert set(life.open) == {"letter", "visit"}


def test_a_plan_that_asks_soon_covers_the_debt_until_an_instalment_is_missed() -> None:
    assert story("24-plan-right", "2026-04-20").open == {}
    assert set(story("24-plan-right", "2026-06-30").open) == {"letter", "visit"}
