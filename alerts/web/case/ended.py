"""How a lease that has ended, or whose tenant has died, is said, and what its unpaid rent means."""

from alerts.letters.rent import Rent
from alerts.views.lease.lease_page_parts import Page
from models.phrase import Phrase, phrase


def ended_said(page: Page) -> Phrase | None:
    """That the lease ends or has ended; of a death that too, also long after it. While the law's
    days run they run against those who lived there."""
    if page.died_on is not None:
        running = page.legal.running and not page.over
        return phrase("case.died_running" if running else "case.died", on=page.died_on)
    if page.ended_on is None:
        return None
    return phrase("case.ended" if page.ended_on < page.today else "case.ends", on=page.ended_on)


def sum_said(page: Page, rent: Rent) -> Phrase:
    """What paying the sum does: the words that follow the amount."""
    if page.over:
        return Phrase("case.sum_over")
    if any(one.name == "recovery_floor" for one in page.legal.deadlines):
        return Phrase("case.sum_floor")
    if page.ended_on is not None and page.died_on is None and rent.saving == "open":
        return Phrase("case.sum_ending")
    after = "_died" if page.died_on is not None and rent.saving == "open" else ""
    return Phrase(f"case.sum_{rent.saving}{after}")
