"""What people at the municipality do in a case: repeats, what is undone, which of several holds,
and how much is kept, in whatever order it comes."""

from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.contract import facts
from models.contract.event_kinds import ACTS, GUARANTEES
from models.contract.events import ENFORCEMENT, LANDLORD, Event
from models.contract.who_may_say import Standing
from models.contract.who_may_say import standing as may_say
from models.lease.account import Outcome
from models.lease.cases import Case, Task, task_id
from models.lease.fold import fold
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.signals import Signals
from models.lease.state import Lease, decode, encode
from models.standing.acts import is_raised, newest, standing
from models.standing.mapping import mapping
from tests.builders import LEASE, MUNICIPAL, ORGNR, say
from tests.models.histories import MANY

TODAY = date(2026, 3, 10)
TASK = task_id(LEASE, 1, "visit", 1)


def act(kind: type[facts.Fact], event_id: str, hour: int | None = None, **data: Any) -> Event:
    """An act of the ninth of March, sent at an hour of it or without a time."""
    said = {"on": "2026-03-09", "by": "Vera", **data}
    event = say(kind, source=MUNICIPAL, event_id=event_id, **said)
    return event if hour is None else replace(event, time=f"2026-03-09T{hour:02}:00:00+01:00")


def report(event_id: str, outcome: str = "reached", hour: int | None = None, **data: Any) -> Event:
    return act(facts.VisitReported, event_id, hour, task_id=TASK, outcome=outcome, **data)


def given_to(who: str, event_id: str, hour: int | None = None, **data: Any) -> Event:
    return act(facts.TaskAssigned, event_id, hour, task_id=TASK, to=who, **data)


def planned(event_id: str, planned_on: str = "2026-03-12", who: str = "Vera, Ali") -> Event:
    return act(facts.TaskPlanned, event_id, task_id=TASK, planned_on=planned_on, who=who)


def waits(event_id: str, until: str = "2026-03-20", **data: Any) -> Event:
    return act(facts.TaskWaits, event_id, until=until, reason="decision_pending", **data)


def raised(event_id: str, hour: int | None = None, **data: Any) -> Event:
    return act(facts.CaseRaised, event_id, hour, **data)


def lowered(event_id: str, hour: int | None = None, **data: Any) -> Event:
    return act(facts.CaseLowered, event_id, hour, **data)


def asked(event_id: str, on: str = "2026-03-09") -> Event:
    return act(facts.CaseQuestionAsked, event_id, on=on)


def mapped(event_id: str, *causes: str, **data: Any) -> Event:
    return act(facts.CaseMapped, event_id, causes=list(causes), **data)


def undo(act_id: str, event_id: str | None = None) -> Event:
    return act(facts.ActWithdrawn, event_id or f"undo {act_id}", act_id=act_id)


def after(*events: Event) -> Lease:
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, TODAY)
    return lease


def ids(lease: Lease, kind: str) -> list[str]:
    """The events whose acts of a kind hold, the oldest first."""
    return [one.act_id for one in standing(lease, kind)]


def has_task(lease: Lease) -> str | None:
    found = newest(standing(lease, "assigned"), TASK)
    return None if found is None else found.who


EACH: dict[str, Event] = {
    "reported": report("reported", follow_up_on="2026-03-16"),
    "planned": planned("planned"),
    "assigned": given_to("Ali", "assigned"),
    "waits": waits("waits"),
    "placed": raised("placed"),
    "asked": asked("asked"),
    "mapped": mapped("mapped", "forgotten", needs=["direct_debit"]),
}


def test_an_act_is_kept_with_all_that_it_says_and_with_who_did_it() -> None:
    lease = after(*EACH.values())
    assert {(one.on, one.by) for one in lease.signals.acts} == {(date(2026, 3, 9), "Vera")}
    assert {one.kind: (one.task_id, one.code, one.day, one.who) for one in lease.signals.acts} == {
        "reported": (TASK, "reached", date(2026, 3, 16), ""),
        "planned": (TASK, "", date(2026, 3, 12), "Vera, Ali"),
        "assigned": (TASK, "", None, "Ali"),
        "waits": ("", "decision_pending", date(2026, 3, 20), ""),
        "placed": ("", "raised", None, ""),
        "asked": ("", "", None, ""),
        "mapped": ("", "cause.forgotten need.direct_debit", None, ""),
    }
    assert decode(encode(lease)) == lease


@pytest.mark.parametrize("kind", sorted(ACTS - GUARANTEES, key=str))
def test_an_act_is_the_municipalitys_alone_to_tell(kind: type[facts.Fact]) -> None:
    event = next(e for e in [*EACH.values(), lowered("lowered"), undo("x")] if type(e.data) is kind)
    assert may_say(MUNICIPAL, event.data) is Standing.ALLOWED
    for source in (LANDLORD + ORGNR, ENFORCEMENT):
        assert may_say(source, event.data) is Standing.TYPE_NOT_ALLOWED


# Repeats


