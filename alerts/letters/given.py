"""What a person adds to a letter: who signs it, and what only they know."""

from collections.abc import Mapping

from msgspec import Struct, field


class Signatory(Struct, frozen=True):
    """Who signs: the caseworker responsible, their phone, and the municipality's name if known."""

    caseworker: str
    phone: str
    municipality: str | None = None


class Given(Struct, frozen=True):
    """The signatory, words for blanks by the blank's name, and whether the letter to somebody with
    a protected identity goes the protected way. `text` is the letter as a person has edited it
    (`alerts.letters.editing`), in place of its template."""

    signatory: Signatory
    fills: Mapping[str, str] = field(default_factory=dict)
    protected_way: bool = False
    text: str | None = None
