"""The rules that a process may fold with: its own, with each of the models at hand."""

from sqlalchemy import Engine

from alerts.learning.shelf import Shelf
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.settings import Settings


def rulebook(settings: Settings, engine: Engine) -> Rulebook:
    """The rules of this program, by the scorecard and by the models that are at hand."""
    return shipped_rulebook().beside(Shelf(engine, settings.models))
