"""`bokvar playbook list`: the playbooks that there are."""

from typing import Annotated

import typer
from msgspec import Struct

from alerts.playbooks.compiled import Way
from models.phrase import Phrase, phrase
from streams.cli.playbook_named import known, spoken
from streams.cli.screen import Screen, show_json

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Listed(Struct):
    """A playbook in the list; `municipalities` are SCB codes, `digest` names what decides in it."""

    name: str
    title: str
    municipalities: list[str]
    steps: int
    digest: str


class Answer(Struct):
    """What `--json` prints."""

    playbooks: list[Listed]


def list_(as_json: AsJson = False) -> None:
    """The shipped playbooks, and those of the folder in BOKVAR_PLAYBOOKS."""
    language, ways = spoken(), list(known().ways.values())
    ways.sort(key=lambda way: way.name)
    found = [_listed(way, language.name) for way in ways]
    if as_json:
        show_json(Answer(found))
        return
    console = Screen(soft_wrap=True)
    for one in found:
        console.print(language.say(_line(one)))


def _listed(way: Way, language: str) -> Listed:
    playbook = way.playbook
    title = getattr(playbook.title, language)
    codes = playbook.applies.municipalities
    return Listed(playbook.name, title, codes, len(playbook.steps), way.digest)


def _line(one: Listed) -> Phrase:
    towns = Phrase("playbook.listed_no_towns")
    if one.municipalities:
        towns = phrase("playbook.listed_towns", codes=", ".join(one.municipalities))
    return phrase("playbook.listed", name=one.name, title=one.title, towns=towns, steps=one.steps)
