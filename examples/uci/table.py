"""Reads the vendored UCI file: payment behaviour on one side, the outcome on the other.

Only the columns named here are ever read. LIMIT_BAL, SEX, EDUCATION, MARRIAGE and AGE are not.
"""

import csv
import gzip
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

FILE = Path(__file__).with_name("uci_credit_card.csv.gz")

# The file runs from September 2005 back to April; here every table runs from April to September.
STATUS = ("PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0")
BILLED = ("BILL_AMT6", "BILL_AMT5", "BILL_AMT4", "BILL_AMT3", "BILL_AMT2", "BILL_AMT1")
PAID = ("PAY_AMT6", "PAY_AMT5", "PAY_AMT4", "PAY_AMT3", "PAY_AMT2", "PAY_AMT1")
OUTCOME = "default.payment.next.month"

Table = NDArray[np.int64]


class Behaviour(Struct, frozen=True):
    """One row a customer, one column a month from April to September 2005.

    `status` is the file's own: -2, -1 and 0 are in order, n is n months late. `billed` and `paid`
    are whole New Taiwan dollars.
    """

    number: Table
    status: Table
    billed: Table
    paid: Table


def read_behaviour(file: Path = FILE) -> Behaviour:
    """The payment behaviour. ValueError when a column is missing or is not a number."""
    table = _columns(file, ("ID", *STATUS, *BILLED, *PAID))
    return Behaviour(table[:, 0], table[:, 1:7], table[:, 7:13], table[:, 13:19])


def read_outcome(file: Path = FILE) -> NDArray[np.bool_]:
    """Who defaulted in October 2005, the month after the behaviour. Never part of an event."""
    defaulted: NDArray[np.bool_] = _columns(file, (OUTCOME,))[:, 0] == 1
    return defaulted


def _columns(file: Path, names: tuple[str, ...]) -> Table:
    with gzip.open(file, "rt", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        missing = [name for name in names if name not in header]
        if missing:
            raise ValueError(f"{file.name} has no column {missing[0]}; take the file as vendored")
        places = [header.index(name) for name in names]
        return np.array([[int(float(row[at])) for at in places] for row in rows], dtype=np.int64)
