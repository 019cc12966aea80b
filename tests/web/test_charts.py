"""The pictures: nothing in them is ever markup, and what they show they say in words too."""

import re
from xml.etree import ElementTree

from alerts.language.sentences import language
from alerts.web.charts.load import Load, load_chart

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
