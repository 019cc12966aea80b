"""Nobody is told of by a count of few, nor by what is left out of a table."""

from hypothesis import given
from hypothesis import strategies as st

from alerts.views.team.few import FEWEST, guarded

NAMES = st.sampled_from("abcd")
TABLES = st.dictionaries(st.tuples(NAMES, st.sampled_from("wxyz")), st.integers(0, 9))


def test_two_households_are_few_and_three_are_not() -> None:
    found = guarded({("a", "x"): 2, ("b", "x"): 3, ("c", "x"): 1}, "abc")
    assert found == {("a", "x"): None, ("b", "x"): 3, ("c", "x"): None}


def test_a_district_without_any_is_hidden_like_one_with_two() -> None:
    found = guarded({("a", "x"): 2, ("b", "x"): 9}, "abc")
    assert found == {("a", "x"): None, ("b", "x"): 9, ("c", "x"): None}


def test_where_one_alone_is_hidden_the_smallest_of_the_others_is_hidden_with_it() -> None:
    found = guarded({("a", "x"): 2, ("b", "x"): 9, ("c", "x"): 5}, "abc")
    assert found == {("a", "x"): None, ("b", "x"): 9, ("c", "x"): None}


def test_a_value_of_which_no_district_has_enough_is_left_out() -> None:
    assert guarded({("a", "x"): 2, ("b", "x"): 2}, "ab") == {}


@given(TABLES)
def test_no_few_are_told_and_none_can_be_told_from_the_rest(
    counts: dict[tuple[str, str], int],
) -> None:
    shown = guarded(counts, "abcd")
    assert all(count is None or count == counts[cell] >= FEWEST for cell, count in shown.items())
    rows, columns = {row for row, _ in shown}, {column for _, column in shown}
    lines = [[shown[row, column] for column in columns] for row in rows]
    lines += [[shown[row, column] for row in rows] for column in columns]
    assert not any(line.count(None) == 1 and len(line) > 1 for line in lines)
