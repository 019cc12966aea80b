"""Everything that happened in a case in one line of time, the newest first."""

from datetime import date

from msgspec import Struct

from alerts.language.sentences import Language
from alerts.views.lease_page_parts import Page
from models.phrase import phrase


class Event(Struct, frozen=True):
    """What happened on a day; `kind` is rent, paid, contact, act, task, consent or plan."""

    on: date
    kind: str
    text: str


def timeline(page: Page, language: Language) -> list[Event]:
    """Rent, payments, contacts, acts, consents and what the list said, together."""
    say = language.say
    found = [
        Event(date.fromisoformat(line.day), "task", line.text) for line in page.history if line.text
    ]
    found += [Event(one.on, "contact", f"{one.text}.") for one in page.attempts]
    found += [
        Event(one.on, "act", f"{one.text}.") for one in page.case_acts if one.kind != "reported"
    ]
    found += [Event(one.on, "consent", f"{one.text}.") for one in page.consents]
    for invoice in page.account.invoices:
        if invoice.due_on <= page.today:
            text = say(phrase("timeline.rent_due", ore=invoice.rent_ore, period=invoice.period))
            found.append(Event(invoice.due_on, "rent", text))
    for paid in page.account.payments:
        name = "paid_reversed" if paid.reversed_on else "paid"
        found.append(
            Event(paid.booked_on, "paid", say(phrase(f"timeline.{name}", ore=paid.amount_ore)))
        )
    return sorted(found, key=lambda event: event.on, reverse=True)
