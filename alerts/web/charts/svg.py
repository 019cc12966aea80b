"""An SVG picture: shapes by classes of the style sheet, text escaped, a title and a description.

A picture is 360 wide, so that its text can still be read on a phone; what it shows stands in words
in its description, and as a list or table beside it.
"""

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

WIDTH = 360
Anchor = Literal["start", "middle", "end"]

_PICTURE = Markup(
    '<svg class="chart" viewBox="0 0 {width} {height}" role="img" '
    'aria-labelledby="{name}-title {name}-about"><title id="{name}-title">{title}</title>'
    '<desc id="{name}-about">{about}</desc>{parts}</svg>'
)
_TEXT = Markup('<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{kind}">{said}</text>')
_LINE = Markup('<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{kind}"/>')
_RECT = Markup('<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" class="{kind}"/>')
_DOT = Markup('<circle cx="{x:g}" cy="{y:g}" r="{r:g}" class="{kind}"/>')
_PATH = Markup('<path d="{d}" class="{kind}"/>')


def picture(name: str, title: str, about: str, height: float, parts: Iterable[Markup]) -> Markup:
    """The whole picture. `name` begins its ids, and is one on its page."""
    inside = Markup("").join(parts)
    return _PICTURE.format(
        name=name, title=title, about=about, width=WIDTH, height=f"{height:g}", parts=inside
    )


def text(x: float, y: float, said: str, kind: str = "label", anchor: Anchor = "start") -> Markup:
    """Words; `y` is their base line."""
    return _TEXT.format(x=round(x, 1), y=round(y, 1), said=said, kind=kind, anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return _LINE.format(kind=kind, **{key: round(value, 1) for key, value in ends.items()})


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A rectangle."""
    sides = {"x": x, "y": y, "width": width, "height": height}
    return _RECT.format(kind=kind, **{key: round(value, 1) for key, value in sides.items()})


def dot(x: float, y: float, radius: float, kind: str) -> Markup:
    """A filled circle."""
    return _DOT.format(x=round(x, 1), y=round(y, 1), r=radius, kind=kind)


def steps(points: Iterable[tuple[float, float]], kind: str, floor: float | None = None) -> Markup:
    """A stepped line through points from the left; with a `floor`, the area between the two."""
    found = list(points)
    (first, top), last = found[0], found[-1][0]
    d = f"M{first:.1f} {top:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in found[1:])
    if floor is not None:
        d += f"H{last:.1f}V{floor:.1f}H{first:.1f}Z"
    return _PATH.format(d=d, kind=kind)