@pytest.mark.parametrize("kind", EACH)
def test_an_act_that_comes_again_has_no_effect_under_its_own_id(kind: str) -> None:
    lease = after(EACH[kind])
    before = encode(lease)
    assert fold(lease, EACH[kind], TODAY + timedelta(days=900)) is Outcome.REPEAT
    assert encode(lease) == before


@pytest.mark.parametrize("kind", EACH)
def test_an_act_of_the_same_moment_is_a_repeat_under_another_id(kind: str) -> None:
    first = replace(EACH[kind], time="2026-03-09T08:00:00+01:00")
    lease = after(first)
    assert fold(lease, replace(first, id="another"), TODAY) is Outcome.REPEAT
    assert ids(lease, kind) == [kind]


@pytest.mark.parametrize("kind", [kind for kind in EACH if kind != "placed"])
def test_an_act_without_a_time_is_a_repeat_under_another_id(kind: str) -> None:
    lease = after(EACH[kind])
    assert fold(lease, replace(EACH[kind], id="another"), TODAY) is Outcome.REPEAT
    assert ids(lease, kind) == [kind]


def test_the_id_of_an_act_with_other_content_is_refused_and_the_first_stands() -> None:
    lease = after(report("1", "reached"))
    refused = fold(lease, report("1", "declined"), TODAY)
    assert refused is Outcome.SAME_ID_OTHER_CONTENT
    assert [one.code for one in standing(lease, "reported")] == ["reached"]


def test_an_act_that_is_undone_and_told_again_as_a_new_event_holds() -> None:
    lease = after(report("1"), undo("1"))
    assert fold(lease, report("2"), TODAY) is Outcome.APPLIED
    assert ids(lease, "reported") == ["2"]


def test_an_act_that_is_undone_and_comes_again_under_its_own_id_stays_undone() -> None:
    lease = after(report("1"), undo("1"))
    assert fold(lease, report("1"), TODAY) is Outcome.REPEAT
    assert ids(lease, "reported") == []


# What is undone


@pytest.mark.parametrize("kind", EACH)
def test_an_act_is_undone_whichever_of_the_two_comes_first(kind: str) -> None:
    for events in ((EACH[kind], undo(kind)), (undo(kind), EACH[kind])):
        assert ids(after(*events), kind) == []


def test_what_was_undone_twice_is_undone_once() -> None:
    lease = after(report("1"), undo("1"))
    assert fold(lease, undo("1", "undo once more"), TODAY) is Outcome.REPEAT
    assert lease.signals.undone == ["1"]


def test_the_act_before_holds_again_when_a_newer_one_is_undone() -> None:
    told = given_to("Ali", "1", 8), given_to("Vera", "2", 9)
    assert has_task(after(*told)) == "Vera"
    assert has_task(after(*told, undo("2"))) == "Ali"
    assert has_task(after(*told, undo("2"), undo("1"))) is None


def test_an_undoing_that_names_no_act_undoes_nothing() -> None:
    assert ids(after(report("1"), undo("made up")), "reported") == ["1"]


# Which of several holds


def test_of_several_acts_about_a_task_the_newest_day_holds_whatever_comes_last() -> None:
    older, newer = given_to("Ali", "2", on="2026-03-02"), given_to("Vera", "1")
    for events in ((older, newer), (newer, older)):
        assert has_task(after(*events)) == "Vera"


def test_of_several_acts_of_one_day_the_one_sent_last_holds_in_every_order() -> None:
    told = given_to("Ali", "3", 8), given_to("Vera", "1", 9), given_to("Olle", "2", 10)
    for events in permutations(told):
        assert has_task(after(*events)) == "Olle"


def test_a_task_that_is_given_away_and_back_on_one_day_is_the_first_ones_again() -> None:
    told = given_to("Ali", "1", 8), given_to("Vera", "2", 9), given_to("Ali", "3", 10)
    for events in permutations(told):
        assert has_task(after(*events)) == "Ali"


def test_acts_of_one_moment_hold_in_the_same_order_whichever_comes_first() -> None:
    told = given_to("Ali", "1"), given_to("Vera", "2")
    assert has_task(after(*told)) == has_task(after(*reversed(told))) == "Vera"


def test_of_several_mappings_the_newest_holds_whole_and_says_each_code_once() -> None:
    first = mapped("1", "forgotten", "forgotten", "income_fell", efforts=["paid_part"])
    assert after().signals.acts == []
    assert mapping(after()) is None
    found = mapping(after(first))
    assert found is not None
    assert (found.causes, found.efforts, found.needs) == (
        ("forgotten", "income_fell"), ("paid_part",), (),
    )  # fmt: skip
    later = mapped("2", on="2026-03-10", needs=["none"])
    for events in ((first, later), (later, first)):
        newest_ = mapping(after(*events))
        assert newest_ is not None
        assert (newest_.causes, newest_.needs) == ((), ("none",))
    assert mapping(after(first, later, undo("2"))) == found


