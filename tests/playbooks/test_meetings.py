"""`bokvar meetings`: which meetings are held when, by which playbook, and how packs are made."""

from pathlib import Path

import pytest

from tests.playbooks.written import FINE
from tests.streams.cli.commands import Ran, run

OWN = """
[[meetings]]
id = "round"
every = "month"
working_day = 3
who = ["hyresvärdarna"]
pack = "consented_cases"
"""


def meetings(*words: str) -> Ran:
    return run({}, "meetings", *words)


def names(*words: str) -> list[tuple[str, str, str]]:
    """Each meeting with its day, and the day from which its pack is made."""
    found = meetings(*words, "--json").json()["meetings"]
    return [(one["name"], one["on"], one["prepare_from"]) for one in found]


def test_four_weeks_of_every_playbook_are_listed_nearest_first() -> None:
    assert names("--day", "2026-03-30") == [
        ("sodertalje/network", "2026-04-01", "2026-03-30"),
        ("karlstad/company", "2026-04-09", "2026-04-07"),
    ]


def test_a_meeting_of_the_first_day_is_listed_and_one_after_the_last_is_not() -> None:
    assert [on for _, on, _ in names("--day", "2026-04-09", "--weeks", "4")] == ["2026-04-09"]
    days = [on for _, on, _ in names("--day", "2026-04-10", "--weeks", "4")]
    assert days == []
    assert [on for _, on, _ in names("--day", "2026-04-11", "--weeks", "4")] == ["2026-05-08"]


def test_it_says_with_whom_and_whether_the_pack_is_to_be_made_now() -> None:
    said = " ".join(meetings("--day", "2026-03-30").output.split())
    assert "onsdag 2026-04-01: Nätverksmöte med Kronofogden. Med: Kronofogden, hyres" in said
    assert "siffror, inga personer, att göra nu." in said
    assert "att göra från 7 april 2026. bokvar letter meeting-pack --meeting karlstad/comp" in said


def test_a_town_has_its_own_playbooks_meetings_and_one_without_those_of_the_default() -> None:
    year = ("--day", "2026-01-01", "--weeks", "52")
    assert {name for name, _, _ in names(*year, "--municipality", "1780")} == {"karlstad/company"}
    assert len(names(*year, "--municipality", "1780")) == 12
    assert len(names(*year, "--municipality", "9999")) == 4
    assert names(*year, "--municipality", "0380") == []
    assert "Inga möten från 1 januari 2026" in meetings(*year, "--municipality", "0380").output


def test_a_playbook_in_a_file_has_its_meetings_too(tmp_path: Path) -> None:
    file = tmp_path / "mytown.toml"
    file.write_text(FINE + OWN, "utf-8")
    found = names("--day", "2026-03-30", "--playbook", str(file))
    assert found == [("mytown/round", "2026-04-07", "2026-04-01")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--day", "2026-02-30"), "'2026-02-30' is not a date"),
        (("--day", "1899-01-01"), "is outside the calendar"),
        (("--playbook", "nowhere"), "there is no playbook nowhere"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], sentence: str) -> None:
    ran = meetings(*words)
    assert ran.status in (1, 2)
    assert sentence in " ".join(ran.errors.split())
