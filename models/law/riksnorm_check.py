"""At a visit: does the income, after rent, reach the income-support norm, and what does it mean?

A help to decide whether to apply, never a decision: the municipality weighs assets, reasonable
housing costs and other needs (2025:400 12 kap.).
"""

from typing import NamedTuple

from models.law.riksnorm import Norm


class NormCheck(NamedTuple):
    """`margin_ore` is income minus rent minus norm, öre a month; below zero support may be due."""

    margin_ore: int
    may_be_entitled: bool
    words: str


def check_against_norm(norm: Norm, *, income_ore: int, rent_ore: int) -> NormCheck:
    """Compares what is left after rent with the norm. Öre a month; ValueError below zero."""
    if income_ore < 0 or rent_ore < 0:
        raise ValueError("income and rent are given in öre, zero or more")
    margin = income_ore - rent_ore - norm.total_kr * 100
    return NormCheck(margin, margin < 0, _words(margin, norm.total_kr))


def _words(margin_ore: int, norm_kr: int) -> str:
    if margin_ore < 0:
        return (
            f"När hyran är betald saknas {_kronor(-margin_ore)} i månaden till riksnormen "
            f"({_kronor(norm_kr * 100)}). Hushållet kan ha rätt till ekonomiskt bistånd. Ansök hos "
            "kommunens socialtjänst. Det här är en uträkning, inget beslut."
        )
    return (
        f"När hyran är betald är det {_kronor(margin_ore)} mer i månaden än riksnormen "
        f"({_kronor(norm_kr * 100)}). Stöd till mat och kläder är då mindre troligt, men vid andra "
        "nödvändiga kostnader eller en hyresskuld går det att ansöka. Det är kommunen som "
        "beslutar; det här är en uträkning, inget beslut."
    )


def _kronor(ore: int) -> str:
    """Whole kronor with a no-break space in thousands, rounded half up: '12 810 kr'."""
    return f"{(ore + 50) // 100:,} kr".replace(",", "\N{NO-BREAK SPACE}")
