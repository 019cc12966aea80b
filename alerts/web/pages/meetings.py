"""The meetings of the municipality's playbooks, and their packs as PDF: numbers, and cases only of
those who have consented. The command line makes the same (`bokvar letter meeting-pack`).
"""

from datetime import date, timedelta

from starlette.responses import Response

from alerts.letters import pdf
from alerts.letters.fault import TemplateFault
from alerts.letters.given import Given, Signatory
from alerts.letters.kinds import MEETING_PACK
from alerts.letters.templates import Templates
from alerts.letters.write import compose
from alerts.views.lists import worklist
from alerts.views.team.meeting_facts import Meant, meeting_facts
from alerts.views.team.meetings import Coming, coming, named
from alerts.web.ask import Ask
from alerts.web.faults import Wrong
from alerts.web.letters.one_at_a_time import Busy, one_at_a_time

AHEAD = timedelta(weeks=53)  # every meeting is held within a year
LONGEST_PHONE, LONGEST_NAME = 60, 100


def meetings(ask: Ask) -> Response:
    """When each meeting is held next, and the form that makes its pack."""
    with ask.reading() as connection:
        day = ask.today(connection)
    return ask.page("meetings.html", day=day, meetings=_next(ask, day))


def make_pack(ask: Ask) -> Response:
    """The pack, as a file."""
    phone, town = ask.given("phone"), ask.given("municipality")[:LONGEST_NAME]
    if not phone or len(phone) > LONGEST_PHONE:
        raise Wrong(ask.say("meeting_page.no_phone", most=LONGEST_PHONE))
    meant = _meant(ask, ask.given("meeting"))
    with ask.reading() as connection:
        today = worklist.today(connection)
        if today is None:
            raise Wrong(ask.say("meeting_page.no_day"))
        facts = meeting_facts(connection, ask.scope, today, meant)
    given = Given(Signatory(ask.person.name, phone, town or None))
    try:
        templates = Templates(ask.language.name, ask.site.templates)
        with one_at_a_time():
            letter = compose(MEETING_PACK, facts, given, today, templates)
            made = pdf.render(letter.document, templates)
    except Busy:
        raise Wrong(ask.say("letter_page.busy")) from None
    except TemplateFault:
        raise Wrong(ask.say("meeting_page.template")) from None
    ask.noted |= {"meeting": ask.given("meeting"), "cases": str(len(facts.cases))}
    name = f"{ask.say('meeting_page.file')}-{today}.pdf"
    return Response(
        made,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _next(ask: Ask, day: date) -> list[Coming]:
    ways = ask.site.towns.of_town(ask.person.municipality or "")
    first = dict[str, Coming]()
    for one in coming(ways, day, day + AHEAD):
        first.setdefault(one.name, one)
    return list(first.values())


def _meant(ask: Ask, name: str) -> Meant | None:
    """The meeting of a name; None for no meeting in particular."""
    if not name:
        return None
    found = named(ask.site.towns.of_town(ask.person.municipality or ""), name)
    if len(found) != 1:
        raise Wrong(ask.say("meeting_page.no_such"))
    return Meant(*found[0])
