"""The case as text, for the municipality's own case system: marked and copied by hand."""

from starlette.responses import Response

from alerts.access import people
from alerts.letters.rent import read_rent
from alerts.views import lease_page
from alerts.views.lease_contacts import contacts
from alerts.web.ask import Ask
from alerts.web.case_text import case_text as as_text
from alerts.web.cases import open_case


def case_text(ask: Ask) -> Response:
    """The text."""
    with ask.reading() as connection:
        known = open_case(ask, connection)
        names = people.names(connection, (act.by for act in known.lease.signals.acts))
    situation = lease_page.situation_of(known, ask.site.towns)
    page = lease_page.page(known, ask.language, ask.site.towns, names)
    text = as_text(page, contacts(known.lease, ask.language), read_rent(situation), ask.language)
    return ask.page(
        "case_text.html",
        lease_id=page.lease_id,
        protected=page.household.protected_identity,
        text=text,
    )
