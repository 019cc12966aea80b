"""Each legal date of a case is told in its history when it is new, moves, passes or is gone.

Rent for March 2027, 8 000 kr, due 28 February: forfeited from 9 March. Notice on Wednesday 24
March, the message by registered letter on Monday 29: the last day is Monday 19 April.
"""

from collections.abc import Sequence

import pytest

from models.contract import facts
from models.contract.events import Event
from tests.builders import day, days, event, invoiced, paid, registered, say
from tests.memory import MemoryStore, records
from tests.papers import eviction, message, notice
from tests.spoken import SV

LATE = [registered(), *days("2027-02-01", "2027-02-10"), invoiced("2027-03")]
SERVED = [*LATE, *days("2027-02-11", "2027-03-23"), notice("2027-03-24")]
TOLD = [*SERVED, *days("2027-03-24", "2027-03-28"), message("2027-03-29")]
QUIET = [*TOLD, *days("2027-03-29", "2027-05-20")]
SCHEDULED = eviction("scheduled", "2027-05-21", "2027-06-22")


def history(*events: Event, frame: int = 10_000) -> list[tuple[str, str]]:
    """Day and text of the lines that tell of dates, with the log cut in frames."""
    store = MemoryStore()
    every = records(events)
    for start in range(0, len(every), frame):
        store.take(every[start : start + frame])
    assert [row.seq for row in store.history] == list(range(1, len(store.history) + 1))
    return [(row.day, SV.line(row.said)) for row in store.history if row.task_id is None]


def after(before: Sequence[Event], *events: Event) -> list[str]:
    """The lines that `events` add."""
    return [text for _, text in history(*before, *events)[len(history(*before)) :]]


def test_rent_paid_in_time_tells_of_no_date() -> None:
    in_time = [*days("2027-02-11", "2027-02-25"), paid("2027-02-26")]
    assert history(*LATE, *in_time, *days("2027-02-26", "2027-04-15")) == []


def test_late_rent_tells_from_when_the_tenancy_is_forfeited() -> None:
    ((when, text),) = history(*LATE, *days("2027-02-11", "2027-03-20"))
    assert when == "2027-03-04"
    assert text.startswith("Hyresrätten blir förverkad från 9 mars 2027")
    assert "12 kap. 42 och 43 §§" in text


def test_a_notice_without_a_message_tells_that_the_time_has_not_begun() -> None:
    *_, (when, text) = history(*SERVED)
    assert when == "2027-03-24"
    assert "har inte börjat löpa" in text
    assert "Socialnämnden har inte fått något meddelande" in text


def test_the_message_tells_the_last_day_and_what_it_is_counted_from() -> None:
    (text,) = after(SERVED, *days("2027-03-24", "2027-03-28"), message("2027-03-29"))
    assert text == (
        "Sista dag att betala och få behålla hemmet: 19 april 2027. Hyresgästen delgavs 24 mars "
        "2027 och meddelandet till socialnämnden skickades rekommenderat 29 mars 2027; tre veckor "
        "räknas från det senare (12 kap. 44 § jordabalken). Beslut om avhysning kan fattas "
        "tidigast 22 april 2027."
    )


def test_a_last_day_that_a_holiday_moves_says_so() -> None:
    # Registered on Thursday 15 April: three weeks end on Ascension Day, Thursday 6 May.
    (text,) = after(SERVED, *days("2027-03-24", "2027-04-14"), message("2027-04-15"))
    assert text.startswith("Sista dag att betala och få behålla hemmet: 7 maj 2027.")
    assert "Tre veckor slutar 6 maj 2027, som inte är en arbetsdag" in text


def test_a_second_tenant_served_later_moves_the_day_with_the_old_one_beside() -> None:
    two = [facts.Tenant("1", 1980), facts.Tenant("2", 1981)]
    before = [registered(tenants=two), *TOLD[1:]]
    before[before.index(notice("2027-03-24"))] = notice("2027-03-24", tenant_ref="1")
    served = notice("2027-04-07", "N2", tenant_ref="2")
    (text,) = after(before, *days("2027-03-29", "2027-04-06"), served)
    assert text.startswith(
        "Sista dag att betala och få behålla hemmet: 28 april 2027 (var 19 april 2027). "
        "Hyresgästen delgavs 7 april 2027"
    )


