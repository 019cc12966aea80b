"""Is a word one of those that the contract knows? If not: which one was meant."""

from collections.abc import Sequence
from difflib import get_close_matches

from alerts.commands.case_act import Refusal, Refused, refused


def known(option: str, given: str, codes: Sequence[str]) -> Refused | None:
    """Why `given` is none of `codes`, with the nearest of them; None if it is one."""
    if given in codes:
        return None
    near = get_close_matches(given.strip().lower().replace(" ", "_").replace("-", "_"), codes, 1)
    meant = f" (did you mean {near[0]}?)" if near else ""
    return refused(Refusal.NO_SUCH, option=option, given=given, meant=meant, known=", ".join(codes))
