"""A town's own playbooks, from the folder that the setting BOKVAR_PLAYBOOKS names."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from alerts.playbooks.apart import told_apart
from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Playbook
from alerts.playbooks.read import PlaybookError, read
from alerts.playbooks.towns import Towns, shipped, with_own

SETTING = "BOKVAR_PLAYBOOKS"


@cache
def own_towns() -> Towns:
    """The playbooks that this process decides by. `PlaybookError` if one cannot be used."""
    folder = os.environ.get(SETTING)
    return with_own(in_folder(Path(folder))) if folder else shipped()


def in_folder(folder: Path) -> list[Playbook]:
    """Every playbook of a folder, by the names of their files."""
    if not folder.is_dir():
        raise PlaybookError([f"{SETTING}: {folder} is no folder: name the folder of your *.toml"])
    found, faults = checked(sorted(folder.glob("*.toml")))
    if faults:
        raise PlaybookError(faults)
    if not found:
        raise PlaybookError([f"{SETTING}: there is no *.toml in {folder}: put a playbook there"])
    return [playbook for _, playbook in found]


def checked(paths: Iterable[Path]) -> tuple[list[tuple[str, Playbook]], list[str]]:
    """The playbooks that can be used, by the names of their files, and all that is wrong with the
    others, or between them."""
    found, faults = list[tuple[str, Playbook]](), list[str]()
    for path in paths:
        try:
            found.append((str(path), from_file(path)))
        except PlaybookError as error:
            faults += error.faults
    return found, faults + told_apart(found)


def named(name: str) -> Way:
    """A playbook by its name, or by its file. `PlaybookError` if there is none."""
    known = own_towns().ways
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        names = ", ".join(known)
        raise PlaybookError([f"there is no playbook {name}: name one of {names}, or a file"])
    return Way(from_file(path))


def from_file(path: Path) -> Playbook:
    """The playbook in a file."""
    try:
        text = path.read_text("utf-8-sig")  # some editors put a mark first
    except UnicodeDecodeError:
        raise PlaybookError([f"{path}: this is not UTF-8: save it as UTF-8"]) from None
    except OSError as error:
        raise PlaybookError([f"{path}: cannot be read ({error.strerror}): check it"]) from None
    return read(text, str(path))
