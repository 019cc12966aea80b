"""Why something that came in is not counted: a code, the field at fault, and what was expected."""

from msgspec import Struct

from models.phrase import Phrase, phrase


class Refusal(Struct, frozen=True, gc=False):
    """A code of the contract (docs/contract), the path of the field at fault as
    `data.lines[2].amount_ore`, and what should stand there; no field where it is none's fault.

    It never quotes what was sent.
    """

    code: str
    field: str = ""
    expected: Phrase | None = None


def mend(refusal: Refusal) -> Phrase:
    """What is wrong and how the sender mends it, in a sentence."""
    expected = refusal.expected or phrase("expected.as_in_contract")
    return phrase(f"mend.{refusal.code}", field=refusal.field, expected=expected)
