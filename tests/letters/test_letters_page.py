"""The page for towns names every kind of letter, what may be filled in, and what it knows."""

import re

import pytest

from alerts.letters.facts import LetterFacts
from alerts.letters.kinds import FACTS
from alerts.letters.rent import Rent
from tests.processes import ROOT

PAGE = (ROOT / "docs" / "letters.md").read_text("utf-8")
SHARED = {*LetterFacts.__struct_fields__}


def rows(kind: str) -> list[str]:
    """The table rows of a kind: what it is with its blanks, then what it knows."""
    return [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}`")]


def named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


@pytest.mark.parametrize("kind", FACTS)
def test_each_kind_has_its_blanks_and_its_names(kind: str) -> None:
    about, knows = rows(kind)
    blanks, names = named(about.split("|")[3]), named(knows.split("|")[2])
    assert blanks == set(FACTS[kind].FILLS)
    assert set(FACTS[kind].__struct_fields__) - SHARED <= names


def test_the_page_names_what_a_rent_has() -> None:
    _, _, said = PAGE.partition("`rent` has ")
    assert set(Rent.__struct_fields__) <= named(said)


def test_what_every_letter_knows_is_named() -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith("Every letter knows")]
    common = {"kind", "caseworker", "phone", "municipality", "today", "protected"}
    assert named(line) == common | SHARED
