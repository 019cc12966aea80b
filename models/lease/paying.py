"""Where the rent of one lease is paid to, as it is stored: only what a letter needs."""

from datetime import date

from msgspec import Struct


class Paying(Struct, array_like=True):
    """Accounts and OCR references in their one spelling (`models.contract.giro`).

    `account` and `ocr` are the lease's, told by the landlord `by`; `bills` those of its open
    invoices, by their ids. `form_3` is the account that the newest form 3 names, and the day on
    which that was sent.
    """

    by: str = ""
    account: str | None = None
    ocr: str | None = None
    bills: dict[str, tuple[str | None, str | None]] = {}
    form_3: tuple[date, str] | None = None
