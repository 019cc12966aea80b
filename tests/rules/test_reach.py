"""Each record is folded by a program that knows its rules, however the log is cut."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from alerts.fold.record import Record
from alerts.rules.reach import begins, reach
from models.contract import facts
from models.contract.events import BOKVAR
from models.contract.refusal import Refusal
from tests.builders import day, event

OLD, NEW = "old", "new"


def change(digest: str, offset: int) -> Record:
    fact = facts.RulesChanged(digest=digest, what="code")
    return Record(offset, None, b"", event(fact, f"rules.changed:{digest}:{offset}", BOKVAR))


def ordinary(offset: int) -> Record:
    return Record(offset, None, b"", day("2026-03-01"))


def poison(offset: int) -> Record:
    return Record(offset, None, b"", None, Refusal("unreadable_json"))


def knows(*digests: str) -> frozenset[str]:
    return frozenset({"", *digests})


def log(names: str) -> list[Record]:
    """A log by letters: `o` and `n` begin rules, `.` is a record, `x` one that cannot be read."""
    make = {"o": lambda n: change(OLD, n), "n": lambda n: change(NEW, n), "x": poison}
    return [make.get(name, ordinary)(offset) for offset, name in enumerate(names)]


def test_records_before_a_change_that_is_not_known_are_folded_and_it_is_not() -> None:
    found = reach(OLD, log("..n.."), knows(OLD).__contains__)
    assert len(found.records) == found.at == 2
    assert found.stop is not None
    assert "at offset 2 rules new begin" in found.stop.why


def test_under_rules_that_are_not_known_nothing_is_folded_not_even_up_to_a_known_change() -> None:
    for names in ("", ".", "x", "..n"):
        found = reach(OLD, log(names), knows(NEW).__contains__)
        assert (list(found.records), found.at) == ([], None)
        assert found.stop is not None
        assert "rules old hold there" in found.stop.why


def test_right_at_a_known_change_all_is_folded_whatever_the_rules_were() -> None:
    for before in ("", OLD, NEW):
        found = reach(before, log("n.x."), knows(NEW).__contains__)
        assert (len(found.records), found.stop) == (4, None)


def test_a_change_whose_checkpoint_is_not_taken_is_not_folded_by_those_who_know_it() -> None:
    found = reach("", log("..n."), knows(NEW).__contains__, {"rules.changed:new:2"}.__contains__)
    assert len(found.records) == found.at == 2
    assert found.stop is not None
    assert "checkpoint" in found.stop.why
    assert reach("", log("..n."), knows(NEW).__contains__, {"other"}.__contains__).stop is None


def test_a_log_that_names_no_rules_is_folded() -> None:
    assert reach("", log("..x"), knows(NEW).__contains__).stop is None


class Stand(Struct):
    """How far a partition is, under which rules, and who folded which offset."""

    watermark: int = 0
    rules: str = ""
    by: dict[int, str] = {}


@given(
    st.text("...xon", max_size=40).map(lambda tail: "o" + tail),
    st.lists(st.tuples(st.sampled_from([OLD, NEW]), st.integers(1, 9))),
)
def test_two_programs_in_any_turns_with_any_frames_fold_each_record_under_its_own_rules(
    names: str, turns: list[tuple[str, int]]
) -> None:
    records, stand = log(names), Stand()
    # Whatever the turns were: taken again and again they come to the end, so nobody waits for ever.
    for program, size in [*turns, *[(OLD, 7), (NEW, 7)] * (len(names) + 1)]:
        frame = records[stand.watermark : stand.watermark + size]
        found = reach(stand.rules, frame, knows(program).__contains__)
        for record in found.records:
            stand.by[record.offset] = program
            named = begins(record)
            stand.rules = named.digest if named is not None else stand.rules
        stand.watermark += len(found.records)
    wanted, holds = {}, ""
    for record in records:
        named = begins(record)
        holds = named.digest if named is not None else holds
        wanted[record.offset] = holds
    assert stand.by == wanted
