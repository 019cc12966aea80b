"""Counts that leave the team's pages: where so few are that they could be recognised, none is told.

Nor is anybody told by what is left out: a district without a household is hidden like one with two,
and where one number alone is hidden in a row or a column, and so would be known from the rest,
the smallest of the others is hidden with it. A value of which no district has enough is left out.
"""

from collections.abc import Collection, Mapping

FEWEST = 3  # households that are told (ours)
Cell = tuple[str, str]  # row and column


def guarded(counts: Mapping[Cell, int], rows: Collection[str]) -> dict[Cell, int | None]:
    """The cells of a table with all these rows, None where it is too few to tell."""
    columns = sorted({column for (_, column), count in counts.items() if count >= FEWEST})
    lines = [[(row, column) for column in columns] for row in rows]
    across = [[(row, column) for row in rows] for column in columns]
    shown: dict[Cell, int | None] = {}
    for cell in (cell for line in lines for cell in line):
        count = counts.get(cell, 0)
        shown[cell] = count if count >= FEWEST else None
    while (given_away := _smallest_beside_one([*lines, *across], shown)) is not None:
        shown[given_away] = None
    return shown


def _smallest_beside_one(lines: list[list[Cell]], shown: Mapping[Cell, int | None]) -> Cell | None:
    """The smallest number of a line in which one alone is hidden; None if there is no such line."""
    for line in lines:
        told = [(count, cell) for cell in line if (count := shown[cell]) is not None]
        if told and len(told) == len(line) - 1:
            return min(told)[1]
    return None
