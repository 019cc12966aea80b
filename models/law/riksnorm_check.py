"""At a visit: does the income, after rent, reach the income-support norm, and what does it mean?

A help to decide whether to apply, never a decision: the municipality weighs assets, reasonable
housing costs and other needs (2025:400 12 kap.). What else counts is asked for, never estimated:
household electricity, home insurance, travel to work, union and unemployment fund (12 kap. 7 §).
"""

from typing import NamedTuple

from models.law.riksnorm import Norm
from models.phrase import Phrase, phrase


class NormCheck(NamedTuple):
    """`margin_ore` is income minus rent minus norm, öre a month; below zero support may be due.

    `ask` names the costs that count besides and are in no figure here.
    """

    margin_ore: int
    may_be_entitled: bool
    said: Phrase
    ask: Phrase = Phrase("norm.ask")


def check_against_norm(norm: Norm, *, income_ore: int, rent_ore: int) -> NormCheck:
    """Compares what is left after rent with the norm. Öre a month; ValueError below zero."""
    if income_ore < 0 or rent_ore < 0:
        raise ValueError("income and rent are given in öre, zero or more")
    margin = income_ore - rent_ore - norm.total_kr * 100
    name = "norm.short" if margin < 0 else "norm.over"
    said = phrase(name, margin=abs(margin), norm=norm.total_kr * 100)
    return NormCheck(margin, margin < 0, said)
