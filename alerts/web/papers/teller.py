"""Who tells a paper by the form: for whom, what they are asked, and what they may choose among."""

from datetime import date

from alerts.access.people import in_alphabet
from alerts.access.person import Role
from alerts.access.scope import Opening, opening
from alerts.commands.stored_cases import StoredCases
from alerts.commands.tell_paper import hindered
from alerts.language.municipalities import named
from alerts.views.boards import boards
from alerts.web.ask import Ask
from alerts.web.papers.boards import addressed
from alerts.web.papers.checks import Faults, Given, lease_of
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


def lease_at(ask: Ask, lease_id: str) -> Lease | None:
    """What is known of a lease."""
    stand = StoredCases(ask.site.engine)(lease_id)
    return None if stand is None else stand.lease


def opens(ask: Ask, lease: Lease | None) -> bool:
    """May the person open the case by their role and district alone?"""
    return lease is not None and opening(ask.person, lease, (), False) is Opening.OPEN


def read(ask: Ask, paper: str, given: Given, today: date) -> Fact | Faults:
    """The paper that the person's form tells, or all that is wrong with it. Of a lease that is not
    theirs to tell of nothing more is asked: whether it is registered is not theirs to know."""
    of_person = _of_person(ask, given)
    fact, lease_id = read_paper(paper, of_person, today), lease_of(of_person)
    lease = lease_at(ask, lease_id) if isinstance(lease_id, str) else None
    if not isinstance(lease_id, str) or hindered(lease, source_of(ask), lease_id) is not None:
        return fact
    if paper == "notice":
        return checked(fact, given["tenant_ref"], tenants_of(lease, opens(ask, lease)))
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
    lease = lease_at(ask, lease_id) if isinstance(lease_id, str) and lease_id else None
    return tenants_of(lease, opens(ask, lease))


def _of_person(ask: Ask, given: Given) -> Given:
    """The form with the landlord that a landlord's person is; one that bought the lease names it by
    its whole id."""
    if not is_landlord(ask):
        return given
    is_whole = spelling.lease_id(given["number"]) is not None
    return {**given, "landlord": "" if is_whole else ask.person.landlord or ""}
