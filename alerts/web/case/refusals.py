"""Why an act was not told, in the words of a page: commands speak of options, pages of fields."""

from alerts.commands.case_act import Refused
from alerts.language.sentences import Language
from models.phrase import phrase


def refusal_said(refused: Refused, language: Language) -> str:
    """The sentence of a refusal."""
    return language.say(phrase(f"refusal.{refused.refusal.name.lower()}", **refused.words))
