"""What a file's rows show together and none by itself: it was written in a way that misleads."""

from collections.abc import Mapping

from alerts.learning.export_files import ExportError

_UNEVEN = 10  # ours: a file of which more than a tenth of the rows are uneven is refused


def refuse_uneven(name: str, rows: int, uneven: int) -> None:
    """A few rows with more or fewer fields than columns are slips; many are a file that was written
    wrongly, and those left would be the rows with whole kronor alone."""
    if uneven * _UNEVEN > rows:
        raise ExportError(
            f"{name}: {uneven:,} of {rows:,} rows have more or fewer fields than the first line "
            "has columns; with a decimal comma in the amounts, put semicolons between the columns, "
            "or quotation marks around the amounts"
        )


def refuse_months_first(name: str, orders: Mapping[str | None, int]) -> None:
    """Dates with slashes are read with the day first. Where more can only have the month first, so
    have the others, and half a file would be read with wrong days."""
    if orders.get("month_first", 0) > orders.get("day_first", 0):
        raise ExportError(
            f"{name}: {orders['month_first']:,} dates have the month before the day (1/31/2026), "
            "where Bokvar reads 31/1/2026; write the dates as 2026-01-31"
        )
