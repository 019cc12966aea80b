"""The meetings that playbooks name: which are held when, and from when on they are prepared."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Meeting
from alerts.playbooks.meetings import meetings_through, prepared_from
from alerts.views.playbooks.playbook_step import said
from models.phrase import Phrase


class Coming(Struct, frozen=True):
    """A meeting on a day. `name` is what `letter meeting-pack --meeting` knows it by; its pack is
    prepared from `prepare_from` on."""

    on: date
    prepare_from: date
    name: str
    title: Phrase
    who: list[str]
    pack: str
    municipalities: list[str]


def coming(ways: Iterable[Way], first: date, last: date) -> list[Coming]:
    """The meetings held from `first` through `last`, nearest first."""
    found = [
        Coming(
            on=held.on,
            prepare_from=prepared_from(held.on),
            name=name_of(way, held.meeting),
            title=title(held.meeting),
            who=held.meeting.who,
            pack=held.meeting.pack,
            municipalities=way.playbook.applies.municipalities,
        )
        for way in ways
        for held in meetings_through(way.playbook, first, last)
    ]
    return sorted(found, key=lambda one: (one.on, one.name))


def named(ways: Iterable[Way], name: str) -> list[tuple[Way, Meeting]]:
    """The meetings that a name may mean: PLAYBOOK/ID, or an ID alone."""
    return [
        (way, meeting)
        for way in ways
        for meeting in way.playbook.meetings
        if name in (meeting.id, name_of(way, meeting))
    ]


def name_of(way: Way, meeting: Meeting) -> str:
    """What a meeting is known by."""
    return f"{way.name}/{meeting.id}"


def title(meeting: Meeting) -> Phrase:
    """What a meeting is called."""
    return said(meeting.text if meeting.text is not None else meeting.id)
