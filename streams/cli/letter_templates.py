"""The shipped templates, copied for a town to change."""

from pathlib import Path
from shutil import copytree

from alerts.letters.templates import SHIPPED
from streams.cli.refuse import refuse
from streams.cli.screen import say


def copy(folder: Path) -> None:
    """Copy the templates into a folder with nothing in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse(f"{folder} is not an empty folder: name a new one", status=1)
    copytree(SHIPPED, folder, dirs_exist_ok=True)
    say(
        f"The templates are in {folder}. Keep only the files that you change, and name the folder "
        "with --templates or BOKVAR_LETTER_TEMPLATES."
    )
