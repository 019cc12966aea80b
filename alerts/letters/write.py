"""Makes a letter of its sheets, as a page and as plain text."""

from datetime import date

from alerts.letters import page, plain
from alerts.letters.sheet import NO_ADVICE, Letter, Sheet, Signatory


def write(
    sheets: tuple[Sheet, ...],
    *,
    signatory: Signatory,
    on: date,
    last_day: date,
    legal_basis: str,
    notes: tuple[str, ...],
) -> Letter:
    """The letter of these sheets, dated `on`; the first names its title and recipient."""
    first = sheets[0]
    every_note = (*notes, NO_ADVICE)
    return Letter(
        title=first.title,
        to=first.to[0].strip("[]"),
        body_html=page.render(sheets, signatory, on, legal_basis, every_note),
        body_text=plain.render(sheets, signatory, on, legal_basis),
        last_day=last_day,
        legal_basis=legal_basis,
        notes=every_note,
    )
