"""What is told of leases in a town, event by event, and its life when a day has ended."""

import json
from datetime import date, timedelta
from functools import cache
from typing import Any

from alerts.playbooks.own import named
from alerts.playbooks.towns import Towns, all_follow
from streams.cli.tried import Task
from tests.lives.life import Life, lived

LANDLORD, TOWN = "urn:landlord:556036-0793", "urn:municipality:0181"
RENT_ORE = 800_000
MARCH_LATE = "2026-03-04"  # when this day has ended, rent that was due on 28 February is late


class Story:
    """Leases of one landlord in a town that follows `playbook`, or in the towns given; every night
    the landlord reports its books whole, unless it is `silent`."""

    def __init__(self, playbook: str | Towns, *, silent: bool = False) -> None:
        self._towns = _all_by(playbook) if isinstance(playbook, str) else playbook
        self._told: list[tuple[str, str, str]] = []  # moment, then order, then the event
        self._silent = silent

    def tell(
        self, what: str, at: str, lease: str = "1", source: str = LANDLORD, /, **data: Any
    ) -> "Story":
        """An event on the morning of a day, or at a moment."""
        moment = at if "T" in at else f"{at}T08:00:00+01:00"
        lease_id = f"556036-0793:{lease}"
        number = f"{len(self._told):04}"
        event = {
            "specversion": "1.0",
            "id": f"{what}-{number}",
            "source": source,
            "type": f"se.bokvar.{what}.v1",
            "subject": lease_id,
            "time": moment,
            "datacontenttype": "application/json",
            "data": {"lease_id": lease_id, **data},
        }
        self._told.append((moment, number, json.dumps(event)))
        return self

    @property
    def last_id(self) -> str:
        """The id of the event that was told last."""
        return str(json.loads(self._told[-1][2])["id"])

    def lease(self, lease: str = "1", born: int = 1980, children: int = 0, **terms: Any) -> "Story":
        """A lease since 2020, and what the municipality knows of the household."""
        home = {"known": "yes", "sublet_children": terms.pop("sublet_children", False)}
        given = {
            "landlord_id": "556036-0793", "municipality": "0181", "district": "Ronna",
            "rent_ore": RENT_ORE, "rooms": 3, "kind": "first_hand", "started_on": "2020-01-01",
            "tenants": [{"tenant_ref": "T1", "birth_year": born}], "protected_identity": False,
        }  # fmt: skip
        self.tell("lease.registered", "2026-01-02", lease, **(given | terms))
        kids = [{"birth_year": 2016, "living": "permanent"}] * children
        return self.tell("household.updated", "2026-01-02", lease, TOWN, children=kids, **home)

    def rent(self, period: str = "2026-03", lease: str = "1", ore: int = RENT_ORE) -> "Story":
        """The rent of a month, due on the last day before it."""
        due_on = date.fromisoformat(f"{period}-01") - timedelta(days=1)
        sent = str(due_on - timedelta(days=14))
        return self.tell(
            "rent.invoiced", sent, lease, invoice_id=f"I{period}", period=period,
            due_on=str(due_on), amount_ore=ore,
        )  # fmt: skip

    def paid(self, on: str, lease: str = "1", ore: int = RENT_ORE) -> "Story":
        """Rent paid, booked on a day."""
        payment = f"P{on}-{lease}"
        return self.tell("rent.paid", on, lease, payment_id=payment, amount_ore=ore, booked_on=on)

    def report(self, step: str, on: str, outcome: str, lease: str = "1", **more: Any) -> "Story":
        """What came of the open task of a step, told on a day."""
        day = date.fromisoformat(on) - timedelta(days=1)
        task = self.open(str(day), lease)[step]
        return self.tell(
            "visit.reported", on, lease, TOWN, task_id=task.task_id, on=on, outcome=outcome,
            by="Vera", **more,
        )  # fmt: skip

    def after(self, day: str) -> Life:
        """The life of what was told so far, when a day has ended."""
        last = date.fromisoformat(day)
        told = sorted([*self._told, *self._feeds(last)])
        lines = tuple(event.encode() for moment, _, event in told if moment[:10] <= day)
        return lived((lines,), last, self._towns)

    def open(self, day: str, lease: str = "1") -> dict[str, Task]:
        """The open tasks of a lease by step, when a day has ended."""
        found = self.after(day).found.open
        return {task.step: task for task in found if task.lease_id == f"556036-0793:{lease}"}

    def due(self, day: str, lease: str = "1") -> dict[str, str]:
        """The open tasks' last days, when a day has ended."""
        return {step: str(task.due_by) for step, task in self.open(day, lease).items()}

    def _feeds(self, last: date) -> list[tuple[str, str, str]]:
        if self._silent:
            return []
        first = date(2026, 1, 2)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [(f"{day}T22:00:00+01:00", "", _feed(day)) for day in days]


@cache
def _all_by(playbook: str) -> Towns:
    return all_follow(named(playbook))


@cache
def _feed(day: date) -> str:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"feed-{day}",
            "source": LANDLORD,
            "type": "se.bokvar.feed.completed.v1",
            "time": f"{day}T22:00:00+01:00",
            "datacontenttype": "application/json",
            "data": {"landlord_id": "556036-0793", "through_on": str(day)},
        }
    )


def council_notified(story: Story, on: str, lease: str = "1") -> Story:
    """Form 3 from the landlord, by registered letter, complete."""
    return story.tell(
        "council.notified", on, lease, matter="arrears", sent_on=on, how="registered",
        landlord_name="Telge", landlord_address="Box 9", landlord_phone="08-1", rooms=3,
        sealed_identity="x", amount_ore=RENT_ORE, due_on="2026-02-28", interest="8 %",
        account="bg 123-4567",
    )  # fmt: skip


def noticed(story: Story, on: str, lease: str = "1") -> Story:
    """Notice for arrears with form 1, and form 3 to the board."""
    story.tell(
        "notice.served", on, lease, notice_id=f"N{on}", served_on=on, reason="arrears",
        recovery_notice_served_on=on,
    )  # fmt: skip
    return council_notified(story, on, lease)
