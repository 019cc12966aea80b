"""How a letter's language writes days, months and money.

Swedish and English write them as the rest of Bokvar does. A further language has a file beside its
templates, `forms.toml`, with the same names as `[forms]` in `alerts/language/en.toml`.
"""

import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from alerts.language.sentences import LANGUAGES, Language, language
from alerts.letters.fault import TemplateFault
from models.phrase import Phrase

NBSP = "\u00a0"
_NAMES = ("months", "day", "month", "money", "thousands", "decimals")


class Words:
    """The forms of one language. Each takes None, for what is not known, and gives it back."""

    def __init__(self, name: str, folders: Iterable[Path]) -> None:
        # Names of steps and defects are said in Swedish where Bokvar does not speak the language.
        self._spoken = language(name if name in LANGUAGES else "sv")
        self._forms = self._spoken if name in LANGUAGES else _read(name, folders)

    def filters(self) -> dict[str, Callable[[Any], str | None]]:
        """The forms by their names in a template."""
        return {
            "day": _known(self.day),
            "month": _known(self._forms.month),
            "kr": _known(self._forms.exact),
            "say": _known(self._spoken.say),
            "short": _known(lambda phrase: self._spoken.say(phrase).partition(":")[0]),
        }

    def day(self, day: date | str) -> str:
        """A date on one line; a day that a person wrote, as it is."""
        return day if isinstance(day, str) else self._forms.day(day).replace(" ", NBSP)

    def say(self, phrase: Phrase) -> str:
        """The words of a phrase."""
        return self._spoken.say(phrase)


class _Forms(Language):
    """The forms alone, out of a town's file."""

    def __init__(self, name: str, forms: dict[str, Any]) -> None:
        self.name, self.forms, self.sentences = name, forms, {}


def _known(form: Callable[[Any], str]) -> Callable[[Any], str | None]:
    return lambda value: None if value is None else form(value)


def _read(name: str, folders: Iterable[Path]) -> Language:
    for folder in folders:
        path = folder / name / "forms.toml"
        if path.is_file():
            return _Forms(name, _forms_of(path))
    raise TemplateFault(
        f"how {name!r} writes days and money is not known: put a file forms.toml with "
        f"{', '.join(_NAMES)} beside its templates (as [forms] in alerts/language/en.toml)"
    )


def _forms_of(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise TemplateFault(f"{path} cannot be read: {fault}") from fault
    missing = [name for name in _NAMES if name not in found]
    if missing:
        raise TemplateFault(f"{path} lacks {', '.join(missing)}")
    if not isinstance(found["months"], list) or len(found["months"]) != 12:
        raise TemplateFault(f"{path}: months must be the names of twelve months")
    return found
