"""Can it be told which of several playbooks a lease follows?"""

from collections.abc import Sequence
from itertools import combinations

from alerts.playbooks.language import Applies, Playbook


def told_apart(playbooks: Sequence[tuple[str, Playbook]]) -> list[str]:
    """What is wrong between playbooks that are used together, each with its file.

    One that names kinds or districts goes before one that names none; so two of a town are told
    apart unless they say alike much, and of the same leases.
    """
    found = []
    for (file, one), (other_file, other) in combinations(playbooks, 2):
        if one.name == other.name:
            found.append(
                f"{other_file}: name: {other.name} is the name of {file} too: give it another"
            )
        codes = [c for c in other.applies.municipalities if c in one.applies.municipalities]
        if codes and _clash(one.applies, other.applies):
            found.append(
                f"{other_file}: applies.municipalities: {', '.join(codes)} follows {file} "
                "already: let one of them name kinds or districts of its own"
            )
    return found


def _clash(one: Applies, other: Applies) -> bool:
    pairs = ((set(one.kinds), set(other.kinds)), (set(one.districts), set(other.districts)))
    alike = all(bool(mine) == bool(theirs) for mine, theirs in pairs)
    return alike and all(mine & theirs or not mine for mine, theirs in pairs)
