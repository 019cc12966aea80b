"""The mutation check cannot rot: what it switches off is still there, and its tests still exist."""

import ast
import shutil
from pathlib import Path

import pytest

from tests.chaos.guards import GUARDS, Edit, Guard, GuardMoved
from tests.processes import ROOT

NAMES = [guard.name for guard in GUARDS]


def test_a_mutation_whose_code_has_moved_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("x = 1\n")
    with pytest.raises(GuardMoved, match=r"code\.py has this text 0 times"):
        Edit("code.py", "y = 1", "y = 2").apply(tmp_path)
    assert (tmp_path / "code.py").read_text() == "x = 1\n"


@pytest.mark.parametrize("guard", GUARDS, ids=NAMES)
def test_every_mutation_still_fits_the_code_and_leaves_python(guard: Guard, tmp_path: Path) -> None:
    for file in {edit.file for edit in guard.edits}:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    for edit in guard.edits:
        edit.apply(tmp_path)
        changed = (tmp_path / edit.file).read_text()
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse((ROOT / edit.file).read_text()))


@pytest.mark.parametrize("guard", GUARDS, ids=NAMES)
def test_the_tests_that_must_catch_a_missing_guard_exist(guard: Guard) -> None:
    for test in guard.tests:
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text())
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name.partition("[")[0] in names
