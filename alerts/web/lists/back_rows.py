"""A case of which nothing is asked just now, as a row of what waits: its day leads, then what was
done, and why it comes back."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.views.lists.coming_back import Back
from alerts.web.lists.rows import Row, rows
from alerts.web.named import Names
from models.phrase import phrase


def by_day(
    waiting: Iterable[VisitTask],
    back: Sequence[Back],
    today: date,
    language: Language,
    names: Names,
) -> list[Row]:
    """The rows of tasks that wait and of cases that come back, by their days."""
    waits = rows(waiting, today, language, names)
    days = [(row.waits_until or today, row) for row in waits]
    said = rows([_task(one) for one in back], today, language, names)
    days += [
        (one.on or date.max, _row(one, row, language)) for one, row in zip(back, said, strict=True)
    ]
    return [row for _, row in sorted(days, key=lambda one: one[0])]


def _task(one: Back) -> VisitTask:
    """The closed task with what its case waits for; no list says all of that."""
    until = one.on if one.waits_for is not None else None
    return replace(one.task, waits_until=until, waits_for=one.waits_for)


def _row(one: Back, row: Row, language: Language) -> Row:
    if one.on is None:
        unit, why = language.say("row.back_never"), list[str]()
    else:
        unit = language.say(phrase("row.back", on=one.on))
        follow_up = phrase("row.follow_up", on=one.on)
        why = [] if one.waits_for is not None else [language.say(follow_up)]
    return replace(row, unit=unit, late=False, came_of=row.closed or "", done=[*why, *row.done])
