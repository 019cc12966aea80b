"""A letter of a case: its form, its text to look at and to edit, and its files."""

from typing import Any

from msgspec import Struct
from starlette.responses import Response

from alerts.cases.situation import Situation
from alerts.letters import pdf, plain
from alerts.letters.editing import LONGEST
from alerts.letters.fault import TemplateFault, TextFault
from alerts.letters.given import Given
from alerts.letters.kinds import Kind
from alerts.letters.refusal import Refusal
from alerts.letters.templates import Templates
from alerts.letters.write import Letter, write
from alerts.views.lease import lease_page
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.case.opening import open_case
from alerts.web.case.seen import stamp
from alerts.web.letters.files import FORMS, letter_file
from alerts.web.letters.form import (
    begun,
    given_of,
    keep_sender,
    kind_of,
    known_values,
    mark,
    templates_of,
    too_long,
)
from alerts.web.letters.offers import offer, refusal_said, title
from alerts.web.letters.one_at_a_time import Busy, one_at_a_time
from models.phrase import Phrase, phrase
from models.stockholm import day_of

_UNBROKEN = 10_000  # columns: the browser breaks the lines, on a phone sooner


class _Opened(Struct, frozen=True):
    """The case of a letter and its kind."""

    known: Known
    situation: Situation
    kind: Kind

    @property
    def is_protected(self) -> bool:
        """Is the tenant's identity?"""
        return self.known.lease.household.protected


def letter_form(ask: Ask) -> Response:
    """What is to be given before the letter is written; or why there is none."""
    opened = _opened(ask)
    return _page(ask, opened, begun(ask))


def letter(ask: Ask) -> Response:
    """The letter: to be looked at, or as a file. What cannot be written loses nothing of what was
    given."""
    opened, form = _opened(ask), ask.given("as")
    given = given_of(ask, opened.kind)
    ask.noted["letter"] = opened.kind.name
    try:
        with one_at_a_time():
            made = _made(ask, opened, form, given)
    except TemplateFault as fault:
        return _page(ask, opened, given, 422, fault=ask.say(_fault_said(fault, given)))
    except Busy:
        return _page(ask, opened, given, 503, fault=ask.say("letter_page.busy"))
    if isinstance(made, Phrase):
        return _page(ask, opened, given, 422, fault=ask.say(made))
    response = made if isinstance(made, Response) else _page(ask, opened, given, **made)
    keep_sender(response, ask, given)
    return response


def _opened(ask: Ask) -> _Opened:
    kind = kind_of(ask)
    with ask.reading() as connection:
        known = open_case(ask, connection)
    return _Opened(known, lease_page.situation_of(known, ask.site.towns), kind)


def _made(ask: Ask, opened: _Opened, form: str, given: Given) -> Response | dict[str, Any] | Phrase:
    """The letter as a file, or what is shown of it; or why there is none."""
    written = _written(ask, opened, given)
    if isinstance(written, Phrase):
        return written
    if form in FORMS:
        return _file(ask, opened, form, written)
    return _look(ask, opened, written)


def _written(ask: Ask, opened: _Opened, given: Given) -> Letter | Phrase:
    fault = too_long(given)
    if fault is not None:
        return fault
    written = write(opened.kind, opened.situation, given, templates_of(ask))
    return refusal_said(written) if isinstance(written, Refusal) else written


def _fault_said(fault: TemplateFault, given: Given) -> Phrase:
    if isinstance(fault, TextFault) and given.text is not None:
        return fault.said
    if given.text is not None:
        return Phrase("letter_text.no_layout")
    return phrase("letter_page.broken", fault=str(fault))


def _file(ask: Ask, opened: _Opened, form: str, written: Letter) -> Response:
    ask.noted["as"] = form
    lease = () if opened.is_protected else (opened.known.lease.lease_id,)
    name = ask.say(title(opened.kind.name))
    return letter_file(form, written.document, templates_of(ask), name, *lease)


def _look(ask: Ask, opened: _Opened, written: Letter) -> dict[str, Any]:
    """What is shown of a letter that is written."""
    pages = pdf.pages(written.document, templates_of(ask))
    sheets, notes = len(written.document.sheets), list(written.notes)
    if pages > sheets:
        notes.insert(0, ask.say("letter_page.too_many", pages=pages, sheets=sheets))
    counted, today = opened.situation.today, day_of(ask.now)
    if counted != today:
        notes.insert(0, ask.say("letter.counted_on", on=counted, today=today))
    return {"written": written, "shown": plain.render(written.document, _UNBROKEN), "notes": notes}


def _page(
    ask: Ask, opened: _Opened, given: Given, status: int = 200, fault: str = "", **look: Any
) -> Response:
    facts = opened.kind.read(opened.situation)
    refused = refusal_said(facts) if isinstance(facts, Refusal) else None
    templates = Templates("sv", ask.site.templates)
    return ask.page(
        "letter.html",
        status,
        lease_id=opened.known.lease.lease_id,
        kind=opened.kind,
        offer=offer(opened.kind, opened.situation, opened.known.tasks),
        protected=opened.is_protected,
        died_on=opened.situation.died_on,
        refused=refused,
        given=given,
        known={} if isinstance(facts, Refusal) else known_values(facts, templates),
        languages=templates.languages(),
        language=ask.given("language") or "sv",
        seen=stamp(opened.known.lease),
        fault=fault,
        unedited=_unedited(ask, given, look.get("written")),
        longest=LONGEST,
        **{"written": None, "shown": "", "notes": [], **look},
    )


def _unedited(ask: Ask, given: Given, written: Letter | None) -> str:
    """The mark of the text as the template gave it: now, or when it was shown to be edited."""
    if given.text is None and written is not None:
        return mark(written.text)
    return ask.given("unedited")
