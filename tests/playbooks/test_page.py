"""docs/playbooks.md: every key, value and outcome is on it, with the days and files as they are."""

import re
import tomllib
from itertools import chain
from typing import get_args

import pytest

from alerts.cases.follow_up import FOLLOW_UP
from alerts.playbooks import language
from alerts.playbooks.clocks import read_clock
from alerts.playbooks.read import read
from alerts.playbooks.towns import shipped
from tests.playbooks.written import FINE
from tests.processes import ROOT

PAGE = (ROOT / "docs" / "playbooks.md").read_text("utf-8")
TABLES = (
    language.Playbook,
    language.Applies,
    language.Step,
    language.Audience,
    language.Meeting,
    language.Rung,
    language.Guarantee,
)
KEYS = sorted({key for table in TABLES for key in table.__struct_fields__})
VALUES = sorted(
    set(
        chain.from_iterable(
            get_args(kind)
            for kind in (language.Trigger, language.Channel, language.Actor, language.Committee)
        )
    )
)
SNIPPETS = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", [*KEYS, *VALUES])
def test_every_key_and_value_is_on_the_page(name: str) -> None:
    assert re.search(rf"\b{name}\b", PAGE)


def test_every_outcome_is_on_the_page_with_its_days() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (\d+) \|$", PAGE, re.MULTILINE)
    assert {name: int(days) for name, days in rows} == dict(FOLLOW_UP)


def test_every_clock_on_the_page_can_be_read() -> None:
    clocks = re.findall(r'^\| `"([^"]+)"` \|', PAGE, re.MULTILINE)
    assert len(clocks) == 5
    assert all(read_clock(text) for text in clocks)


def test_what_the_page_shows_of_a_file_is_a_playbook_with_the_steps_a_town_must_have() -> None:
    head, applies, *_ = SNIPPETS
    tables = [text for text in SNIPPETS[2:] if text.startswith("[")]
    steps = FINE[FINE.index("[[steps]]") :]
    whole = "\n".join([head, applies.partition("kinds")[0], steps, *tables])
    assert tomllib.loads(whole)["name"] == "nyborg"
    playbook = read(whole, "page")
    assert playbook.meetings
    assert playbook.ladder
    assert playbook.guarantees
    assert playbook.follow_up["reached"] == 7


def test_the_year_is_on_the_page_for_every_shipped_playbook() -> None:
    _, _, rest = PAGE.partition("<!-- year -->\n")
    table, ends, _ = rest.partition("<!-- end of year -->\n")
    assert ends
    for name in shipped().ways:
        assert table.count(f"\n| {name} |") == 2
