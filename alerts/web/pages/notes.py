"""A caseworker's own notes in a case: to write one, and to take back one's own."""

from starlette.responses import Response

from alerts.access.notes import LONGEST, take_back, write_note
from alerts.web.ask import Ask
from alerts.web.case.opening import open_case
from alerts.web.case.telling import row_id_of
from alerts.web.faults import NotThere, Wrong
from alerts.web.links import link


def note(ask: Ask) -> Response:
    """Keep a note of the caseworker's own."""
    lease_id, text = _opened(ask), ask.given("text")
    if not text or len(text) > LONGEST:
        raise Wrong(ask.say("act_form.note_length", most=LONGEST))
    note_id = row_id_of(ask)
    write_note(ask.site.engine, note_id, lease_id, ask.person, text, ask.now)
    ask.noted["note"] = note_id
    return _back(ask, lease_id)


def take_back_note(ask: Ask) -> Response:
    """Erase the text of one's own note. Another's is not there."""
    lease_id, note_id = _opened(ask), ask.given("note")
    if not take_back(ask.site.engine, note_id, lease_id, ask.person, ask.now):
        raise NotThere
    ask.noted["note"] = note_id
    return _back(ask, lease_id)


def _opened(ask: Ask) -> str:
    with ask.reading() as connection:
        return open_case(ask, connection).lease.lease_id


def _back(ask: Ask, lease_id: str) -> Response:
    return ask.to(link("case", lease=lease_id) + "#notes")
