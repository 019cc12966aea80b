"""Money of little importance (JB 12:42): no task, no lateness, no forfeiture, no cure missed."""

from datetime import date, timedelta

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.trifles import TRIFLE
from tests.builders import RENT_ORE, day, days, invoiced, paid, registered, say
from tests.lives.files import life_of, story
from tests.lives.life import Life, said
from tests.papers import message, notice

DUE = {"2026-02": "2026-01-30", "2026-03": "2026-02-27", "2026-04": "2026-03-31"}
NBSP = "\u00a0"


def lived(to: str, *events: Event) -> Life:
    """Invoices a week before the month and money on its day, and every day until `to`."""
    told: list[Event] = [registered()]
    waiting = sorted(events, key=_told_on)
    today, last = date(2026, 1, 1), date.fromisoformat(to)
    while today <= last:
        while waiting and _told_on(waiting[0]) <= today:
            told.append(waiting.pop(0))
        told.append(feed(today))
        told.append(day(today.isoformat()))
        today += timedelta(days=1)
    return life_of(to, *told)


def feed(on: date) -> Event:
    return say(facts.FeedCompleted, landlord_id="559990-0013", through_on=on.isoformat())


def _told_on(event: Event) -> date:
    data = event.data
    if isinstance(data, facts.RentInvoiced):
        return data.due_on - timedelta(days=10)
    names = ("booked_on", "served_on", "sent_on", "on")
    return next(getattr(data, name) for name in names if hasattr(data, name))  # type: ignore[no-any-return]


def short(month: str, ore: int) -> list[Event]:
    """A month's rent, all of it paid in time but `ore`, to its own invoice."""
    payment = say(
        facts.RentPaid, payment_id=f"P{month}", amount_ore=RENT_ORE - ore, booked_on=DUE[month],
        invoice_id=f"I{month}",
    )  # fmt: skip
    return [invoiced(month), payment]


def is_at_peace(found: Life) -> bool:
    points = [risk["points"] for risk in found.found.risk.values()]
    page = found.page()
    quiet = not found.found.open and not found.found.closed and max(points, default=0) <= 0
    return quiet and page.legal.forfeited_from is None and not page.legal.acts


@pytest.mark.parametrize(
    ("file", "to"),
    [
        ("04-paid-in-whole-kronor", "2026-03-31"),
        ("04-three-months", "2026-06-02"),
        ("05-one-krona-short", "2028-03-01"),
    ],
)
def test_a_rest_of_little_importance_asks_for_nothing_on_any_day(file: str, to: str) -> None:
    found = story(file, to)
    assert found.open == {}
    assert found.found.closed == []
    assert {risk["band"] for risk in found.found.risk.values()} <= {"low"}
    assert all(risk["points"] <= 0 for risk in found.found.risk.values())
    page = found.page()
    assert page.legal.forfeited_from is None
    assert page.history == []
    assert "ringa betydelse" in page.why


def test_a_rest_of_some_ore_is_never_called_nothing() -> None:
    page = story("04-paid-in-whole-kronor", "2026-03-31").page()
    assert f"0,37{NBSP}kr" in page.why
    assert not page.account.invoices[-1].late


def test_below_the_threshold_is_a_trifle_and_at_it_is_not() -> None:
    assert is_at_peace(lived("2026-04-30", *short("2026-02", TRIFLE - 1)))
    found = lived("2026-02-04", *short("2026-02", TRIFLE))
    assert list(found.open) == ["letter"]
    assert f"100{NBSP}kr" in said(found.open["letter"])


def test_trifles_that_gather_are_late_from_the_rent_that_makes_them_more() -> None:
    events = [*short("2026-02", 6_000), *short("2026-03", 6_000)]
    assert is_at_peace(lived("2026-03-03", *events))
    found = lived("2026-03-04", *events)
    assert f"En del av hyran för mars 2026, 120{NBSP}kr, är obetald sedan 3 mars 2026" in said(
        found.open["letter"]
    )


@pytest.mark.parametrize("months", [("2026-02", "2026-03"), ("2026-03", "2026-02")])
def test_a_trifle_beside_a_rent_that_is_late_is_no_month_of_its_own(
    months: tuple[str, str],
) -> None:
    whole, rest = months
    found = lived("2026-03-09", *short(rest, 37), invoiced(whole))
    task = next(iter(found.open.values()))
    since = {"2026-02": "2026-02-03", "2026-03": "2026-03-03"}[whole]
    month = {"2026-02": "februari", "2026-03": "mars"}[whole]
    assert f"Hyran för {month} 2026, 8{NBSP}000{NBSP}kr, är obetald" in said(task)
    assert str(found.page().account.late_since) == since
    assert [i.period for i in found.page().account.invoices if i.late] == [whole]


def test_a_case_closes_as_of_little_importance_when_the_rest_sinks_below_the_threshold() -> None:
    pay = paid("2026-02-12", ore=RENT_ORE - 37)
    assert set(lived("2026-02-11", invoiced("2026-02")).open) == {"letter", "visit"}
    found = lived("2026-02-12", invoiced("2026-02"), pay)
    assert found.open == {}
    assert found.closed("visit") == ["trifle"]
    assert lived("2026-02-13", invoiced("2026-02"), pay, paid("2026-02-13", ore=37)).open == {}


NOTICE, MESSAGE = notice("2026-03-16"), message("2026-03-17", amount_ore=RENT_ORE)


def test_paid_in_whole_kronor_in_time_wins_the_home_back() -> None:
    events = [invoiced("2026-03", ore=RENT_ORE + 37), NOTICE, MESSAGE]
    before = lived("2026-04-06", *events)
    assert list(before.open) == ["secure_tenancy"]
    assert before.page().legal.defects == []  # 8 000 kr is what 8 000,37 kr is called
    found = lived("2026-05-31", *events, paid("2026-04-07"))
    assert found.open == {}
    assert found.closed("secure_tenancy") == ["trifle"]
    text = " ".join(line.text for line in found.page().history)
    assert "hyran är betald" in text
    assert "gick ut" not in text


def test_a_notice_too_early_is_seen_though_some_ore_of_an_older_rent_is_left() -> None:
    found = lived("2026-03-05", *short("2026-02", 37), invoiced("2026-03"), notice("2026-03-04"))
    assert list(found.open) == ["secure_tenancy"]
    assert any("mer än en vecka sen" in defect for defect in found.page().legal.defects)


def test_a_plan_short_by_some_ore_is_kept() -> None:
    parts = [{"due_on": on, "amount_ore": RENT_ORE // 2} for on in ("2026-03-20", "2026-04-20")]
    plan = say(facts.PlanAgreed, plan_id="A", instalments=parts)
    told = [registered(), invoiced("2026-02", ore=RENT_ORE + 99), *days("2026-01-01", "2026-02-10")]
    found = life_of("2026-04-01", *told, plan, paid("2026-03-20", ore=RENT_ORE // 2 - 37))
    assert found.open == {}


@pytest.mark.parametrize("said_ore", [RENT_ORE - TRIFLE, RENT_ORE + TRIFLE, 1, 49])
def test_amounts_said_to_differ_are_shown_so_that_they_differ(said_ore: int) -> None:
    found = lived(
        "2026-03-18", invoiced("2026-03"), NOTICE, message("2026-03-17", amount_ore=said_ore)
    )
    (defect,) = found.page().legal.defects
    amounts = defect.replace(NBSP, " ").split("anger ")[1]
    one, other = amounts.split(", men den sena hyran var ")
    assert one != other.split(":")[0]
    assert not one.startswith("0 kr")
