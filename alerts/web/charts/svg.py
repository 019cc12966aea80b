"""An SVG picture: shapes by classes of the style sheet, text escaped, a title and a description.

A picture is 360 wide, so that its text can still be read on a phone; what it shows stands in words
in its description, and as a list or table beside it.
"""

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup, escape

WIDTH = 360
Anchor = Literal["start", "middle", "end"]

_PICTURE = Markup(
    '<svg class="chart" viewBox="0 0 {width} {height}" role="img" '
    'aria-labelledby="{name}-title {name}-about"><title id="{name}-title">{title}</title>'
    '<desc id="{name}-about">{about}</desc>{parts}</svg>'
)


def picture(name: str, title: str, about: str, height: float, parts: Iterable[Markup]) -> Markup:
    """The whole picture. `name` begins its ids, and is one on its page."""
    inside = Markup("").join(parts)
    return _PICTURE.format(
        name=name, title=title, about=about, width=WIDTH, height=f"{height:g}", parts=inside
    )


# A picture has hundreds of shapes: numbers and the names of classes are ours, and only words are
# escaped.
def text(x: float, y: float, said: str, kind: str = "label", anchor: Anchor = "start") -> Markup:
    """Words; `y` is their base line."""
    at = f'x="{_short(x)}" y="{_short(y)}" text-anchor="{anchor}" class="{kind}"'
    return Markup(f"<text {at}>{escape(said)}</text>")


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    ends = f'x1="{_short(x1)}" y1="{_short(y1)}" x2="{_short(x2)}" y2="{_short(y2)}"'
    return Markup(f'<line {ends} class="{kind}"/>')


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A rectangle."""
    at = f'x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}"'
    return Markup(f'<rect {at} class="{kind}"/>')


def dot(x: float, y: float, radius: float, kind: str) -> Markup:
    """A filled circle."""
    return Markup(f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{radius:g}" class="{kind}"/>')


def steps(points: Iterable[tuple[float, float]], kind: str, floor: float | None = None) -> Markup:
    """A stepped line through points from the left; with a `floor`, the area between the two."""
    found = list(points)
    (first, top), last = found[0], found[-1][0]
    d = f"M{first:.1f} {top:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in found[1:])
    if floor is not None:
        d += f"H{last:.1f}V{floor:.1f}H{first:.1f}Z"
    return Markup(f'<path d="{d}" class="{kind}"/>')


def _short(value: float) -> str:
    """A number with at most one decimal."""
    return f"{round(value, 1):g}"
