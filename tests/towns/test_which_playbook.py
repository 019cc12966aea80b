"""Which playbook a lease follows: its town's, one for its kind or district, a town's own."""

from pathlib import Path
from typing import Any

import pytest

from alerts.playbooks.own import in_folder
from alerts.playbooks.read import PlaybookError
from alerts.playbooks.towns import Towns, shipped, with_own
from tests.lives.story import MARCH_LATE, Story

OWN = """
name = "{name}"
title = {{ sv = "Egen", en = "Own" }}
source = "vi"
[applies]
municipalities = ["0192"]
{applies}
[[steps]]
id = "{step}"
trigger = "rent_late"
channel = "letter"
actor = ["caseworker"]
within = "2 working days"
"""


def folder(tmp_path: Path, *own: tuple[str, str, str]) -> Path:
    for name, applies, step in own:
        (tmp_path / f"{name}.toml").write_text(OWN.format(name=name, applies=applies, step=step))
    return tmp_path


def steps(towns: Towns, code: str, **terms: Any) -> list[str]:
    story = Story(towns).lease(municipality=code, **terms).rent()
    return list(story.open(MARCH_LATE))


@pytest.mark.parametrize(
    ("code", "playbook"),
    [
        ("0181", "sodertalje"),
        ("0192", "nynashamn"),
        ("0581", "norrkoping"),
        ("1780", "karlstad"),
        ("0680", "jonkoping"),
        ("1980", "vasteras"),
        ("0380", "uppsala"),
        ("1480", "goteborg"),
        ("2480", "sodertalje"),  # none of its own: the default
    ],
)
def test_a_lease_follows_its_municipalitys_playbook(code: str, playbook: str) -> None:
    story = Story(shipped()).lease(municipality=code).rent()
    assert {task.playbook for task in story.after(MARCH_LATE).found.open} == {playbook}


def test_a_lease_that_moves_to_another_municipality_goes_on_by_the_new_towns_playbook() -> None:
    story = Story(shipped()).lease().rent()
    assert list(story.open("2026-03-04")) == ["letter"]
    story.tell("lease.changed", "2026-03-05", effective_on="2026-03-05", municipality="0192")
    assert list(story.open("2026-03-05")) == ["joint_round"]
    (closed,) = story.after("2026-03-05").found.closed
    assert (closed.step, closed.closed) == ("letter", "moved_to")


def test_an_own_playbook_takes_the_place_of_the_towns_shipped_one(tmp_path: Path) -> None:
    towns = with_own(in_folder(folder(tmp_path, ("egen", "", "eget_brev"))))
    assert steps(towns, "0192") == ["eget_brev"]
    assert steps(towns, "0181") == ["letter"]


def test_one_for_a_kind_or_district_comes_before_the_towns_general_one(tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        ("egen", "", "eget_brev"),
        ("kommunala", 'kinds = ["municipal"]', "kommunalt_brev"),
        ("ronna", 'districts = ["Ronna"]', "ronna_brev"),
    )
    towns = with_own(in_folder(own))
    assert steps(towns, "0192", kind="municipal", district="Geneta") == ["kommunalt_brev"]
    assert steps(towns, "0192", district="Ronna") == ["ronna_brev"]
    assert steps(towns, "0192", district="Geneta") == ["eget_brev"]


def test_two_of_ones_own_for_the_same_leases_are_refused(tmp_path: Path) -> None:
    own = folder(tmp_path, ("en", "", "brev_ett"), ("tva", "", "brev_tva"))
    with pytest.raises(PlaybookError, match=r"0192 follows .*en.toml already"):
        with_own(in_folder(own))


def test_a_folder_with_a_broken_playbook_is_refused_with_its_file_and_key(tmp_path: Path) -> None:
    own = folder(tmp_path, ("egen", "", "eget_brev"))
    (own / "bruten.toml").write_text(OWN.format(name="b", applies="", step="x").replace("1", "x"))
    with pytest.raises(PlaybookError) as error:
        in_folder(own)
    assert any("bruten.toml" in fault for fault in error.value.faults)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"there is no \*.toml"):
        in_folder(tmp_path)
