"""Phrases become sentences, in the language of a file beside this one.

A language is a TOML file: `[forms]` says how it writes days, months, money and numbers; every
other table holds sentences, `[step] letter` being the words of the phrase `step.letter`. What
stands in braces is an argument, `{on:day}` with the form it is written in. `[earlier]` has, by
their whole names, the sentences that only histories hold. What stands on web pages alone is in the
folder `pages`, a file a page. A further language has the same names; a test compares them.
"""

import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import msgspec

from alerts.language import municipalities, who_goes
from models.phrase import Phrase

LANGUAGES = ("sv", "en")
Part = tuple[str, str | None, str]  # literal text, then an argument and its form


class Language:
    """One language: its sentences by name, and how it writes what stands in them."""

    def __init__(self, name: str) -> None:
        tables = _tables(name)
        self.name = name
        self.forms: dict[str, Any] = tables.pop("forms")
        self.earlier: dict[str, str] = tables.pop("earlier")
        self.sentences: dict[str, tuple[Part, ...]] = {
            f"{table}.{code}": tuple(_parts(sentence))
            for table, held in tables.items()
            for code, sentence in held.items()
        }
        for code, sentence in self.earlier.items():
            self.sentences[code] = tuple(_parts(sentence))

    def say(self, phrase: Phrase | str) -> str:
        """The words of a phrase. `KeyError` for one that the language does not have."""
        if isinstance(phrase, str):
            return self._words(phrase, {})
        return phrase.text or self._words(self._numbered(phrase), phrase.args)

    def line(self, phrases: Iterable[Phrase]) -> str:
        """Whole sentences, one after the other."""
        return " ".join(self.say(phrase) for phrase in phrases)

    def spoken(self, phrase: Phrase) -> Phrase:
        """The phrase with its words, for those who read it elsewhere."""
        return msgspec.structs.replace(phrase, text=self.say(phrase))

    def day(self, day: date | None) -> str:
        """A date as people write it, '3 december 2026'."""
        if day is None:
            return str(self.forms["unknown_day"])
        month = self.forms["months"][day.month - 1]
        return str(self.forms["day"].format(day=day.day, month=month, year=day.year))

    def month(self, period: str) -> str:
        """A rent month written 2027-03, or months 2027-04/2027-06, as people write it, 'mars
        2027'."""
        if "/" in period:
            first, last = period.split("/")
            return f"{self.month(first)}–{self.month(last)}"
        year, _, number = period.partition("-")
        month = self.forms["months"][int(number) - 1]
        return str(self.forms["month"].format(month=month, year=year))

    def weekday(self, day: date) -> str:
        """A date with its weekday, 'tisdag 2022-04-19'."""
        return f"{self.forms['weekdays'][day.weekday()]} {day.isoformat()}"

    def kronor(self, ore: int) -> str:
        """An amount in whole kronor, '7 250 kr', rounded half up; what would round to nothing is
        said to the öre, for what is owed is never '0 kr'."""
        if 0 < ore < 50:
            return self.exact(ore)
        return self._money((ore + 50) // 100)

    def exact(self, ore: int) -> str:
        """An amount to the öre, '7 250,50 kr'; whole kronor without decimals."""
        whole, rest = divmod(ore, 100)
        return self._money(whole, f"{self.forms['decimals']}{rest:02d}" if rest else "")

    def count(self, number: int) -> str:
        """A number as people read it, '20 000'."""
        return f"{number:,}".replace(",", self.forms["thousands"])

    def _money(self, kronor: int, decimals: str = "") -> str:
        return str(self.forms["money"].format(amount=self.count(kronor) + decimals))

    def _numbered(self, phrase: Phrase) -> str:
        """The sentence's name; of a `count` of one that of its own, where it has one."""
        one = f"{phrase.code}_one"
        return one if phrase.args.get("count") == 1 and one in self.sentences else phrase.code

    def _words(self, code: str, args: dict[str, Any]) -> str:
        said = []
        for literal, name, form in self.sentences[code]:
            said.append(literal)
            if name is not None:
                said.append(_FORMS[form](self, args[name]))
        return "".join(said)


def _tables(name: str) -> dict[str, Any]:
    """The tables of a language: those of its file, and those of the pages."""
    own = files(__package__)
    found = tomllib.loads((own / f"{name}.toml").read_text("utf-8"))
    for page in sorted((own / "pages" / name).iterdir(), key=lambda page: page.name):
        more = tomllib.loads(page.read_text("utf-8"))
        if twice := found.keys() & more.keys():
            raise ValueError(f"{name}/{page.name} has {', '.join(sorted(twice))} a second time")
        found |= more
    return found


@cache
def language(name: str) -> Language:
    """A language by its name, one of `LANGUAGES`."""
    return Language(name)


def _parts(sentence: str) -> Iterable[Part]:
    for literal, name, form, _ in Formatter().parse(sentence):
        yield literal, name, form or "text"


def _phrase(value: Any) -> Phrase | str:
    return value if isinstance(value, str) else msgspec.convert(value, Phrase)


def _said(language: Language, values: Iterable[Any]) -> list[str]:
    return [language.say(_phrase(value)) for value in values]


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _day(language: Language, value: str | None) -> str:
    return language.day(_date(value))


def _was(language: Language, value: tuple[str | None, str | None]) -> str:
    """A day, and beside it the one that it takes the place of."""
    day, before = value
    if before is None or before == day:
        return _day(language, day)
    forms: str = language.forms["was"]
    return forms.format(day=_day(language, day), before=_day(language, before))


def _weekday(language: Language, value: str) -> str:
    return language.weekday(date.fromisoformat(value))


def _number(language: Language, value: int) -> str:
    numbers: list[str] = language.forms["numbers"]
    return numbers[value] if value < len(numbers) else str(value)


def _span(language: Language, value: list[int]) -> str:
    """'15–21', '8' where both are the same, and 'minst 365' where nothing is said of the most."""
    first, *most = value
    if not most:
        return str(language.forms["at_least"].format(number=first))
    return str(first) if most == [first] else f"{first}–{most[0]}"


def _hundredths(language: Language, value: int) -> str:
    """'1,5', and '2' of whole ones."""
    whole, rest = divmod(value, 100)
    return f"{whole}{language.forms['decimals']}{rest:02d}".rstrip("0") if rest else str(whole)


def _listed(language: Language, said: list[str]) -> str:
    """'mars 2026', 'mars 2026 och april 2026', 'februari 2026, mars 2026 och april 2026'."""
    conjunction = f" {language.forms['and']} "
    return conjunction.join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _people(language: Language, value: str | None) -> str:
    """'Anna Andersson och Berit Berg', of names as `who_goes` joins them."""
    return _listed(language, (value or "").split(who_goes.JOIN))


def _head(language: Language, value: Any) -> str:
    """What stands before the colon of a step's words."""
    return language.say(_phrase(value)).partition(":")[0]


def _lowered(language: Language, value: Any) -> str:
    said = language.say(_phrase(value))
    return said[:1].lower() + said[1:]


# How an argument may be written.
_FORMS: dict[str, Callable[[Language, Any], str]] = {
    "text": lambda language, value: str(value),
    "own": lambda language, value: str(value[language.name]),
    "day": _day,
    "days": lambda language, value: _listed(language, [_day(language, day) for day in value]),
    "was": _was,
    "weekday": _weekday,
    "weekdays": lambda language, value: ", ".join(_weekday(language, day) for day in value),
    "month": lambda language, value: language.month(value),
    "months": lambda language, value: _listed(language, [language.month(one) for one in value]),
    "kr": lambda language, value: language.kronor(value),
    "exact": lambda language, value: language.exact(value),
    "number": _number,
    "count": lambda language, value: language.count(value),
    "span": _span,
    "hundredths": _hundredths,
    "phrase": lambda language, value: language.say(_phrase(value)),
    "lower": _lowered,
    "people": _people,
    "town": lambda language, value: municipalities.named(str(value)),
    "head": _head,
    "short": lambda language, value: _lowered(language, value).partition(":")[0],
    "list": lambda language, value: ", ".join(_said(language, value)),
    "sentences": lambda language, value: ". ".join(_said(language, value)),
    "words": lambda language, value: " ".join(_said(language, value)),
}
