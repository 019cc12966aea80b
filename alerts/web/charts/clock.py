"""The statutory clock drawn: the law's days on one axis of time, and who can do what until when."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from textwrap import wrap

from markupsafe import Markup
from msgspec import Struct

from alerts.language.sentences import Language
from alerts.views.lease.lease_page_parts import Deadline, Legal
from alerts.web.charts import svg
from models.phrase import Phrase, phrase

_LEFT, _RIGHT = 2, 352
_LINE, _BAR, _GAP = 15, 12, 14  # heights: of a line of words, of a bar, between rows
_WEEKS = 200  # days on an axis that shows its Mondays
_WRAP = 52  # letters of a line
_BEFORE = timedelta(days=2)  # room before the first day


class _Row(Struct, frozen=True):
    """What ends on a day: of the law, or somebody's right to do something."""

    on: date
    words: list[str]
    left: str
    kind: str

    @property
    def height(self) -> int:
        """Of its words and its bar."""
        return (len(self.words) + 1) * _LINE + _BAR + _GAP


def clock_chart(legal: Legal, today: date, language: Language) -> Markup:
    """The picture; empty where no day runs. The list beside says the same."""
    rows = [*_days(legal.deadlines, language), *_acts(legal, today, language)]
    if not any(row.on >= today for row in rows):
        return Markup("")
    axis = _Axis(min(today, *(row.on for row in rows)) - _BEFORE, max(row.on for row in rows))
    parts, top = list[Markup](), 0.0
    for row in rows:
        parts += _drawn(row, top, axis.x(today), axis.x(row.on))
        top += row.height
    parts += _below(axis, top, today, language)
    about = " ".join(f"{' '.join(row.words)}: {row.left}." for row in rows)
    return svg.picture("clock-chart", language.say("chart.clock"), about, top + 20, parts)


class _Axis(Struct, frozen=True):
    """From the first day to the last."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands, from the left."""
        days = (self.last - self.first).days
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first).days / days


def _below(axis: _Axis, y: float, today: date, language: Language) -> Iterator[Markup]:
    """The line of time with its Mondays, today and the last day."""
    yield svg.line(_LEFT, y, _RIGHT, y, "axis")
    days = (axis.last - axis.first).days
    for number in range(days + 1):
        day = axis.first + timedelta(days=number)
        if day.weekday() == 0 and days <= _WEEKS:
            yield svg.line(axis.x(day), y, axis.x(day), y + 4, "axis")
    now = axis.x(today)
    yield svg.line(now, y - 4, now, y + 6, "now")
    near = now > svg.WIDTH / 2
    yield svg.text(now, y + 18, language.say("chart.today"), "label", "end" if near else "start")
    if not near:
        yield svg.text(_RIGHT, y + 18, language.day(axis.last), "label", "end")


def _days(deadlines: Sequence[Deadline], language: Language) -> Iterator[_Row]:
    for one in sorted(deadlines, key=lambda deadline: deadline.on):
        kind = "passed" if one.days_left is None else "law"
        yield _Row(one.on, wrap(one.text, _WRAP), language.say(_left(one)), kind)


def _left(deadline: Deadline) -> Phrase:
    days, on = deadline.days_left, deadline.on
    if days is None:
        return phrase("chart.passed", on=on)
    if days > 1:
        return phrase("chart.left", on=on, days=days)
    if days == 1:
        return phrase("chart.left_one", on=on)
    return phrase(f"chart.left_{'floor' if deadline.name == 'recovery_floor' else 'today'}", on=on)


def _acts(legal: Legal, today: date, language: Language) -> Iterator[_Row]:
    for act in legal.acts:
        if act.through is not None and act.through >= today:
            said = language.say(phrase("chart.act", actor=act.actor, what=act.what))
            until = language.say(phrase("chart.through", on=act.through))
            yield _Row(act.through, wrap(said, _WRAP), until, "can")


def _drawn(row: _Row, top: float, now: float, end: float) -> Iterator[Markup]:
    """The words of a row above its bar, which goes from today to its day, either way."""
    for at, words in enumerate(row.words):
        yield svg.text(_LEFT, top + 12 + at * _LINE, words)
    y = top + len(row.words) * _LINE
    yield svg.text(_LEFT, y + 12, row.left, "sum")
    y += _LINE + 4
    yield svg.line(_LEFT, y + _BAR / 2, _RIGHT, y + _BAR / 2, "grid")
    yield svg.rect(min(now, end), y, abs(end - now), _BAR, row.kind)
    yield svg.dot(end, y + _BAR / 2, _BAR / 2, row.kind)
    yield svg.line(now, y - 2, now, y + _BAR + 2, "now")
