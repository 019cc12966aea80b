"""Plots of a model card as SVG: few marks, readable in print; the figures stand in the tables."""

from collections.abc import Mapping, Sequence
from html import escape

from models.risk.gate import Interval

WIDTH, HEIGHT, EDGE = 480, 300, 48
COLOURS = ("#1b5e8c", "#b34700", "#4a7a3a", "#6b4c9a", "#555555")
_Points = Sequence[tuple[float, float]]


def lines(title: str, across: str, up: str, drawn: Mapping[str, _Points], diagonal: bool) -> str:
    """Lines through points, by name; with a `diagonal` where both axes are the same share."""
    points = [point for each in drawn.values() for point in each]
    most_x = max((x for x, _ in points), default=1.0) or 1.0
    most_y = max((y for _, y in points), default=1.0) or 1.0
    if diagonal:
        most_x = most_y = max(most_x, most_y)
    parts = [_frame(title, across, up, most_x, most_y)]
    if diagonal:
        x0, y0, x1, y1 = *_at(0, 0, 1, 1), *_at(1, 1, 1, 1)
        parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#999" stroke-dasharray="4"/>')
    for number, (name, each) in enumerate(drawn.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [_at(x, y, most_x, most_y) for x, y in each]
        path = "L".join(f"{x} {y}" for x, y in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
        parts.append(_legend(name, number, colour))
    return _svg(title, parts)


def bars(
    title: str, across: str, up: str, drawn: Mapping[str, Interval], mark: float | None = None
) -> str:
    """A bar for each name, with its interval; and a dashed line where all should `mark`."""
    most = max((*(one.high for one in drawn.values()), mark or 0)) or 1.0
    wide = (WIDTH - 2 * EDGE) / max(1, len(drawn))
    parts = [_frame(title, across, up, None, most)]
    for number, (name, one) in enumerate(drawn.items()):
        left = EDGE + wide * (number + 0.2)
        middle, top = left + wide * 0.3, _at(0, one.value, 1, most)[1]
        low, high = (_at(0, bound, 1, most)[1] for bound in (one.low, one.high))
        parts += [
            f'<rect x="{left:.1f}" y="{top}" width="{wide * 0.6:.1f}" '
            f'height="{HEIGHT - EDGE - top:.1f}" fill="{COLOURS[0]}"/>',
            f'<path d="M{middle:.1f} {low}V{high}" stroke="#000"/>',
            f'<text x="{middle:.1f}" y="{HEIGHT - EDGE + 14}" text-anchor="middle">'
            f"{escape(name)}</text>",
        ]
    if mark is not None:
        y = _at(0, mark, 1, most)[1]
        parts.append(f'<path d="M{EDGE} {y}H{WIDTH - EDGE}" stroke="#999" stroke-dasharray="4"/>')
    return _svg(title, parts)


def _at(x: float, y: float, most_x: float, most_y: float) -> tuple[float, float]:
    across = EDGE + (WIDTH - 2 * EDGE) * x / most_x
    return round(across, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * y / most_y, 1)


def _frame(title: str, across: str, up: str, most_x: float | None, most_y: float) -> str:
    bottom, right = HEIGHT - EDGE, WIDTH - EDGE
    marks = [f'<text x="{EDGE - 6}" y="{EDGE + 4}" text-anchor="end">{most_y:.3g}</text>']
    if most_x is not None:
        marks.append(
            f'<text x="{right}" y="{bottom + 14}" text-anchor="middle">{most_x:.3g}</text>'
        )
    return (
        f'<text x="{WIDTH / 2}" y="20" text-anchor="middle" font-weight="bold">'
        f"{escape(title)}</text>"
        f'<path d="M{EDGE} {EDGE}V{bottom}H{right}" fill="none" stroke="#000"/>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="14" y="{HEIGHT / 2}" transform="rotate(-90 14 {HEIGHT / 2})" '
        f'text-anchor="middle">{escape(up)}</text>' + "".join(marks)
    )


def _legend(name: str, number: int, colour: str) -> str:
    return (
        f'<text x="{WIDTH - EDGE}" y="{EDGE + 14 * number}" text-anchor="end" fill="{colour}">'
        f"{escape(name)}</text>"
    )


def _svg(title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="11">'
        f"{''.join(parts)}</svg>"
    )
