"""A letter's template cannot be used; the sentence says which, and what to mend."""

from models.phrase import Phrase


class TemplateFault(Exception):
    """One sentence for whoever wrote the template."""


class TextFault(TemplateFault):
    """What stands in a letter cannot be read as one; `said` tells it to who edited the letter."""

    def __init__(self, sentence: str, said: Phrase) -> None:
        super().__init__(sentence)
        self.said = said
