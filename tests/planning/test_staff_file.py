"""A staff file: what cannot be is told with file, key and mend; all of it at once."""

from pathlib import Path

import pytest

from alerts.planning.staff_file import StaffError, from_file, read
from tests.planning.people import person
from tests.processes import ROOT

ANNA = 'name = "Anna"\nrole = "caseworker"\nhours = 8\n'


def faults(text: str) -> list[str]:
    with pytest.raises(StaffError) as told:
        read(text, "staff.toml")
    return told.value.faults


def of_anna(line: str) -> list[str]:
    """The faults of Anna with one line more, or in place of her own."""
    key = line.partition(" ")[0]
    own = [old for old in ANNA.splitlines() if not old.startswith(f"{key} ")]
    return faults("\n".join(["[[people]]", *own, line]))


def test_what_is_not_toml_is_told_with_its_line() -> None:
    (fault,) = faults("[[people]]\nname = Anna\n")
    assert fault.startswith("staff.toml: this is not TOML: ")
    assert "line 2" in fault
    assert fault.endswith("mend that line, then plan again")


def test_a_file_without_people_says_how_to_add_them() -> None:
    assert faults("") == [
        "staff.toml: people: has 0 of them: write one to 100, [[people]] above each"
    ]


def test_people_in_single_brackets_are_told_to_have_two() -> None:
    assert faults(f"[people]\n{ANNA}") == [
        "staff.toml: people: is no list of people: write [[people]], in two brackets, above each"
    ]


@pytest.mark.parametrize(
    ("line", "key", "mend"),
    [
        ('name = ""', "people[1].name", 'as name = "Anna"'),
        ('name = "A\\nB"', "people[1].name", "on one line"),
        ('role = "caseworkr"', "people.Anna.role", "write `caseworker`"),
        ('role = "chef"', "people.Anna.role", "use one of caseworker, "),
        ("role = []", "people.Anna.role", 'add role = ["caseworker"]'),
        ("role = [3]", "people.Anna.role", "write names in quotes"),
        ("role = [[]]", "people.Anna.role", "write names in quotes"),
        ('role = ["landlord"]', "people.Anna.role", "none of the municipality's staff"),
        ('districts = "Ronna"', "people.Anna.districts", 'write a list, as ["Ronna", "Hovsjö"]'),
        ("districts = [1]", "people.Anna.districts", "write a list"),
        ("hours = 13", "people.Anna.hours", "13 cannot be: write "),
        ("hours = -1", "people.Anna.hours", "a number of hours from 0 to 12"),
        ("hours = nan", "people.Anna.hours", "a number of hours from 0 to 12"),
        ("hours = true", "people.Anna.hours", '"08:00-12:00, 13:00-16:30"'),
        ('hours = "16:00-08:00"', "people.Anna.hours", "'16:00-08:00' cannot be"),
        ('hours = "08:00-25:00"', "people.Anna.hours", "cannot be"),
        ('hours = "08:00-12:00, 11:00-16:00"', "people.Anna.hours", "cannot be"),
        ('hours = "all day"', "people.Anna.hours", "'all day' cannot be"),
        ('protected = "yes"', "people.Anna.protected", "write true or false"),
        ("phone = 1", "people.Anna.phone", "is no key here: take it away, or use one of name"),
        ('roles = "caseworker"', "people.Anna.roles", "write `role`"),
        ("[minuets]", "minuets", "write `minutes`"),
        ("[minutes]\nvisits = 60", "minutes.visits", "write `visit`"),
        ("[minutes]\nvisit = 0", "minutes.visit", "whole minutes from 1 to 480"),
        ("[minutes]\nvisit = 1.5", "minutes.visit", "whole minutes from 1 to 480"),
    ],
)
def test_a_fault_is_told_with_its_key_and_its_mend(line: str, key: str, mend: str) -> None:
    (fault,) = of_anna(line)
    assert fault.startswith(f"staff.toml: {key}: ")
    assert mend in fault


def test_hours_that_are_missing_say_both_ways_to_write_them() -> None:
    (fault,) = faults('[[people]]\nname = "Anna"\nrole = "caseworker"\n')
    assert fault == (
        'staff.toml: people.Anna.hours: is missing: write "08:00-12:00, 13:00-16:30", '
        "or a number of hours from 0 to 12, as 6.5"
    )


def test_two_of_one_name_are_told_apart_for_nobody_could_on_the_page() -> None:
    (fault,) = faults(f"[[people]]\n{ANNA}[[people]]\n{ANNA.replace('Anna', 'anna ')}")
    assert fault == "staff.toml: people: 2 have the name 'anna': give each a name of their own"


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults("[minutes]\nvisit = 0\n[[people]]\nhours = 99\n")
    assert [fault.split(": ")[1] for fault in found] == [
        "minutes.visit", "people[1].name", "people[1].role", "people[1].hours",
    ]  # fmt: skip


def test_a_file_that_is_not_there_or_not_utf_8_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(StaffError, match=r"none\.toml: cannot be read .*: name the file of your"):
        from_file(tmp_path / "none.toml")
    (tmp_path / "old.toml").write_bytes("name = 'Åsa'".encode("latin-1"))
    with pytest.raises(StaffError, match=r"old\.toml: this is not UTF-8: save it as UTF-8"):
        from_file(tmp_path / "old.toml")


def test_a_file_from_a_windows_editor_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "staff.toml").write_bytes(b"\xef\xbb\xbf[[people]]\r\n" + ANNA.encode())
    assert [one.name for one in from_file(tmp_path / "staff.toml").people] == ["Anna"]


def test_the_shipped_example_is_read_and_a_channel_not_named_keeps_its_minutes() -> None:
    found = from_file(ROOT / "examples" / "staff.toml")
    assert [(one.name, one.minutes) for one in found.people] == [
        ("Anna", 450), ("Bo", 420), ("Cia", 330),
    ]  # fmt: skip
    assert (found.minutes["visit"], found.minutes["letter"]) == (75, 20)


@pytest.mark.parametrize("hours", ["8-12, 13-17", "08:00–12:00,13.00-17.00", 8, 8.0])
def test_hours_are_read_as_people_write_them(hours: object) -> None:
    assert person("Anna", hours=hours).minutes == 480
