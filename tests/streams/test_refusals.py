"""A refusal names the field at fault, what is expected there, and how to mend it; in every
language, and on the contract's page."""

import json
from pathlib import Path
from typing import Any

import pytest

from alerts.fold.faults import FOLD_FAILED
from alerts.fold.record import LEASE_NOT_REGISTERED, LEASE_UNKNOWN, NOT_MENDED
from alerts.language.sentences import LANGUAGES, language
from models.contract.refusal import Refusal, mend
from models.contract.who_may_say import Standing
from models.lease.account import Outcome
from streams.kafka import decode_errors
from streams.kafka.decode import decode

CONTRACT = Path(__file__).parents[2] / "docs/contract/README.md"
LEASE = "559990-0013:1"
CODES = {
    *(code for name, code in vars(decode_errors).items() if name.isupper()),
    *(one.value for one in Standing if one is not Standing.ALLOWED),
    *(one.value for one in Outcome if one not in (Outcome.APPLIED, Outcome.REPEAT)),
    *(FOLD_FAILED, LEASE_NOT_REGISTERED, LEASE_UNKNOWN, NOT_MENDED),
}


def refused(type_: str = "rent.invoiced", **data: Any) -> Refusal:
    """Why an invoice with `data` in it is refused; None takes a field away."""
    whole = {"lease_id": LEASE, "invoice_id": "1", "period": "2026-01", "due_on": "2026-01-31"}
    held = {name: value for name, value in {**whole, **data}.items() if value is not None}
    event = {
        "specversion": "1.0", "id": "1", "source": "urn:landlord:559990-0013",
        "type": f"se.bokvar.{type_}.v1", "subject": LEASE, "data": held,
    }  # fmt: skip
    refusal = decode(0, LEASE.encode(), json.dumps(event).encode()).refusal
    assert refusal is not None
    return refusal


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"amount_ore": "much"}, "data.amount_ore", "a whole number from 0 to 1000000000000"),
        ({"amount_ore": -1}, "data.amount_ore", "a whole number from 0 to 1000000000000"),
        ({"amount_ore": 1, "period": "2026-13"}, "data.period", "a month, written as 2026-12"),
        ({"amount_ore": 1, "due_on": "31/1"}, "data.due_on", "a day, written as 2026-12-31"),
        ({"amount_ore": 1, "invoice_id": ""}, "data.invoice_id", "a text of 1 to 200 characters"),
        ({"invoice_id": None}, "data.invoice_id", "to be there, as a text of 1 to 200"),
        ({}, "data", "the invoice to have lines or amount_ore"),
        ({"lines": [{"kind": "rent", "amount_ore": 1}], "amount_ore": 2}, "data", "sum of the"),
        ({"lines": [{"kind": "bus", "amount_ore": 1}]}, "data.lines[0].kind", "one of: damage, "),
        ({"lines": [{"kind": "fee"}]}, "data.lines[0].amount_ore", "to be there, as a whole"),
        ({"lines": 3}, "data.lines", "a list"),
        ({"amount_ore": 1, "due_on": "1926-01-31"}, "data.due_on", "1994-01-01 to 2099-12-31"),
        ({"amount_ore": 1, "period": "1926-01"}, "data.period", "1994-01-01 to 2099-12-31"),
        ({"amount_ore": 1, "period_to": "2025-12"}, "data.period_to", "one of the eleven after"),
        ({"amount_ore": 1, "period_to": "2027-01"}, "data.period_to", "one of the eleven after"),
        ({"amount_ore": 1, "period_to": "2126-01"}, "data.period_to", "1994-01-01 to 2099-12-31"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_what_is_expected(
    data: dict[str, Any], field: str, said: str
) -> None:
    refusal = refused(**data)
    assert refusal.field == field
    assert refusal.expected is not None
    assert said in language("en").say(refusal.expected)
    assert said in language("en").say(mend(refusal))


def test_a_date_in_a_plan_is_named_with_its_place() -> None:
    parts = [{"due_on": day, "amount_ore": 1} for day in ("2026-02-01", "2206-03-01")]
    refusal = refused("plan.agreed", plan_id="1", instalments=parts)
    assert (refusal.code, refusal.field) == ("date_out_of_range", "data.instalments[1].due_on")


def test_what_was_sent_is_never_quoted() -> None:
    secret = "Anna Svensson 19800101-1234"
    for data in ({"amount_ore": secret}, {"period": secret}, {"lines": [{"kind": secret}]}):
        said = [language(name).say(mend(refused(**data))) for name in LANGUAGES]
        assert not any("Anna" in sentence for sentence in said)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_says_how_to_mend_it_and_stands_on_the_contracts_page(code: str) -> None:
    for name in LANGUAGES:
        assert len(language(name).say(mend(Refusal(code, "data.on")))) > 40
    assert f"| `{code}` |" in CONTRACT.read_text("utf-8")


def test_an_attribute_said_twice_is_named_and_a_field_of_the_same_name_is_no_repeat() -> None:
    event = {
        "specversion": "1.0", "id": "1", "source": "urn:landlord:559990-0013", "subject": LEASE,
        "type": "se.bokvar.payment.failed.v1",
        "data": {"lease_id": LEASE, "on": "2026-01-31", "method": "autogiro", "reason": "id \" é"},
        "more": {"id": "2", "source": "x", "source ": 1, "deep": [{"type": 10**3000}]},
    }  # fmt: skip
    body = json.dumps(event)
    assert decode(0, LEASE.encode(), body.encode()).event is not None
    refusal = decode(0, LEASE.encode(), (body[:-1] + ', "source": "urn:bokvar"}').encode()).refusal
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("invalid_field", "source")
    assert "stå" in language("sv").say(mend(refusal))
