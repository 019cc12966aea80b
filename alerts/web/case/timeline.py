"""Everything that happened in a case in one line of time, the newest first.

Nothing stands there twice: what was reported is said by the act, not again by the task that it
closed, and what changed of a task stands with the task.

Within a day the newest is first too, as far as that is known: money, papers and contacts come
before what the list made of them, and a task before what was reported of it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from alerts.language.sentences import Language
from alerts.views.lease.lease_contacts import contacts
from alerts.views.lease.lease_contacts_parts import Attempt, CaseAct, Consent
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page_parts import Page
from alerts.web.case.law_events import law_events
from alerts.web.case.money_events import money_events
from models.lease.state import Lease
from models.phrase import Phrase


class Event(Struct, frozen=True):
    """What happened on a day; `kind` is rent, paid, contact, act, task or consent."""

    on: date
    kind: str
    text: str


def timeline(page: Page, known: Known, language: Language) -> list[Event]:
    """Rent, payments, contacts, papers, acts, consents, the law's days and the tasks, together."""
    found = [
        *_facts(page, known.lease, language),
        *_of("contact", contacts(known.lease, language), language),
        *_of("consent", page.consents, language),
        *_told(known, language, reported=True),
        *_of("act", page.case_acts, language),
        *_told(known, language, reported=False),
    ]
    return sorted(dict.fromkeys(found), key=lambda event: event.on)[::-1]


def _facts(page: Page, lease: Lease, language: Language) -> Iterator[Event]:
    """What money and the law have done."""
    for on, kind, said in money_events(page.account, lease.signals, page.today):
        yield Event(on, kind, language.say(said))
    for on, said in law_events(lease, page.today):
        yield Event(on, "law", without_day(language.say(said), on, language))


def _of(
    kind: str, events: Iterable[Attempt | CaseAct | Consent], language: Language
) -> Iterator[Event]:
    for one in events:
        yield Event(one.on, kind, without_day(one.text, one.on, language))


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


def _told(known: Known, language: Language, *, reported: bool) -> Iterator[Event]:
    """What the list said of the tasks that are `reported`, or of all else in the case, but for what
    stands elsewhere."""
    signals = known.lease.signals
    those = {
        act.task_id
        for act in signals.acts
        if act.kind == "reported" and act.act_id not in signals.undone
    }
    for row in known.history:
        if (row.task_id in those) is not reported:
            continue
        said = [one for one in row.said if not _stands_elsewhere(one, reported)]
        if text := language.line(said):
            yield Event(date.fromisoformat(row.day), "task", text)


def _stands_elsewhere(said: Phrase, reported: bool) -> bool:
    if said.code == "history.closed":
        why = said.args["reason"]
        return reported and isinstance(why, dict) and why["code"] == "closed.reported"
    return said.code in ("history.changed", "date.evicted")  # the step itself stands there
