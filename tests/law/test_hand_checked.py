"""Cases computed by hand, each with the reason why every date is what it is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from models.law.deadline_case import FIELDS, Facts
from models.law.deadline_reading import read_case

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("hand_checked.jsonl").read_text("utf-8").splitlines()
]


def test_the_table_holds_at_least_eighty_cases_and_each_says_why() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 80
    assert all(len(row["why"]) > 20 for row in ROWS)
    years = {date.fromisoformat(day).year for row in ROWS for day in row["expect"].values()}
    assert set(range(2022, 2033)) <= years


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_case_gives_the_dates_found_by_hand(row: dict[str, Any]) -> None:
    answer = msgspec.to_builtins(read_case(msgspec.convert(row["given"], Facts)))
    dates = {field: answer[field] for field in FIELDS if answer[field] is not None}
    assert dates == row["expect"], row["why"]
    assert answer["other_readings"] == row["others"], row["why"]
