"""What a playbook and its steps are called, where a person chooses among them."""

from alerts.language.sentences import Language
from alerts.playbooks.compiled import Way
from alerts.playbooks.towns import Towns
from alerts.views.playbooks.playbook_step import does, said
from models.phrase import Phrase


def playbook_name(towns: Towns, name: str, language: Language) -> str:
    """The title of a playbook; its name where this program does not have it."""
    way = towns.ways.get(name)
    return language.say(said(way.playbook.title)) if way is not None else name


def step_name(towns: Towns, municipality: str, step: str, language: Language) -> str:
    """What a step asks for, in short: the law's own words, else those of the municipality's first
    playbook that has it, else of any; its name where none has."""
    if f"step.{step}" in language.sentences:
        return _short(language.say(Phrase(f"step.{step}")))
    for way in [*towns.of_town(municipality), *towns.ways.values()]:
        found = _said(way, step, language)
        if found is not None:
            return found
    return step


def _said(way: Way, step: str, language: Language) -> str | None:
    for one in way.playbook.steps:
        if one.id == step:
            return _short(language.say(does(one)[0]))
    return None


def _short(words: str) -> str:
    return words.partition(":")[0]
