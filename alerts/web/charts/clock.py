"""The statutory clock drawn: which days of the law come when."""

from datetime import date

from markupsafe import Markup

from alerts.language.sentences import Language
from alerts.views.lease_page_parts import Legal


def clock_chart(legal: Legal, today: date, language: Language) -> Markup:
    """The picture; empty where no day runs."""
    return Markup("")
