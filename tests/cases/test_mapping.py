"""What was mapped at a visit stays in its case: on the page, and on no list and in no message."""

import json
from typing import Any

import msgspec

from models.contract import facts
from models.contract.events import Event
from tests.builders import MUNICIPAL, invoiced, paid, registered, say
from tests.lives.files import life_of
from tests.lives.life import Life

DAY = "2026-03-09"
CODES: dict[str, Any] = {
    "causes": ["income_fell"],
    "efforts": ["paid_part"],
    "needs": ["debt_adviser"],
}
MAPPED = say(facts.CaseMapped, on=DAY, by="Vera", **CODES)
HOME = say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2016}], as_of="2026-01-02")
LATE = [registered(), HOME, invoiced("2026-03")]


def lived(to: str, *events: Event) -> Life:
    """A family whose rent of March is late, and what was told of it."""
    return life_of(to, *LATE, *events)


def test_the_page_says_cause_own_efforts_and_support() -> None:
    texts = [act.text for act in lived(DAY, MAPPED).page().case_acts]
    assert texts == [
        "9 mars 2026: kartlagt (Vera). Orsak: inkomsten har minskat. Egna insatser: har betalat en "
        "del. Stöd: budget- och skuldrådgivning"
    ]


def test_a_mapping_changes_no_task_and_is_in_no_message() -> None:
    life = lived(DAY, MAPPED)
    said = b"".join([*(out.value for out in life.trial.store.outbox), *life.trial.answers])
    said += msgspec.json.encode(life.found)
    for word in ("income_fell", "paid_part", "debt_adviser", "kartlagt", "inkomsten har"):
        assert word.encode() not in said
    assert life.open.keys() == lived(DAY).open.keys() != set()


def test_a_mapping_that_is_undone_is_not_on_the_page() -> None:
    undone = say(facts.ActWithdrawn, on="2026-03-10", act_id=MAPPED.id, by="Vera")
    assert lived("2026-03-10", MAPPED, undone).page().case_acts == []


def test_a_mapping_is_forgotten_when_the_case_is_over() -> None:
    assert lived("2026-03-18", MAPPED, paid("2026-03-16")).page().case_acts == []


def test_a_landlord_can_map_nothing_and_an_unknown_code_is_set_aside_unread() -> None:
    event = json.loads(msgspec.json.encode(MAPPED))
    event["time"] = f"{DAY}T08:00:00+01:00"
    landlords = event | {"id": "1", "source": "urn:landlord:559990-0013"}
    unknown = event | {"id": "2", "data": event["data"] | {"causes": ["drinks"]}}
    assert event["source"] == MUNICIPAL
    lines = [json.dumps(json.loads(msgspec.json.encode(one)) | {"time": "2026-03-01T08:00:00Z"})
             for one in LATE]  # fmt: skip
    life = life_of(DAY, lines=[*lines, json.dumps(landlords), json.dumps(unknown)])
    assert [code for code, _, _ in life.refused()] == [
        "type_not_allowed_for_source", "invalid_field",
    ]  # fmt: skip
    assert "drinks" not in str(life.refused())
