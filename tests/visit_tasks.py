"""Visit tasks for tests of what is made of the list."""

from datetime import date
from typing import Any

import msgspec

from alerts.contract.messages import VisitTask
from models.phrase import Phrase

DISTRICTS, TOWNS = ("Ronna", "Hovsjö", "ronna"), ("0181", "0180")
# Ids whose order a language would see otherwise than their bytes.
LEASES = ("559990-0013:1", "559990-0013:10", "559990-0013:2", "559990-0013:a", "559990-0013:B",
          "559990-0013:ä", "559990-0013:z", "5599900013:1", "559990-0013:-1")  # fmt: skip


def task(number: int, **changes: Any) -> VisitTask:
    """A task of the town; what is said of its priority stands beside its own fields."""
    rank = {"band": "C", "group": 3, "nearest_on": date(2026, 3, 1), "risk_points": 0}
    rank |= {"last_contact_on": None, "rule": Phrase("rank.late")}
    rank |= {name: changes.pop(name) for name in rank.keys() & changes.keys()}
    tried = {"reminders": 0, "demands": 0, "contacts": 0, "reached": False, "last_on": None}
    rest = dict.fromkeys(("legal_deadline", "late_since", "closed_on"))
    flags = dict.fromkeys(("data_incomplete", "record_incomplete", "protected_identity"), False)
    said = {
        "task_id": f"00000000-0000-4000-8000-{number:012x}",
        "revision": 1,
        "state": "open",
        "reason": Phrase("step.visit"),
        "lease_id": LEASES[0],
        "municipality": TOWNS[0],
        "district": DISTRICTS[0],
        "step": "visit",
        "opened_on": date(2026, 3, 1),
        "due_by": date(2026, 3, 8),
        "reasons": [],
        "late_rent_ore": 0,
        "risk_band": "low",
        "round": 1,
        "priority": rank,
        "landlord_tried": {**tried, "tries": []},
    }
    return msgspec.convert({**said, **rest, **flags, **changes}, VisitTask)
