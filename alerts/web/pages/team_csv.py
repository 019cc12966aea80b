"""The team's counts as a file for a spreadsheet: semicolons between the cells, as in Sweden, and
nothing in it that a spreadsheet would calculate.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from starlette.responses import Response

from alerts.views.lists.outcome_names import NAMES
from alerts.views.lists.step_names import step_name
from alerts.views.team.few import FEWEST
from alerts.views.team.team_counts import EARLIER, PROTECTED, Counts, team_counts
from alerts.web.ask import Ask

_FEW = f"<{FEWEST}"
# What makes a spreadsheet take a cell for a formula, also in the wide forms of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def team_csv(ask: Ask) -> Response:
    """The file."""
    with ask.reading() as connection:
        day = ask.today(connection)
        counts = team_counts(connection, ask.scope, day)
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow([ask.say(f"csv.{name}") for name in ("district", "kind", "name", "households")])
    sheet.writerows(_rows(ask, counts))
    return Response(
        text.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bokvar-{day}.csv"'},
    )


def _rows(ask: Ask, counts: dict[str, Counts]) -> Iterator[list[str]]:
    town = ask.person.municipality or ""
    for kind, cells in counts.items():
        for (place, value), count in sorted(cells.items()):
            if kind == "open_step":
                value = step_name(ask.site.towns, town, value, ask.language)
            told = [_said(ask, place or "team.nowhere"), ask.say(f"csv.{kind}"), _said(ask, value)]
            yield [*map(plain, told), _FEW if count is None else str(count)]


def _said(ask: Ask, value: str) -> str:
    """A value in words, if it is a code of ours. Districts and steps are a town's own words."""
    if value not in (PROTECTED, EARLIER, "team.nowhere", *NAMES):
        return value
    said = ask.say(value)
    return said[:1].upper() + said[1:]


def plain(text: str) -> str:
    """A cell that a spreadsheet takes for a text, whatever it begins with."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
