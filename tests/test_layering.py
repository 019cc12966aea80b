"""The rooms point one way and `models` is pure; and the check that says so can fail."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("models", "alerts", "streams")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

ALLOWED_IN_MODELS = {
    *("models", "holidays", "msgspec", "numpy", "sklearn", "xxhash"),
    *("__future__", "abc", "bisect", "calendar", "collections", "copy", "dataclasses"),
    *("datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "itertools"),
    *("math", "operator", "re", "statistics", "string", "types", "typing", "unicodedata", "uuid"),
    *("zoneinfo",),
}
IMPURE_CALLS = {
    *("open", "print", "input", "exec", "eval", "__import__", "breakpoint"),
    *("today", "now", "utcnow", "uuid1", "uuid4", "default_rng"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the project's own import contracts on the rooms found in `folder`."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--config", "pyproject.toml", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


FORBIDDEN = [
    ("models", "import alerts", "Rooms point one way"),
    ("models", "import streams", "Rooms point one way"),
    ("alerts", "import streams", "Rooms point one way"),
    ("models", "import sqlalchemy", "models is pure"),
    ("models", "import os.path", "models is pure"),
    ("models", "from time import monotonic", "models is pure"),
    ("alerts", "from kafka import KafkaConsumer", "alerts does not know Kafka"),
    ("alerts", "import faust", "alerts does not know Kafka"),
    ("models/law", "import models.lease", "law knows no lease"),
    ("models/lease", "from models import standing", "law knows no lease"),
    ("models/standing", "import models.risk", "law knows no lease"),
    ("models/contract", "import models.law", "law knows no lease"),
    ("alerts/cases", "import alerts.fold", "what is stored, shown and proved"),
    ("alerts/fold", "from alerts import store", "what is stored, shown and proved"),
    ("alerts/store", "import alerts.proof", "what is stored, shown and proved"),
    ("alerts/store", "import alerts.access", "what is stored, shown and proved"),
    ("alerts/access", "import alerts.views", "what is stored, shown and proved"),
    ("alerts/contract", "import alerts.cases", "what is stored, shown and proved"),
    ("alerts/fold", "import alerts.letters", "the fold knows neither words nor letters"),
    ("alerts/cases", "import alerts.language", "the fold knows neither words nor letters"),
]


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of rooms with every forbidden import, each in a file of its own."""
    copy = tmp_path_factory.mktemp("rooms")
    for name in ROOMS:
        for folder in (path.parent for path in (ROOT / name).rglob("__init__.py")):
            place = copy / folder.relative_to(ROOT)
            place.mkdir(parents=True)
            (place / "__init__.py").touch()
    (copy / "alerts" / "metrics.py").touch()
    for number, (room, statement, _) in enumerate(FORBIDDEN):
        (copy / room / f"culprit_{number}.py").write_text(statement + "\n")
    shutil.copy(ROOT / "pyproject.toml", copy)
    result = lint(copy)
    assert result.returncode != 0
    return result.stdout


@pytest.mark.parametrize(("room", "statement", "broken"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(
    linted: str, room: str, statement: str, broken: str
) -> None:
    culprit = f".culprit_{FORBIDDEN.index((room, statement, broken))} -> "
    _, *told = re.split(r"\n\n(.+)\n-+\n", linted.partition("Broken contracts")[2])
    (contract,) = [name for name, why in by_contract(told) if culprit in why]
    assert contract.startswith(broken)


def by_contract(told: list[str]) -> Iterator[tuple[str, str]]:
    """Contracts by name, each with what broke it."""
    return zip(told[::2], told[1::2], strict=True)


def test_the_rooms_keep_every_contract() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_no_two_files_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*ROOMS)
    left = {name: set(graph.find_modules_directly_imported_by(name)) for name in graph.modules}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert sorted(left) == []


def test_impurity_is_seen_whatever_its_form() -> None:
    source = (
        "import json, numpy\n"
        "from os import environ\n"
        "def f(path):\n"
        "    open(path)\n"
        "    return datetime.now(tz=None), date.today(), path.read_text()\n"
    )
    assert set(impurities(ast.parse(source))) == {
        "line 1: imports json",
        "line 2: imports os",
        "line 4: calls open",
        "line 5: calls now",
        "line 5: calls today",
    }


@pytest.mark.parametrize("path", sorted((ROOT / "models").rglob("*.py")), ids=lambda p: p.stem)
def test_a_module_of_models_imports_only_what_is_pure_and_asks_no_clock(path: Path) -> None:
    assert list(impurities(ast.parse(path.read_text(encoding="utf-8")))) == []


def impurities(tree: ast.AST) -> Iterator[str]:
    """Name each import outside the allowed ones, and each call of a clock, file or console."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                imported = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module)):
                imported = [module]
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in IMPURE_CALLS:
                    yield f"line {node.lineno}: calls {name}"
                continue
            case _:
                continue
        for top in {name.partition(".")[0] for name in imported} - ALLOWED_IN_MODELS:
            yield f"line {node.lineno}: imports {top}"
