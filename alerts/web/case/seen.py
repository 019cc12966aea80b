"""Has anybody acted in a case since a page of it was shown? A stamp on each form tells."""

from collections.abc import Iterable

import xxhash
from msgspec.structs import replace

from alerts.language import who_goes
from alerts.language.sentences import Language
from alerts.views.lease.lease_acts import case_acts
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page import situation_of
from alerts.web.ask import Ask
from alerts.web.case.opening import whose
from alerts.web.faults import SeenBefore
from alerts.web.links import link
from alerts.web.named import Names, named
from models.lease.state import Lease
from models.phrase import phrase

_MARK = 6  # hexadecimal digits


def stamp(lease: Lease) -> str:
    """A mark of each act that there is, and of each that was undone. Not their number or times: an
    act comes late from a clock that is behind, and the oldest are let go."""
    signals = lease.signals
    return ".".join(("".join(map(_mark, _ids(lease))), "".join(map(_mark, signals.undone))))


def require_seen(ask: Ask, known: Known, names: Names) -> None:
    """`SeenBefore` if anybody has acted since the form was made; nothing is overwritten unseen."""
    acts, undone = _unseen(known.lease, ask.given("seen"))
    if acts or undone:
        said = _said(named(known, names), acts, undone, ask.language)
        raise SeenBefore(link("case", lease=known.lease.lease_id), said, stamp(known.lease))


def holders_stamp(known: Known) -> str:
    """The same of whose the case is; empty where it is nobody's."""
    return "".join(map(_mark, sorted(whose(known))))


def require_holders_seen(ask: Ask, known: Known, names: Names) -> None:
    """`SeenBefore` if the case is not whose it was when the form was made: who gives it on without
    opening it is told that alone."""
    if ask.given("seen") != holders_stamp(known):
        to = [names.get(one, one) for one in sorted(whose(known))]
        said = phrase("seen.given", who=who_goes.JOIN.join(to)) if to else phrase("seen.nobodys")
        page = link("case", lease=known.lease.lease_id)
        raise SeenBefore(page, [ask.say(said)], holders_stamp(known))


def _unseen(lease: Lease, given: str) -> tuple[set[str], set[str]]:
    """The ids of the acts, and of the undone ones, that the form's stamp does not have."""
    acts, _, undone = given.partition(".")
    return _missing(_ids(lease), acts), _missing(lease.signals.undone, undone)


def _ids(lease: Lease) -> Iterable[str]:
    return (act.act_id for act in lease.signals.acts)


def _missing(ids: Iterable[str], marks: str) -> set[str]:
    known = {marks[at : at + _MARK] for at in range(0, len(marks), _MARK)}
    return {one for one in ids if _mark(one) not in known}


def _mark(act_id: str) -> str:
    return xxhash.xxh32_hexdigest(act_id.encode("utf-8", "surrogatepass"))[:_MARK]


def _said(known: Known, acts: set[str], undone: set[str], language: Language) -> list[str]:
    """The acts in words; those that were undone as that, in words too while they are known."""
    lease = known.lease
    whole = replace(lease, signals=replace(lease.signals, undone=type(lease.signals.undone)()))
    said = {
        act.act_id: act.text
        for act in case_acts(situation_of(replace(known, lease=whole)), language)
    }
    done = [said[one] for one in said if one in acts - set(lease.signals.undone)]
    gone = [language.say(phrase("seen.undone_act", act=said[one])) for one in said if one in undone]
    return done + gone or [language.say("seen.undone")]
