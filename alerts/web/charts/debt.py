"""What is owed over time: a stepped line of the rent that was due and unpaid, with the payments."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from alerts.language.sentences import Language
from alerts.views.lease.owed import Owed
from alerts.web.charts import svg
from models.phrase import phrase

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 64, 350, 34, 170, 192
_LABELS = 5  # months that are named
_KRONOR = 100  # öre


def debt_chart(owed: Sequence[Owed], language: Language) -> Markup:
    """The picture; empty where nothing was owed. The points are as `alerts.views.lease.owed` has
    them, the last of them today's."""
    most = max(owed, key=lambda point: point.ore, default=None)
    if most is None or not most.ore or len(owed) < 2:
        return Markup("")
    frame = _Frame(owed[0].on, owed[-1].on, most.ore)
    points = [(frame.x(one.on), frame.y(one.ore)) for one in owed]
    parts = [
        *_axes(frame, language),
        svg.steps(points, "area", _FLOOR),
        svg.steps(points, "owed"),
        *(
            svg.dot(x, y, 4, "dot")
            for (x, y), one in zip(points, owed, strict=True)
            if one.paid_ore
        ),
        svg.line(_RIGHT, _TOP - 8, _RIGHT, _FLOOR, "now"),
        *_legend(owed, language),
    ]
    about = phrase(
        "chart.debt_about",
        first=owed[0].on,
        most=most.ore,
        on=most.on,
        now=owed[-1].ore,
        count=sum(1 for one in owed if one.paid_ore),
    )
    title = language.say("chart.debt")
    return svg.picture("debt-chart", title, language.say(about), _HEIGHT, parts)


class _Frame:
    """Where days and amounts stand."""

    def __init__(self, first: date, last: date, most: int) -> None:
        self.first, self.last = first, last
        self.step = _step(most)
        self.top = -(-most // self.step) * self.step

    def x(self, day: date) -> float:
        """From the left."""
        days = (self.last - self.first).days
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first).days / days

    def y(self, ore: int) -> float:
        """From above."""
        return _FLOOR - (_FLOOR - _TOP) * ore / self.top


def _step(most: int) -> int:
    """A round number of öre between the lines, of which four at most reach `most`."""
    step = _KRONOR
    while True:
        for factor in (1, 2, 5):
            if step * factor * 4 >= most:
                return step * factor
        step *= 10


def _axes(frame: _Frame, language: Language) -> Iterator[Markup]:
    for ore in range(0, frame.top + 1, frame.step):
        y = frame.y(ore)
        yield svg.line(_LEFT, y, _RIGHT, y, "axis" if not ore else "grid")
        yield svg.text(_LEFT - 5, y + 4, language.kronor(ore), "label", "end")
    for month in _months(frame):
        x = frame.x(month)
        yield svg.line(x, _FLOOR, x, _FLOOR + 4, "axis")
        yield svg.text(x, _FLOOR + 17, _named(month, language), "label", "middle")


def _months(frame: _Frame) -> list[date]:
    """First days of months, evenly apart and few enough to be read. The last is well before today,
    whose own mark stands there."""
    first, last = frame.first, frame.last
    number = first.year * 12 + first.month  # of the month after the first
    every = [date(at // 12, at % 12 + 1, 1) for at in range(number, last.year * 12 + last.month)]
    apart = -(-len(every) // _LABELS) or 1
    return [day for day in every[::-1][::apart][::-1] if frame.x(day) < _RIGHT - 14]


def _named(month: date, language: Language) -> str:
    name = language.month(month.isoformat()[:7]).partition(" ")[0][:3]
    return f"{name} {month.year}" if month.month == 1 else name


def _legend(owed: Sequence[Owed], language: Language) -> Iterator[Markup]:
    yield svg.line(_LEFT, 10, _LEFT + 16, 10, "owed")
    yield svg.text(_LEFT + 21, 14, language.say("chart.unpaid"))
    if any(one.paid_ore for one in owed):
        yield svg.dot(_LEFT + 124, 10, 4, "dot")
        yield svg.text(_LEFT + 132, 14, language.say("chart.payment"))
    yield svg.text(_RIGHT, 14, language.say("chart.today"), "label", "end")
