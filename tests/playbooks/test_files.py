"""Playbooks as files: what cannot be read, and which of several a lease follows."""

from pathlib import Path

import pytest

from alerts.playbooks.own import checked, from_file, in_folder, named
from alerts.playbooks.read import MOST, PlaybookError
from alerts.playbooks.towns import shipped, with_own
from models.lease.state import Lease, Terms
from tests.playbooks.written import FINE, spoilt


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def fault_of(file: Path) -> str:
    with pytest.raises(PlaybookError) as told:
        from_file(file)
    (fault,) = told.value.faults
    return fault


def kinds(names: str) -> str:
    return spoilt('["9901"]', f'["9901"]\nkinds = {names}')


def test_a_file_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(FINE.encode("latin-1"))
    assert fault_of(file) == f"{file}: this is not UTF-8: save it as UTF-8"


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    assert "No such file" in fault_of(tmp_path / "a.toml")


def test_a_file_that_is_far_too_long_is_none(tmp_path: Path) -> None:
    file = write(tmp_path, "a.toml", FINE + "#" * MOST)
    assert fault_of(file).startswith(f"{file}: is longer than 200,000 characters")


def test_a_mark_that_an_editor_put_first_and_its_line_ends_are_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbf" + FINE.replace("\n", "\r\n").encode())
    assert from_file(file).name == "mytown"


def test_a_name_that_is_neither_a_playbook_nor_a_file_is_told_the_names() -> None:
    with pytest.raises(PlaybookError, match="there is no playbook nowhere: name one of goteborg"):
        named("nowhere")


def test_a_folder_without_playbooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"there is no \*\.toml in"):
        in_folder(tmp_path)
    with pytest.raises(PlaybookError, match="is no folder"):
        in_folder(tmp_path / "none")


def test_two_files_that_claim_the_same_town_are_told_which(tmp_path: Path) -> None:
    one = write(tmp_path, "a.toml", FINE)
    other = write(tmp_path, "b.toml", spoilt('"mytown"', '"yours"'))
    found, faults = checked([one, other])
    assert len(found) == 2
    assert faults == [
        f"{other}: applies.municipalities: 9901 follows {one} already: let one of them name kinds "
        "or districts of its own"
    ]
    with pytest.raises(PlaybookError, match="9901 follows mytown already"):
        with_own([playbook for _, playbook in found])


def test_two_files_of_one_name_are_told_which(tmp_path: Path) -> None:
    one = write(tmp_path, "a.toml", FINE)
    other = write(tmp_path, "b.toml", spoilt('"9901"', '"9902"'))
    _, faults = checked([one, other])
    assert faults == [f"{other}: name: mytown is the name of {one} too: give it another"]


def test_two_playbooks_of_a_town_with_a_kind_in_common_are_not_told_apart(tmp_path: Path) -> None:
    one = write(tmp_path, "a.toml", kinds('["municipal", "trial"]'))
    other = write(
        tmp_path, "b.toml", kinds('["trial", "second_hand"]').replace("mytown", "yours", 1)
    )
    assert len(checked([one, other])[1]) == 1


def test_every_file_that_cannot_be_used_is_told_beside_those_that_can(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a.toml", FINE),
        write(tmp_path, "b.toml", ""),
        write(tmp_path, "c.toml", spoilt('"visit"', '"pigeon"')),
    ]
    found, faults = checked(files)
    assert [file for file, _ in found] == [str(files[0])]
    assert [fault.partition(": ")[0] for fault in faults] == [str(file) for file in files[1:]]


def lease(municipality: str, kind: str, district: str = "Norr") -> Lease:
    terms = Terms("", municipality, district, 1, 1, kind, None, None, b"")  # type: ignore[arg-type]
    return Lease("556036-0793:1", terms=terms)


def test_the_playbook_that_says_more_of_a_lease_is_followed_and_the_towns_own_by_the_rest(
    tmp_path: Path,
) -> None:
    whole = from_file(write(tmp_path, "a.toml", FINE))
    some = from_file(write(tmp_path, "b.toml", kinds('["municipal"]').replace("mytown", "lets", 1)))
    towns = with_own([whole, some])
    assert towns.way_of(lease("9901", "municipal")).name == "lets"
    assert towns.way_of(lease("9901", "first_hand")).name == "mytown"
    assert towns.way_of(lease("1780", "first_hand")).name == "karlstad"
    assert towns.way_of(lease("2480", "first_hand")).name == "sodertalje"


def test_a_playbook_for_some_leases_of_a_shipped_town_leaves_it_the_others(tmp_path: Path) -> None:
    text = kinds('["municipal"]').replace("9901", "1780")
    towns = with_own([from_file(write(tmp_path, "a.toml", text))])
    assert towns.way_of(lease("1780", "municipal")).name == "mytown"
    assert towns.way_of(lease("1780", "first_hand")).name == "karlstad"


def test_a_playbook_for_a_whole_shipped_town_takes_its_place(tmp_path: Path) -> None:
    text = spoilt("9901", "1780")
    towns = with_own([from_file(write(tmp_path, "a.toml", text))])
    assert "karlstad" not in towns.ways
    assert towns.way_of(lease("1780", "first_hand")).name == "mytown"
    assert shipped().way_of(lease("1780", "first_hand")).name == "karlstad"
