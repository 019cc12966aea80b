"""A landlord is told of an account or an OCR reference that does not check; the rest counts."""

from collections.abc import Callable

from alerts.fold.answers import answer_received
from alerts.fold.workspace import Workspace
from models.contract import giro
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.contract.source import landlord_of
from models.phrase import Phrase

_READ: dict[str, Callable[[str], str | None]] = {"account": giro.account, "ocr": giro.ocr}


def answer_giro(work: Workspace, offset: int, event: Event) -> None:
    """Tell the landlord, once a day: a system that writes them wrong does so on every invoice."""
    fact = event.data
    landlord = None if fact.account is fact.ocr is None else landlord_of(event.source)
    if landlord is None:
        return
    for name, read in _READ.items():
        given = getattr(fact, name)
        if given is None or read(given) is not None:
            continue
        if work.partition.told_of_giro.get(landlord) != work.today:
            work.partition.told_of_giro[landlord] = work.today
            refusal = Refusal(f"{name}_invalid", f"data.{name}", Phrase(f"expected.{name}"))
            answer_received(work, offset, event, refusal, "giro")
        return
