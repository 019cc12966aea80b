"""Has anybody acted in a case since a page of it was shown? A stamp on each form tells."""

from alerts.language.sentences import Language
from alerts.views.lease.lease_acts import case_acts
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page import situation_of
from alerts.web.ask import Ask
from alerts.web.faults import SeenBefore
from alerts.web.named import Names, named
from models.lease.state import Lease


def stamp(lease: Lease) -> str:
    """How many acts there were and how many were undone, and when the last one was sent."""
    signals = lease.signals
    last = max((act.sent for act in signals.acts), default="")
    return f"{len(signals.acts)}.{len(signals.undone)}.{last}"


def require_seen(ask: Ask, known: Known, names: Names) -> None:
    """`SeenBefore` if the form is older than the newest act; nothing is overwritten unseen."""
    lease, given = known.lease, ask.given("seen")
    if given == stamp(lease):
        return
    raise SeenBefore(lease.lease_id, _new(named(known, names), given, ask.language), stamp(lease))


def _new(known: Known, given: str, language: Language) -> list[str]:
    """The acts since the stamp, in words; undoing alone is no act of the list."""
    sent = given.split(".", 2)[-1]
    newer = {act.act_id for act in known.lease.signals.acts if act.sent > sent}
    said = case_acts(situation_of(known), language)
    return [act.text for act in said if act.act_id in newer] or [language.say("seen.undone")]
