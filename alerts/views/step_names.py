"""What a playbook and its steps are called, where a person chooses among them."""

from alerts.language.sentences import Language
from alerts.playbooks.towns import Towns
from alerts.views.playbook_step import does, said
from models.phrase import Phrase


def playbook_name(towns: Towns, name: str, language: Language) -> str:
    """The title of a playbook; its name where this program does not have it."""
    way = towns.ways.get(name)
    return language.say(said(way.playbook.title)) if way is not None else name


def step_name(towns: Towns, step: str, language: Language) -> str:
    """What a step asks for, in short: the law's own words, else the first playbook's that has it;
    its name where none has."""
    if f"step.{step}" in language.sentences:
        return _short(language.say(Phrase(f"step.{step}")))
    for way in towns.ways.values():
        for one in way.playbook.steps:
            if one.id == step:
                return _short(language.say(does(one)[0]))
    return step


def _short(words: str) -> str:
    return words.partition(":")[0]
