"""The pictures: nothing in them is ever markup, and what they show they say in words too."""

import re
from datetime import date
from xml.etree import ElementTree

from markupsafe import Markup

from alerts.language.sentences import language
from alerts.views.lease.lease_page_parts import Act, Deadline, Legal
from alerts.views.lease.owed import Owed, owed
from alerts.web.charts.clock import clock_chart
from alerts.web.charts.debt import debt_chart
from alerts.web.charts.load import Load, load_chart
from models.contract.events import Event
from tests.builders import LEASE, RENT_ORE, day, invoiced, paid, registered
from tests.memory import MemoryStore

SV = language("sv")
_SVG = "{http://www.w3.org/2000/svg}"


def read(picture: str) -> ElementTree.Element:
    """The picture as XML, as strict as a browser is not."""
    named = str(picture).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    return ElementTree.fromstring(named)


def said(picture: ElementTree.Element) -> str:
    """What is read aloud of it."""
    names = picture.attrib["aria-labelledby"].split()
    by_id = {one.attrib["id"]: one.text or "" for one in picture.iter() if "id" in one.attrib}
    return " ".join(by_id[name] for name in names)


def words(picture: ElementTree.Element) -> list[str]:
    """What is written in it."""
    return [one.text or "" for one in picture.iter(f"{_SVG}text")]


def test_a_name_with_markup_in_it_stays_text() -> None:
    found = load_chart("<b>", [Load('</svg><script>"', {"A": 1})], SV)
    assert "<script" not in found
    assert "<b>" not in found
    assert words(read(found))[4] == '</svg><script>"'


def test_nobody_with_anything_to_do_has_no_picture() -> None:
    assert load_chart("Uppgifter", [], SV) == ""


def test_somebody_without_tasks_stands_there_with_none() -> None:
    found = read(load_chart("Uppgifter", [Load("Anna", {}), Load("Berit", {"A": 0})], SV))
    assert "Anna: inga." in said(found)
    assert words(found)[-1] == "0"


def test_the_bands_of_a_bar_are_as_long_as_their_numbers_and_said_in_words() -> None:
    found = read(load_chart("Uppgifter", [Load("Ronna", {"A": 1, "C": 3})], SV))
    bars = [one for one in found.iter(f"{_SVG}rect") if float(one.attrib["height"]) > 12]
    long, short = (float(bar.attrib["width"]) for bar in reversed(bars))
    assert round(long / short, 1) == 3
    assert said(found) == "Uppgifter Ronna: 4, varav 1 i band A, 3 i band C."


def test_two_pictures_of_a_page_share_no_id() -> None:
    one, other = (load_chart(title, [Load("x", {"B": 2})], SV) for title in ("Områden", "Personer"))
    assert not set(re.findall(r' id="(.*?)"', one)) & set(re.findall(r' id="(.*?)"', other))


def test_a_picture_has_no_style_of_its_own() -> None:
    assert "style=" not in load_chart("Uppgifter", [Load("x", {"B": 2})], SV)


TODAY = date(2026, 3, 20)
LAST = date(2026, 4, 2)


def legal(*deadlines: Deadline, acts: tuple[Act, ...] = ()) -> Legal:
    return Legal(True, None, False, False, list(deadlines), list(acts), [])


def deadline(on: date, text: str = "Sista dag", name: str = "recovery_on") -> Deadline:
    left = (on - TODAY).days
    return Deadline(name, text, on, left if left >= 0 else None)


def test_a_clock_on_which_no_day_runs_is_not_drawn() -> None:
    assert clock_chart(legal(), TODAY, SV) == ""
    assert clock_chart(legal(deadline(date(2026, 3, 1))), TODAY, SV) == ""


def test_a_last_day_that_is_today_is_drawn_and_said() -> None:
    found = read(clock_chart(legal(deadline(TODAY)), TODAY, SV))
    assert "20 mars 2026, i dag är sista dagen" in words(found)


def test_of_the_earliest_last_day_it_is_said_that_it_may_be_the_last() -> None:
    found = read(clock_chart(legal(deadline(TODAY, name="recovery_floor")), TODAY, SV))
    assert "20 mars 2026, sista dagen kan vara i dag" in words(found)


