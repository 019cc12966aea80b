"""What leaves Bokvar about a lease: the task with all that is needed, each time it changes."""

from datetime import date
from typing import Any

import msgspec

from alerts.contract.messages import VisitTask
from alerts.contract.topics import LEASE_RISK, VISIT_TASKS
from alerts.language.outgoing import to_send
from models.contract import facts
from tests.alerts.timeline import next_days, town
from tests.builders import LEASE, days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV


def messages(store: MemoryStore) -> list[VisitTask]:
    return [
        msgspec.json.decode(to_send(VISIT_TASKS, said, SV), type=_Said).data
        for said in store.said()
    ]


class _Said(msgspec.Struct):
    data: VisitTask


def test_a_task_says_all_that_whoever_goes_there_needs_to_know() -> None:
    reminder = {"invoice_id": "I2026-02", "sent_on": "2026-02-04", "kind": "reminder"}
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-01-15", "2026-02-03"))
    store.tell(say(facts.RentReminded, **reminder), *days("2026-02-04", "2026-02-04"))
    (task,) = messages(store)
    assert (task.state, task.revision, task.lease_id) == ("open", 1, LEASE)
    assert (task.municipality, task.district) == ("0181", "Ronna")
    assert SV.say(task.reason) == "Skicka brev om att vi gärna kommer på besök"
    assert (
        SV.say(task.reasons[0])
        == "Hyran för februari 2026, 8\u00a0000\u00a0kr, är obetald sedan 3 februari 2026"
    )
    assert (
        task.landlord_tried.text
        == "Hyresvärdens kontakt med hyresgästen: påminnelse 4 februari 2026."
    )
    assert task.data_incomplete
    assert task.late_since == date(2026, 2, 3)
    assert task.legal_deadline is None


def test_each_message_about_a_task_has_a_higher_revision_and_the_last_one_closes_it() -> None:
    store = town()
    store.tell(say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}]))
    store.tell(say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}]))
    store.tell(paid("2026-02-05"))
    told: list[Any] = [(m.revision, m.state, m.priority.group) for m in messages(store)]
    assert told == [(1, "open", 2), (2, "changed", 1), (3, "closed", 1)]


def test_a_lease_of_a_protected_person_says_so_from_the_moment_it_is_known() -> None:
    store = town()
    store.tell(say(facts.LeaseChanged, effective_on="2026-08-01", protected_identity=True))
    assert store.open_tasks["letter"].protected_identity


def test_the_risk_is_told_only_when_its_band_changes() -> None:
    store = MemoryStore()
    store.tell(registered(), *days("2026-01-15", "2026-01-20"))
    store.tell(invoiced("2026-02"), invoiced("2026-03"), invoiced("2026-04"))
    next_days(store, "2026-05-20")
    told = [msgspec.json.decode(said)["data"] for said in store.said(LEASE_RISK)]
    bands = [(found["previous_band"], found["band"]) for found in told]
    assert bands == [("low", "raised"), ("raised", "high"), ("high", "acute")]