def test_the_day_that_passes_tells_that_the_right_is_lost_and_what_remains() -> None:
    (text,) = after(TOLD, *days("2027-03-29", "2027-04-30"))
    assert text.startswith("Rätten att betala och få tillbaka hyresrätten gick ut 19 april 2027")
    assert "En överenskommelse med hyresvärden kan ännu rädda hemmet." in text


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (paid("2027-04-09"), "hyran är betald"),
        (say(facts.NoticeWithdrawn, notice_id="N1", on="2027-04-09"), "hyresvärden har återkallat"),
        (say(facts.CouncilRentAssumed, on="2027-04-09"), "socialnämnden har åtagit sig"),
    ],
)
def test_a_notice_that_no_longer_threatens_tells_why(what: Event, why: str) -> None:
    texts = after(TOLD, *days("2027-03-29", "2027-04-08"), what, day("2027-04-09"))
    gone = [text for text in texts if "gäller inte längre" in text]
    assert len(gone) == 1
    assert gone[0].startswith("Sista dagen 19 april 2027 gäller inte längre.")
    assert why in gone[0]


class TestEviction:
    def test_a_time_tells_the_day_and_the_same_day_confirmation(self) -> None:
        time, confirm = after(QUIET, SCHEDULED)
        assert time == "Avhysningsdagen: 22 juni 2027. Kronofogden har bestämt tiden."
        assert confirm.startswith(
            "Sista dag att bekräfta avhysningstiden till Kronofogden: 21 maj 2027."
        )
        assert "11 kap. 3 § socialtjänstförordningen" in confirm

    def test_a_deferral_tells_the_new_day_beside_the_old(self) -> None:
        moved = eviction("deferred", "2027-06-01", "2027-07-06")
        texts = after([*QUIET, SCHEDULED], *days("2027-05-21", "2027-05-31"), moved)
        assert texts[0] == (
            "Avhysningsdagen: 6 juli 2027 (var 22 juni 2027). Kronofogden har skjutit upp "
            "avhysningen."
        )

    def test_a_deferral_without_a_day_tells_that_the_day_no_longer_holds(self) -> None:
        moved = eviction("deferred", "2027-06-01")
        texts = after([*QUIET, SCHEDULED], *days("2027-05-21", "2027-05-31"), moved)
        assert texts[0].endswith("gäller inte längre: avhysningen är uppskjuten utan ny dag.")

    def test_called_off_it_tells_so(self) -> None:
        off = eviction("cancelled", "2027-06-01")
        texts = after([*QUIET, SCHEDULED], *days("2027-05-21", "2027-05-31"), off)
        assert texts[0].endswith("gäller inte längre: avhysningen är inställd.")

    def test_executed_it_does_not_say_that_the_home_is_saved(self) -> None:
        done = eviction("executed", "2027-06-22")
        texts = after(
            [*QUIET, SCHEDULED],
            *days("2027-05-21", "2027-06-21"),
            done,
            day("2027-06-22"),
        )
        assert not any("hotar inte" in text for text in texts)


def test_a_claim_tells_the_reply_day_and_its_end() -> None:
    served = say(facts.ClaimServed, on="2027-04-26", reply_by="2027-05-10")
    off = say(facts.ClaimWithdrawn, on="2027-05-03")
    before = [*TOLD, *days("2027-03-29", "2027-04-25")]
    told, gone = after(before, served, *days("2027-04-26", "2027-05-02"), off)
    assert told == "Sista dag att svara i målet: 10 maj 2027. Dagen är satt i målet."
    assert gone == "Svarsdagen 10 maj 2027 gäller inte längre: ansökan är återkallad."


def test_events_that_move_no_date_tell_nothing() -> None:
    called = say(
        facts.TenantContacted,
        on="2027-03-30", by="municipality", direction="outbound", channel="phone", reached=True,
    )  # fmt: skip
    assert after(TOLD, called, *days("2027-03-29", "2027-04-05")) == []


@pytest.mark.parametrize("frame", [1, 7, 50])
def test_the_history_is_the_same_however_the_log_is_cut(frame: int) -> None:
    events = [
        *TOLD, *days("2027-03-29", "2027-05-20"), eviction("scheduled", "2027-05-21", "2027-06-22"),
        *days("2027-05-21", "2027-05-31"), eviction("deferred", "2027-06-01", "2027-07-06"),
        *days("2027-06-01", "2027-07-05"), eviction("executed", "2027-07-06"),
        *days("2027-07-06", "2027-07-10"),
    ]  # fmt: skip
    whole = history(*events)
    assert len(whole) >= 7
    assert history(*events, frame=frame) == whole


def test_a_repeated_message_tells_nothing_new() -> None:
    again = event(message("2027-03-29").data, "sent twice")
    assert after(TOLD, again, *days("2027-03-29", "2027-03-31")) == []
