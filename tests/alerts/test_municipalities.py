"""What municipalities are called on pages."""

import tomllib
from importlib.resources import files

import pytest

from alerts.language.municipalities import named
from alerts.playbooks.own import own_towns

NAMES = tomllib.loads((files("alerts.language") / "municipalities.toml").read_text("utf-8"))


def test_there_are_290_each_with_a_name_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES.values())) == 290
    assert all(len(code) == 4 and code.isascii() and code.isdigit() for code in NAMES)


@pytest.mark.parametrize(
    ("code", "name"),
    [("0181", "Södertälje (0181)"), ("0139", "Upplands-Bro (0139)"), ("9999", "9999")],
)
def test_one_is_shown_with_its_code_and_what_is_none_as_it_is(code: str, name: str) -> None:
    assert named(code) == name


def test_the_eight_playbooks_towns_are_those_of_their_names() -> None:
    ways = own_towns().ways.values()
    titles = {
        code: way.playbook.title.sv for way in ways for code in way.playbook.applies.municipalities
    }
    assert len(titles) == 8
    assert all(title.startswith(NAMES[code]) for code, title in titles.items())
