"""Everything that happened in a case in one line of time, the newest first.

Nothing stands there twice: what was reported is said by the act, not again by the task that it
closed, and what changed of a task stands with the task.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from alerts.language.sentences import Language
from alerts.views.lease.lease_contacts import contacts
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page_parts import Account, Page
from alerts.web.case.law_events import law_events
from models.phrase import Phrase, phrase


class Event(Struct, frozen=True):
    """What happened on a day; `kind` is rent, paid, contact, act, task or consent."""

    on: date
    kind: str
    text: str


def timeline(page: Page, known: Known, language: Language) -> list[Event]:
    """Rent, payments, contacts, papers, acts, consents, the law's days and the tasks, together."""
    found = [*_told(known, language), *_money(page.account, page.today, language)]
    for kind, events in (
        ("contact", contacts(known.lease, language)),
        ("act", page.case_acts),
        ("consent", page.consents),
    ):
        found += [Event(one.on, kind, without_day(one.text, one.on, language)) for one in events]
    for on, said in law_events(known.lease, page.today):
        found.append(Event(on, "law", without_day(language.say(said), on, language)))
    return sorted(dict.fromkeys(found), key=lambda event: event.on, reverse=True)


def without_day(text: str, day: date, language: Language) -> str:
    """A sentence for a line that begins with its day, which it then does not name itself."""
    said = language.day(day)
    bare = text.removeprefix(f"{said}: ").removesuffix(f" {said}")
    return f"{bare[:1].upper()}{bare[1:]}".removesuffix(".") + "."


def revisions(known: Known, language: Language) -> dict[str, list[Event]]:
    """What changed at each revision of each task, by its id; the oldest first."""
    found: dict[str, list[Event]] = {}
    for row in known.history:
        text = language.line(row.said)
        if row.task_id is not None and text:
            event = Event(date.fromisoformat(row.day), "task", text)
            found.setdefault(row.task_id, []).append(event)
    return found


def _told(known: Known, language: Language) -> Iterator[Event]:
    """What the list said of the case, but for what stands elsewhere."""
    signals = known.lease.signals
    reported = {
        act.task_id
        for act in signals.acts
        if act.kind == "reported" and act.act_id not in signals.undone
    }
    for row in known.history:
        said = [one for one in row.said if not _stands_elsewhere(one, row.task_id in reported)]
        if text := language.line(said):
            yield Event(date.fromisoformat(row.day), "task", text)


def _stands_elsewhere(said: Phrase, reported: bool) -> bool:
    if said.code == "history.closed":
        why = said.args["reason"]
        return reported and isinstance(why, dict) and why["code"] == "closed.reported"
    return said.code in ("history.changed", "date.evicted")  # the step itself stands there


def _money(account: Account, today: date, language: Language) -> Iterator[Event]:
    for invoice in account.invoices:
        if invoice.due_on <= today:
            due = phrase("timeline.rent_due", ore=invoice.rent_ore, period=invoice.period)
            yield Event(invoice.due_on, "rent", language.say(due))
    for paid in account.payments:
        name = "paid_reversed" if paid.reversed_on else "paid"
        said = language.say(phrase(f"timeline.{name}", ore=paid.amount_ore))
        yield Event(paid.booked_on, "paid", said)
    for back in account.refunds:
        yield Event(back.on, "paid", language.say(phrase("timeline.refunded", ore=back.amount_ore)))
