"""What the browser tests run with comes from pinned packages, and its absence is told plainly."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from alerts import settings
from tests.browser.fetch import FetchError, fetch
from tests.browser.headless_shell import why_it_does_not_run
from tests.browser.toolchain import (
    CHROMIUM,
    LOCK,
    PACKAGES,
    ROOT,
    SOURCE,
    Toolchain,
    ToolMissing,
    keep_from_children,
    named_chromium,
)

ONE_TEST = "tests/browser/test_toolchain.py::test_a_page_that_forbids_scripts_runs_none_of_its_own"


@pytest.fixture(autouse=True)
def no_chromium_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOKVAR_CHROMIUM", "BOKVAR_TEST_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def with_packages(tmp_path: Path) -> Toolchain:
    """A folder that claims to have all packages."""
    made = Toolchain(tmp_path)
    made.finish(PACKAGES)
    return made


def test_a_registry_out_of_reach_is_told_in_one_sentence_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:1/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    new = Toolchain(tmp_path / "new")
    with pytest.raises(FetchError, match=r"could not fetch .* \(.+\): try again") as told:
        fetch(new)
    assert "\n" not in str(told.value)
    assert not new.has(PACKAGES)


def test_a_machine_that_our_chromium_was_not_built_for_is_told_so_and_is_set_up_all_the_same(
    with_packages: Toolchain, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    fetch(with_packages)
    told = capsys.readouterr().out
    assert "riscv64" in told
    assert "BOKVAR_CHROMIUM" in told
    with pytest.raises(ToolMissing, match="riscv64"):
        with_packages.chromium()
    fetch(with_packages)
    assert capsys.readouterr().out == ""


def test_a_chromium_that_lacks_a_library_is_told_with_the_systems_own_words(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho 'libx.so: cannot open' >&2\nexit 127\n")
    program.chmod(0o755)
    assert "libx.so: cannot open" in str(why_it_does_not_run(program))
    assert "FileNotFoundError" in str(why_it_does_not_run(tmp_path / "nothing"))


def test_a_folder_filled_by_another_lock_is_not_up_to_date(with_packages: Toolchain) -> None:
    assert with_packages.has(PACKAGES)
    (with_packages.folder / f"{PACKAGES}.stamp").write_text("another")
    assert not with_packages.has(PACKAGES)


def test_nothing_of_chromium_is_unpacked_for_those_who_name_their_own(
    with_packages: Toolchain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOKVAR_CHROMIUM", sys.executable)
    fetch(with_packages)
    assert not with_packages.has(CHROMIUM)
    assert with_packages.chromium() == Path(sys.executable)
    monkeypatch.delenv("BOKVAR_CHROMIUM")
    with pytest.raises(ToolMissing, match="make browser"):
        with_packages.chromium()


def test_a_named_chromium_does_not_trouble_what_the_tests_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOKVAR_TEST_CHROMIUM", "")  # so that it is put back
    monkeypatch.setenv("BOKVAR_CHROMIUM", "/opt/chromium")
    with pytest.raises(settings.SettingError):
        settings.read(os.environ)
    keep_from_children()
    settings.read(os.environ)
    assert named_chromium() == Path("/opt/chromium")


@pytest.mark.parametrize(("ci", "outcome", "code"), [("", "1 skipped", 0), ("1", "1 error", 1)])
def test_without_a_browser_a_test_is_skipped_here_and_fails_where_ci_is_set(
    tmp_path: Path, ci: str, outcome: str, code: int
) -> None:
    nowhere = str(tmp_path / "nowhere")
    command = [sys.executable, "-m", "pytest", ONE_TEST, "--numprocesses", "1"]
    ended = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, capture_output=True, text=True, timeout=100,
        env={**os.environ, "CI": ci, "BOKVAR_CHROMIUM": nowhere, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (ended.returncode, outcome in ended.stdout) == (code, True), ended.stdout
    assert f"BOKVAR_CHROMIUM names no program: {nowhere}" in ended.stdout.replace("\n", "")


def test_every_package_is_pinned_and_hashed_and_no_registry_is_named() -> None:
    asked = json.loads((SOURCE / "package.json").read_text())["dependencies"]
    locked = json.loads(LOCK.read_text())["packages"]
    assert asked == {name: locked[f"node_modules/{name}"]["version"] for name in asked}
    for place, package in locked.items():
        assert not place or package["integrity"].startswith("sha512-"), place
        assert "resolved" not in package, place
