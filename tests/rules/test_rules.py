"""One digest names all that decides, and nothing that is only said."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from alerts.playbooks import towns
from alerts.playbooks.compiled import Way
from alerts.playbooks.towns import Towns
from alerts.rules import shipped
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.rules.rules import Rules
from alerts.rules.shipped import DECIDING, SCORING
from models.law import statute, weekdays
from tests.rules.releases import CONSTANT, FOLD, PLAYBOOK, SENTENCE, Release, changed

DIGEST = "from alerts.rules.rulebook import shipped_rulebook; print(shipped_rulebook().digest)"
CONSTANTS = [(module, name) for module, names in DECIDING.items() for name in names]
CONSTANTS += [(module, name) for module, names in SCORING.items() for name in names]


def read() -> Rules:
    """The rules as the constants stand now, with the playbooks of this program."""
    return shipped.read(towns.shipped())


def digest_of(release: Release, seed: str) -> str:
    """The digest as a process of its own has it."""
    return subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={"PYTHONPATH": str(release.root), "PYTHONHASHSEED": seed},
        cwd=release.root,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.strip()


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case int():
            return value + 1
        case dict():
            return {**value, "more": 1}
        case timedelta():
            return value + timedelta(days=1)
        case frozenset():
            return value | {"more"}
    return (*value, value[-1])


@pytest.mark.parametrize(("module", "name"), CONSTANTS, ids=[name for _, name in CONSTANTS])
def test_another_value_of_a_deciding_constant_is_another_digest(
    module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read()
    monkeypatch.setattr(module, name, other(getattr(module, name)))
    assert read().digest != before.digest


def test_another_day_in_force_is_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read()
    first, *rest = statute.PROVISIONS
    later = statute.Provision(first.name, first.section, date(2030, 1, 1), first.weeks)
    monkeypatch.setattr(statute, "PROVISIONS", (later, *rest))
    assert read().differs(before) == [f"statute {before.statute} -> {read().statute}"]


def test_another_public_holiday_is_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before, known = read(), weekdays.public_holidays
    more = frozenset({date(2027, 6, 7)})
    monkeypatch.setattr(
        weekdays, "public_holidays", lambda y: known(y) | more if y == 2027 else known(y)
    )
    assert read().digest != before.digest


def test_a_release_with_another_constant_fold_or_playbook_has_another_digest_a_reworded_one_not(
    tmp_path: Path,
) -> None:
    own = shipped_rulebook().digest
    assert digest_of(changed(tmp_path / "1", CONSTANT), "1") != own
    assert digest_of(changed(tmp_path / "2", FOLD), "2") != own
    assert digest_of(changed(tmp_path / "3", SENTENCE), "3") == own
    assert digest_of(changed(tmp_path / "4", PLAYBOOK), "4") != own


def test_another_clock_of_a_playbook_is_told_by_its_name_and_another_title_is_no_rule() -> None:
    before, town = read(), towns.shipped().default.playbook
    first, *rest = town.steps
    slower = replace(town, steps=[replace(first, within="9 working days"), *rest])
    renamed = replace(town, title=replace(town.title, sv="Ett annat namn"))
    told = shipped.read(Towns([Way(slower)], Way(slower))).differs(before)
    assert f"sodertalje {before.playbooks['sodertalje']} -> {Way(slower).digest}" in told
    assert Way(renamed).digest == towns.shipped().default.digest == before.playbooks["*"]


def test_every_numeric_constant_beside_a_deciding_one_is_deciding_too() -> None:
    """So that a new threshold cannot be forgotten."""
    for module, names in {**DECIDING, **SCORING}.items():
        assert numeric(module) - {"_DAY", "_MONTH"} <= set(names), module.__name__


def numeric(module: ModuleType) -> set[str]:
    """The module's own constants that are numbers or spans of time."""
    source = Path(str(module.__file__)).read_text()
    return {
        name
        for name, value in vars(module).items()
        if name.isupper()
        and (isinstance(value, int | timedelta) and not isinstance(value, bool))
        and (f"\n{name} = " in source or f"\n{name}, " in source or f", {name} = " in source)
    }


def test_the_names_of_the_thresholds_are_all_different() -> None:
    names = [name for names in DECIDING.values() for name in names]
    assert len(names) == len(set(names)) == len(read().thresholds)


def test_a_rulebook_knows_its_own_rules_those_it_is_given_and_no_others() -> None:
    own, older = Rules(2, "", {}, ""), Rules(1, "", {}, "")
    book = Rulebook(own, [older])
    assert book.resolve(older.digest) == older
    assert book.resolve(Rules(3, "", {}, "").digest) is None
    assert [book.knows(digest) for digest in ("", own.digest, "of another")] == [True, True, False]


def test_rules_whose_own_release_stands_still_may_be_folded_on_for_it_and_no_others() -> None:
    own = read()
    mended = Rulebook(own, mended=["b" * 32])
    assert mended.knows("b" * 32)
    assert mended.resolve("b" * 32) is None
    assert not mended.knows("c" * 32)
    assert not Rulebook(own).knows("b" * 32)
