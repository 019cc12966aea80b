"""What phrases say in Swedish, for tests that read as a caseworker does."""

from collections.abc import Iterable

from alerts.language.sentences import language
from models.phrase import Phrase

SV = language("sv")


def swedish(phrases: Iterable[Phrase]) -> list[str]:
    """The words of each phrase."""
    return [SV.say(phrase) for phrase in phrases]


def codes(phrases: Iterable[Phrase]) -> list[str]:
    """The names of phrases, without their kind: 'deadline.council_not_told' is council_not_told."""
    return [phrase.code.partition(".")[2] for phrase in phrases]
