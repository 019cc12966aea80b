"""The case as text, for the municipality's own case system: marked and copied by hand."""

from starlette.responses import Response

from alerts.letters.rent import read_rent
from alerts.views.lease import lease_page
from alerts.views.lease.lease_contacts import contacts
from alerts.web.ask import Ask
from alerts.web.case.opening import open_case
from alerts.web.case.text import case_text as as_text
from alerts.web.named import named, names_of


def case_text(ask: Ask) -> Response:
    """The text."""
    with ask.reading() as connection:
        known = open_case(ask, connection)
        known = named(known, names_of(ask, connection, known))
    situation = lease_page.situation_of(known, ask.site.towns)
    page = lease_page.page_of(known, situation, ask.language)
    text = as_text(page, contacts(known.lease, ask.language), read_rent(situation), ask.language)
    return ask.page(
        "case_text.html",
        lease_id=page.lease_id,
        protected=page.household.protected_identity,
        text=text,
    )
