"""A playbook as people read it: phrases in sections, every step and every term of it."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from alerts.cases.duties import DUTIES
from alerts.playbooks.language import Applies, Playbook
from alerts.playbooks.meetings import Held, next_meetings
from alerts.views.playbooks.playbook_step import kinds, said, step_lines
from alerts.views.playbooks.playbook_terms import follow_up, guarantee_lines, rung_lines
from models.phrase import Phrase, phrase


class Section(Struct):
    """A heading, and what stands under it: a phrase a line, each with its own lines under it."""

    heading: Phrase
    lines: list[tuple[Phrase, list[Phrase]]]


class PlaybookPage(Struct):
    """What is said of a playbook before its sections, and these."""

    title: Phrase
    source: Phrase
    towns: Phrase
    sections: list[Section]


def page(playbook: Playbook, today: date) -> PlaybookPage:
    """All of a playbook, with the days on which its meetings are held next, from `today` on."""
    title = {"sv": playbook.title.sv, "en": playbook.title.en}
    return PlaybookPage(
        phrase("playbook.title", title=title, name=playbook.name),
        phrase("playbook.source", source=playbook.source),
        _towns(playbook.applies),
        [section for section in _sections(playbook, today) if section.lines],
    )


def _sections(playbook: Playbook, today: date) -> Iterator[Section]:
    steps = [step_lines(number, step, playbook) for number, step in enumerate(playbook.steps, 1)]
    yield Section(Phrase("playbook.steps"), steps)
    yield _plain("groups", _groups(playbook))
    yield _plain("follow_up", follow_up(playbook.follow_up))
    yield _plain("meetings", (_meeting(held) for held in next_meetings(playbook, today)))
    rungs = [rung_lines(number, rung) for number, rung in enumerate(playbook.ladder, 1)]
    yield Section(Phrase("playbook.ladder"), rungs)
    guarantees = [guarantee_lines(one) for one in playbook.guarantees]
    yield Section(Phrase("playbook.guarantees"), guarantees)
    yield _plain("every_tenant", map(said, playbook.every_tenant))
    yield _plain("measures", map(said, playbook.measures))
    yield _plain("duties", (doing.does for doing in DUTIES.values()))


def _plain(heading: str, lines: Iterable[Phrase]) -> Section:
    return Section(Phrase(f"playbook.{heading}"), [(line, []) for line in lines])


def _towns(applies: Applies) -> Phrase:
    if not applies.municipalities:
        return Phrase("playbook.no_towns")
    codes = ", ".join(applies.municipalities)
    which = [phrase("playbook_whom.kinds", kinds=kinds(applies.kinds))] if applies.kinds else []
    if applies.districts:
        which.append(phrase("playbook_whom.districts", districts=", ".join(applies.districts)))
    if which:
        return phrase("playbook.towns_some", codes=codes, which=which)
    return phrase("playbook.towns", codes=codes)


def _groups(playbook: Playbook) -> Iterator[Phrase]:
    for number, groups in enumerate(playbook.groups, 1):
        names = [Phrase(f"playbook_group.{group}") for group in groups]
        yield phrase("playbook.group", number=number, groups=names)


def _meeting(held: Held) -> Phrase:
    meeting = held.meeting
    name = said(meeting.text) if meeting.text is not None else said(meeting.id)
    return phrase(
        "playbook.meeting",
        name=name,
        working_day=meeting.working_day,
        every=Phrase(f"playbook_every.{meeting.every}"),
        on=held.on,
        who=", ".join(meeting.who),
        pack=Phrase(f"playbook_pack.{meeting.pack}"),
    )
