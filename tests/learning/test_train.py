"""From an export to a kept model by the command's own road, and what is refused."""

import json
import pickle
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import Any

import msgspec
import numpy as np
import pytest
import skops.io
from typer.testing import CliRunner

from alerts.learning import artefact
from alerts.learning.manifest import ModelRefused, read_manifest, readable
from models.risk.features import NAMES
from streams.cli import build
from tests.learning.exports import lived, write


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models after one was trained."""
    folder = tmp_path_factory.mktemp("bokvar")
    result = called(folder, "train", "--history", str(lived(folder / "export")), "--json")
    assert result["run"]["backtest"]["looks"]
    return folder / "models"


def called(folder: Path, *arguments: str) -> dict[str, Any]:
    found = CliRunner().invoke(
        build([arguments[0]]), list(arguments), env={"BOKVAR_DATA": str(folder)}
    )
    assert found.exit_code == 0, found.output
    answer: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return answer


def only(folder: Path) -> str:
    (manifest,) = readable(folder)
    return manifest.name


def test_a_backtest_tells_every_method_beside_the_scorecard_on_the_same_rows(
    trained: Path,
) -> None:
    manifest = read_manifest(trained, only(trained))
    found = manifest.metrics["backtest"]
    assert set(found["methods"]) == {
        *("steps", "boosted", "scorecard", "latest_status", "largest_debt"),
    }
    assert manifest.failed == [test["name"] for test in found["gate"] if not test["passed"]]
    assert len(manifest.data) == len(manifest.sha256) == 64
    assert set(manifest.versions) == {"numpy", "scikit-learn", "skops"}


def test_a_kept_model_says_the_same_as_before(trained: Path) -> None:
    model = artefact.load(trained, only(trained))
    again = artefact.load(trained, only(trained))
    rows = np.zeros((3, len(NAMES)))
    assert model.probability(rows).tobytes() == again.probability(rows).tobytes()


def test_a_model_whose_file_was_changed_is_refused_in_one_sentence(
    trained: Path, tmp_path: Path
) -> None:
    copy = copied(trained, tmp_path)
    file = copy / only(copy) / "model.skops"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ModelRefused, match="its file is not the one that its manifest names"):
        artefact.load(copy, only(copy))


def test_a_file_with_anything_else_than_a_model_in_it_is_refused(
    trained: Path, tmp_path: Path
) -> None:
    copy = copied(trained, tmp_path)
    forge(copy, skops.io.dumps({"members": [print]}))
    with pytest.raises(ModelRefused, match="which no model of ours does"):
        artefact.load(copy, only(copy))


@pytest.mark.parametrize("content", [b"", b"no model", b"PK" + bytes(60), pickle.dumps(print)])
def test_a_file_that_is_none_of_a_model_is_refused_although_its_manifest_names_it(
    content: bytes, trained: Path, tmp_path: Path
) -> None:
    copy = copied(trained, tmp_path)
    forge(copy, content)
    with pytest.raises(ModelRefused, match="holds no model"):
        artefact.load(copy, only(copy))


def test_a_manifest_of_which_a_word_was_changed_is_refused(trained: Path, tmp_path: Path) -> None:
    copy = copied(trained, tmp_path)
    file = copy / only(copy) / "manifest.json"
    told = file.read_text()
    assert '"promotable": false' in told
    file.write_text(told.replace('"promotable": false', '"promotable": true'))
    with pytest.raises(ModelRefused, match="somebody changed it"):
        read_manifest(copy, file.parent.name)


def forge(folder: Path, content: bytes) -> None:
    """Put something in the place of the only model's file, and let its manifest name it."""
    manifest = read_manifest(folder, only(folder))
    place = folder / manifest.name
    place.joinpath("model.skops").write_bytes(content)
    forged = msgspec.structs.replace(manifest, sha256=sha256(content).hexdigest()).sealed()
    place.joinpath("manifest.json").write_bytes(msgspec.json.encode(forged))


def copied(trained: Path, to: Path) -> Path:
    return Path(copytree(trained, to / "models"))


@pytest.mark.parametrize("name", ["none", "..", "a/b"])
def test_a_model_that_there_is_not_is_said_so(trained: Path, name: str) -> None:
    with pytest.raises(ModelRefused, match="there is no model"):
        artefact.load(trained, name)


def test_a_history_too_short_to_learn_from_ends_with_one_sentence(tmp_path: Path) -> None:
    export = write(
        tmp_path / "export",
        leases=["A;2020-01-01;7000"],
        invoices=["A;1;2026-02;2026-01-31;7000"],
        payments=["A;1;2026-01-30;7000"],
    )
    found = CliRunner().invoke(build(["backtest"]), ["backtest", "--history", str(export)])
    assert found.exit_code == 1
    assert "the history is too short" in found.stderr