def test_what_is_told_of_another_task_says_nothing_of_this_one() -> None:
    other = act(facts.TaskAssigned, "2", task_id="another", to="Vera")
    assert has_task(after(given_to("Ali", "1"), other)) == "Ali"


def test_a_case_is_raised_until_it_is_lowered_and_may_be_raised_again() -> None:
    told = raised("1", 8), lowered("2", 9), raised("3", 10)
    assert [is_raised(after(*told[:n])) for n in range(4)] == [False, True, False, True]
    for events in permutations(told):
        assert is_raised(after(*events))


def test_a_case_that_is_raised_lowered_and_raised_without_a_time_is_raised() -> None:
    assert is_raised(after(raised("1"), lowered("2"), raised("3")))


def test_a_case_is_lowered_by_a_later_day_whatever_the_hour_at_which_it_was_told() -> None:
    told = raised("1", 10, on="2026-03-02"), lowered("2", 8)
    for events in permutations(told):
        assert not is_raised(after(*events))


def test_a_case_is_as_before_when_its_raising_is_undone() -> None:
    assert not is_raised(after(raised("1"), undo("1")))
    assert is_raised(after(raised("1", 8), lowered("2", 9), undo("2")))


KINDS = ("reported", "planned", "assigned", "waits", "placed", "asked", "mapped")


def _any_act(number: int, random: Random) -> Event:
    """An act with an id and a moment of its own: which holds rests on nothing else."""
    on = str(date(2026, 3, 1) + timedelta(days=random.randrange(4)))
    kind = random.choice(KINDS)
    event = {
        "reported": lambda: report(f"{number}", random.choice(["reached", "declined"])),
        "planned": lambda: planned(f"{number}", random.choice(["2026-03-12", "2026-03-13"])),
        "assigned": lambda: given_to(random.choice(["Ali", "Vera"]), f"{number}"),
        "waits": lambda: waits(f"{number}", random.choice(["2026-03-20", "2026-03-21"])),
        "placed": lambda: random.choice([raised, lowered])(f"{number}"),
        "asked": lambda: asked(f"{number}"),
        "mapped": lambda: mapped(f"{number}", random.choice(["forgotten", "other"])),
    }[kind]()
    told = replace(event.data, on=date.fromisoformat(on))
    return replace(event, data=told, time=f"2026-03-09T08:{number:02}:00+01:00")


@MANY
@given(st.randoms(use_true_random=False), st.integers(0, 20))
def test_acts_and_their_undoing_leave_the_same_in_whatever_order_they_come(
    random: Random, count: int
) -> None:
    events = [_any_act(number, random) for number in range(count)]
    events += [undo(event.id) for event in events if random.random() < 0.3]
    mixed = random.sample(events, len(events))
    assert after(*mixed).signals == after(*events).signals


# Slips, and how much is kept


@pytest.mark.parametrize("kind", EACH)
def test_an_act_with_a_slip_in_the_year_was_done_today_at_the_latest(kind: str) -> None:
    event = replace(EACH[kind], data=replace(EACH[kind].data, on=date(2062, 3, 9)))
    [kept] = standing(after(event), kind)
    assert kept.on == TODAY


def test_a_sender_whose_clock_is_ahead_does_not_hold_over_who_comes_after() -> None:
    ahead = replace(given_to("Ali", "1"), time="2027-03-09T08:00:00+01:00")
    assert has_task(after(ahead, given_to("Vera", "2", 9))) == "Vera"


def test_no_more_acts_are_kept_than_sixty_and_the_newest_are() -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(3 * KEPT_SIGNALS)]
    lease = after(*(asked(str(day), on=str(day)) for day in days))
    assert [one.on for one in lease.signals.acts] == days[-KEPT_SIGNALS:]


def test_what_holds_of_a_task_of_the_case_outlives_what_was_replaced_since() -> None:
    lease = Lease(LEASE)
    lease.case = Case(1, TODAY, [Task("visit", 1, TODAY, TODAY)])
    fold(lease, report("mine", on="2019-03-09", follow_up_on="2019-03-16"), TODAY)
    for n in range(3 * KEPT_SIGNALS):
        on = str(date(2020, 1, 1) + timedelta(days=n))
        fold(lease, (raised if n % 2 else lowered)(f"placed {n}", on=on), TODAY)
    assert ids(lease, "reported") == ["mine"]
    assert is_raised(lease)
    assert len(lease.signals.acts) == KEPT_SIGNALS


def test_what_is_undone_stays_so_however_much_else_is_undone() -> None:
    lease = after(waits("a"), undo("a"))
    for n in range(3 * KEPT_SIGNALS):
        fold(lease, undo(f"never told {n}"), TODAY)
    assert ids(lease, "waits") == []
    assert len(lease.signals.undone) == KEPT_SIGNALS


def test_a_lease_of_which_nothing_was_told_has_no_acts() -> None:
    lease = Lease(LEASE)
    assert lease.signals == Signals()
    assert standing(lease, "reported") == []
    assert newest([]) is None
    assert not is_raised(lease)
