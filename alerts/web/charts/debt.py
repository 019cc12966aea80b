"""What is owed over time."""

from datetime import date

from markupsafe import Markup

from alerts.language.sentences import Language
from alerts.views.lease_page_parts import Account


def debt_chart(account: Account, today: date, language: Language) -> Markup:
    """The picture; empty where nothing was ever due."""
    return Markup("")