def test_a_day_that_has_passed_stands_beside_one_that_runs_and_says_so() -> None:
    gone = deadline(date(2026, 3, 10), "Sista dag att svara")
    found = read(clock_chart(legal(deadline(LAST), gone), TODAY, SV))
    assert words(found)[:2] == ["Sista dag att svara", "10 mars 2026, dagen har passerat"]
    assert "Sista dag: 2 april 2026, 13 dagar kvar." in said(found)


def test_who_can_do_what_until_when_has_a_bar_and_what_has_no_day_has_none() -> None:
    acts = (Act("Nämnden", "åta sig hyran", LAST, "JB 12:44"), Act("Någon", "ringa", None, ""))
    found = read(clock_chart(legal(deadline(LAST), acts=acts), TODAY, SV))
    assert "Nämnden kan åta sig hyran: till och med 2 april 2026." in said(found)
    assert "ringa" not in said(found)
    bars = [one for one in found.iter(f"{_SVG}rect") if one.attrib["class"] == "can"]
    assert len(bars) == 1


def test_all_that_is_drawn_stays_inside_the_picture() -> None:
    days = [deadline(date(2026, month, 28), "x" * 300) for month in (1, 4, 12)]
    found = read(clock_chart(legal(*days), TODAY, SV))
    width, height = map(float, found.attrib["viewBox"].split()[2:])
    for one in found.iter(f"{_SVG}rect"):
        assert float(one.attrib["x"]) + float(one.attrib["width"]) <= width
        assert float(one.attrib["y"]) + float(one.attrib["height"]) <= height


def test_a_text_of_the_law_with_markup_in_it_stays_text() -> None:
    found = clock_chart(legal(deadline(LAST, "<script>x</script>")), TODAY, SV)
    assert isinstance(found, Markup)
    assert "<script" not in found


def owed_after(*events: Event) -> list[Owed]:
    store = MemoryStore()
    store.tell(registered(), *events, day(str(date(2026, 3, 19))), taken="2026-03-20")
    return owed(store.lease(LEASE), TODAY)


def test_where_no_rent_is_known_nothing_was_owed_and_nothing_is_drawn() -> None:
    assert owed_after() == []
    assert debt_chart([], SV) == ""


def test_rent_paid_on_its_day_is_a_line_at_nothing_and_no_picture() -> None:
    found = owed_after(invoiced("2026-03"), paid("2026-02-28"))
    assert {point.ore for point in found} == {0}
    assert debt_chart(found, SV) == ""


def test_what_is_owed_rises_on_the_due_day_and_falls_with_each_payment() -> None:
    found = owed_after(invoiced("2026-02"), invoiced("2026-03"), paid("2026-02-10", ore=300_000))
    assert found == [
        Owed(date(2026, 1, 31), RENT_ORE),
        Owed(date(2026, 2, 10), RENT_ORE - 300_000, 300_000),
        Owed(date(2026, 2, 28), 2 * RENT_ORE - 300_000),
        Owed(TODAY, 2 * RENT_ORE - 300_000),
    ]


def test_rent_that_is_not_due_yet_is_not_owed_yet() -> None:
    found = owed_after(invoiced("2026-03"), invoiced("2026-04"))
    assert found[-1] == Owed(TODAY, RENT_ORE)


def test_what_is_older_than_a_year_and_a_half_is_left_out_but_what_it_left_unpaid_is_not() -> None:
    found = owed_after(invoiced("2023-01"), invoiced("2026-03"))
    assert found[0].on == date(2024, 9, 18)
    assert [point.ore for point in found] == [RENT_ORE, 2 * RENT_ORE, 2 * RENT_ORE]


def test_the_debt_is_said_in_words_and_its_axis_has_kronor_and_months() -> None:
    found = read(debt_chart(owed_after(*(invoiced(f"2025-{n:02}") for n in range(4, 13))), SV))
    assert "som mest 72\u00a0000\u00a0kr" in said(found).lower()
    assert "0\u00a0kr" in words(found)
    assert "jun" in words(found)
    assert "i dag" in words(found)


def test_one_single_day_of_debt_is_no_line() -> None:
    assert debt_chart([Owed(TODAY, RENT_ORE)], SV) == ""
