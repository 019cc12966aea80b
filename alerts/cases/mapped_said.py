"""What was mapped at a visit, as phrases."""

from collections.abc import Collection
from typing import NamedTuple

from models.phrase import Phrase
from models.standing.mapping import Mapping


class MappedSaid(NamedTuple):
    """Why the rent is late, what the household does, and what it needs."""

    causes: tuple[Phrase, ...]
    efforts: tuple[Phrase, ...]
    needs: tuple[Phrase, ...]


def mapped_said(found: Mapping, without: Collection[str] = ()) -> MappedSaid:
    """The codes of a mapping as phrases, but for those of `without`."""
    return MappedSaid(
        tuple(Phrase(f"mapped_cause.{code}") for code in found.causes if code not in without),
        tuple(Phrase(f"mapped_effort.{code}") for code in found.efforts if code not in without),
        tuple(Phrase(f"mapped_need.{code}") for code in found.needs if code not in without),
    )
