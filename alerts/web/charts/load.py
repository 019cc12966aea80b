"""How much work lies where: a bar for each district or caseworker, its bands side by side."""

import zlib
from collections.abc import Iterator, Sequence
from typing import get_args

from markupsafe import Markup
from msgspec import Struct

from alerts.contract.messages import Band
from alerts.language.sentences import Language
from alerts.web.charts import svg
from models.phrase import phrase

BANDS: tuple[str, ...] = get_args(Band)
_TOP, _ROW, _BAR, _NAME = 26, 40, 18, 42  # height of the legend, a row, its bar; letters of a name
_ROOM = 34  # to the right of the bars, for the sum
_FITS = 9  # a number of one digit, and as much again for each more


class Load(Struct, frozen=True):
    """Open tasks of somebody, or of a district, by band; a band that has none may be left out.
    `seen` says beside the name when they last logged in."""

    name: str
    by_band: dict[str, int]
    seen: str = ""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_band.get(band, 0) for band in BANDS)


def load_chart(title: str, rows: Sequence[Load], language: Language) -> Markup:
    """The bars in the order of the rows; empty without rows. The `title` is one on its page, and
    a table beside has the same numbers."""
    if not rows:
        return Markup("")
    most = max(1, *(row.total for row in rows))
    parts = [*_legend(language)]
    for at, row in enumerate(rows):
        parts += _row(row, _TOP + at * _ROW, (svg.WIDTH - _ROOM) / most)
    about = " ".join(_said(row, language) for row in rows)
    name = f"load-{zlib.crc32(title.encode()):x}"
    return svg.picture(name, title, about, _TOP + len(rows) * _ROW, parts)


def _legend(language: Language) -> Iterator[Markup]:
    for at, band in enumerate(BANDS):
        yield svg.rect(at * 74, 2, 12, 12, f"load-{band.lower()}")
        yield svg.text(at * 74 + 17, 13, language.say(phrase("chart.band", band=band)))


def _row(row: Load, top: float, unit: float) -> Iterator[Markup]:
    name = row.name if len(row.name) <= _NAME else f"{row.name[: _NAME - 1]}…"
    yield svg.text(0, top + 11, name)
    x = 0.0
    for band in BANDS:
        count = row.by_band.get(band, 0)
        if count:
            yield svg.rect(x, top + 16, count * unit, _BAR, f"load-{band.lower()}")
            if count * unit >= _FITS * len(str(count)) + 2:
                middle, kind = x + count * unit / 2, f"on-{band.lower()}"
                yield svg.text(middle, top + 29, str(count), kind, "middle")
            x += count * unit
    yield svg.text(x + 5, top + 29, str(row.total), "sum")


def _said(row: Load, language: Language) -> str:
    bands = [
        phrase("chart.of_band", band=band, count=row.by_band.get(band, 0))
        for band in BANDS
        if row.by_band.get(band)
    ]
    name = "chart.load_bands" if bands else "chart.load_none"
    return language.say(phrase(name, name=row.name, total=row.total, bands=bands))
