"""Files and functions stay short enough to be checked by eye."""

from tests.sizes import MOST_A_FILE, MOST_A_FUNCTION, p90, sizes


def test_nine_of_ten_files_and_functions_are_short() -> None:
    files, functions = sizes()
    assert p90(files) < MOST_A_FILE
    assert p90(functions) < MOST_A_FUNCTION
