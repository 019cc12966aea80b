"""Who tells a paper by the form: for whom, what they are asked, and what they may choose among."""

from datetime import date

from alerts.access import glass
from alerts.access.people import in_alphabet
from alerts.access.person import Role
from alerts.access.scope import Opening, opening
from alerts.commands.stored_cases import StoredCases
from alerts.commands.tell_paper import Paper, hindered
from alerts.language.municipalities import named
from alerts.views.boards import boards
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.case.opening import whose
from alerts.web.papers.boards import addressed
from alerts.web.papers.checks import Faults, Given, lease_of
from alerts.web.papers.counted import Counted, counted
from alerts.web.papers.fields import FIELDS, Fact, read_paper
from alerts.web.papers.service import checked, tenants_of
from models.contract import spelling
from models.contract.events import LANDLORD, MUNICIPALITY
from models.contract.facts import Tenant
from models.lease.state import Lease


def is_landlord(ask: Ask) -> bool:
    """Is it a landlord's person who asks?"""
    return ask.person.role is Role.LANDLORD


def source_of(ask: Ask) -> str:
    """As whom the person tells."""
    if is_landlord(ask):
        return f"{LANDLORD}{ask.person.landlord}"
    return f"{MUNICIPALITY}{ask.person.municipality}"


def paper_of(ask: Ask, given: str) -> str:
    """Which paper; a landlord enters its own message alone."""
    return given if given in FIELDS and not is_landlord(ask) else "form3"


def known_at(ask: Ask, lease_id: str) -> Known | None:
    """What is known of a lease."""
    return StoredCases(ask.site.engine).known(lease_id)


def opens(ask: Ask, known: Known | None) -> bool:
    """Is the case open to the person? Where it is by the broken glass alone, the audit says so."""
    if known is None:
        return False
    lease = known.lease
    why = opening(ask.person, lease, whose(known), broken=False)
    if why in (Opening.OPEN, Opening.ELSEWHERE):
        return why is Opening.OPEN
    with ask.reading() as connection:
        broken = glass.is_open(connection, ask.person, lease.lease_id, ask.now.timestamp())
    if broken:
        ask.noted["glass"] = "broken"
    return broken


def lease_in(known: Known | None) -> Lease | None:
    """The lease of what is known."""
    return None if known is None else known.lease


def counts(ask: Ask, known: Known | None, paper: Paper, is_open: bool) -> Counted:
    """Which day the person may be promised, to whom the case `is_open` or not. A landlord's message
    is its own, and so is what comes of it; of a lease that is not there the paper is all there
    is."""
    if known is None or is_landlord(ask):
        return Counted()
    return counted(known.lease, paper) if is_open else Counted(may_say=False)


def read(ask: Ask, paper: str, given: Given, today: date) -> Fact | Faults:
    """The paper that the person's form tells, or all that is wrong with it. Of a lease that is not
    theirs to tell of nothing more is asked: whether it is registered is not theirs to know."""
    of_person = _of_person(ask, given)
    fact, lease_id = read_paper(paper, of_person, today), lease_of(of_person)
    known = known_at(ask, lease_id) if isinstance(lease_id, str) else None
    lease = lease_in(known)
    if not isinstance(lease_id, str) or hindered(lease, source_of(ask), lease_id) is not None:
        return fact
    if paper == "notice":
        return checked(fact, given["tenant_ref"], tenants_of(lease, opens(ask, known)))
    return addressed(fact, given["municipality"], served(ask), lease) if is_landlord(ask) else fact


def served(ask: Ask) -> list[str]:
    """The boards that a landlord may choose among, by name."""
    if not is_landlord(ask):
        return []
    with ask.reading() as connection:
        return sorted(boards(connection), key=lambda code: in_alphabet(named(code)))


def tenants(ask: Ask, paper: str, given: Given) -> list[Tenant]:
    """The tenants of the lease that a form names, to choose among."""
    lease_id = lease_of(given) if paper == "notice" else ""
    known = known_at(ask, lease_id) if isinstance(lease_id, str) and lease_id else None
    return tenants_of(lease_in(known), opens(ask, known))


def _of_person(ask: Ask, given: Given) -> Given:
    """The form with the landlord that a landlord's person is; one that bought the lease names it by
    its whole id."""
    if not is_landlord(ask):
        return given
    is_whole = spelling.lease_id(given["number"]) is not None
    return {**given, "landlord": "" if is_whole else ask.person.landlord or ""}
