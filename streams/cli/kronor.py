"""An amount as a person writes it on the command line: kronor, with at most two decimals."""

from streams.cli.refuse import refuse

MOST = 10_000_000  # kronor; more is a slip


def ore(kronor: float, option: str) -> int:
    """The amount in öre."""
    found = round(kronor * 100)
    if not 0 < kronor <= MOST or abs(found - kronor * 100) > 1e-6:
        refuse(
            f"{option} {kronor}: give kronor, more than nothing and at most {MOST:,}, as 7800.50"
        )
    return found
