"""What a step is called where no task of it is at hand: its words, and the id that lists show."""

from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Step
from alerts.playbooks.triggers import MATTERS
from alerts.views.playbook_step import said
from alerts.web.ask import Ask
from models.phrase import Phrase, phrase


def step_names(ask: Ask) -> dict[str, str]:
    """The names of the steps of the person's municipality. Of two playbooks that have the same step
    the first one's words are taken."""
    found = dict[str, Phrase]()
    for way in ask.site.towns.of_town(ask.person.municipality or ""):
        for step in _steps(way):
            found.setdefault(step.id, _called(step))
    return {step_id: _name(ask, called, step_id) for step_id, called in found.items()}


def step_name(ask: Ask, names: dict[str, str], step_id: str) -> str:
    """The name of a step; a duty of the law is in no playbook and has words of its own."""
    if step_id in names:
        return names[step_id]
    own = f"step.{step_id}"
    return _name(ask, Phrase(own), step_id) if own in ask.language.sentences else step_id


def _steps(way: Way) -> list[Step]:
    return way.playbook.steps


def _called(step: Step) -> Phrase:
    if step.text is not None:
        return said(step.text)
    matters = {MATTERS[name] for name in step.triggers}
    if len(matters) == 1:
        return Phrase(f"do.{step.channel}_{matters.pop()}")
    return Phrase(f"playbook_channel.{step.channel}")


def _name(ask: Ask, called: Phrase, step_id: str) -> str:
    short = ask.say(called).partition(":")[0]
    return ask.say(phrase("team.step_of", said=short[:1].upper() + short[1:], id=step_id))
