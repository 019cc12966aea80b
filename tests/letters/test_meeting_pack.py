"""The meeting's pack has numbers and no persons."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from msgspec.structs import replace

from alerts.letters import pdf, plain
from alerts.letters.meeting_pack import FEWEST, About, Count, guarded, meeting_pack
from alerts.letters.write import compose
from models.phrase import Phrase
from tests.builders import days, invoiced, lease_id, registered
from tests.letters.samples import LANGUAGES, given, sample, templates
from tests.letters.test_every_letter import words
from tests.memory import MemoryStore

TODAY = date(2027, 3, 5)


def store(districts: dict[str, int]) -> MemoryStore:
    """Households late with the rent of March, so many in each district."""
    found = MemoryStore()
    names = [name for name, number in districts.items() for _ in range(number)]
    for number, name in enumerate(names, 1):
        lease = lease_id(number)
        found.tell(registered(lease, district=name), invoiced("2027-03", lease))
    found.tell(*days("2027-02-25", "2027-03-04"))
    return found


def test_tasks_are_counted_by_step_and_households_by_band_and_district() -> None:
    found = store({"Ronna": 6, "Geneta": 5}).tasks.values()
    tasks = [task for task in found if task.state != "closed"]
    pack = meeting_pack(tasks, TODAY)
    assert pack.households == 11
    assert sum(count.number for count in pack.bands) == 11
    assert sum(count.number for count in pack.steps) == len(tasks)
    assert {count.number for count in pack.steps} == {11}
    assert pack.districts == (Count("Geneta", 5), Count("Ronna", 6))


def test_a_protected_identity_is_counted_in_no_district() -> None:
    found = store({"Ronna": 6, "Geneta": 5}).tasks.values()
    tasks = [task for task in found if task.state != "closed"]
    of_one = [replace(task, protected_identity=task.lease_id == lease_id(1)) for task in tasks]
    pack = meeting_pack(of_one, TODAY)
    assert pack.households == 11
    assert pack.districts == (Count("Ronna", 5),)
    assert pack.other_districts == 6


@each(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)))
def test_no_number_speaks_of_fewer_than_five_unless_there_are_no_more(have: dict[str, int]) -> None:
    named, others = guarded(Counter(have))
    assert sum(named.values()) + others == sum(have.values())
    assert all(number >= FEWEST for number in named.values())
    assert others == 0 or others >= FEWEST or not named


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_lease_and_says_that_it_is_numbers(language: str) -> None:
    text = words(plain.render(sample("meeting-pack", language).document))
    assert "559990" not in text
    assert {"sv": "antal, inga personer", "en": "numbers, no persons"}[language] in text


ABOUT = About(
    meeting=Phrase("as_written.own", {"words": {"sv": "Nätverksmöte", "en": "Network meeting"}}),
    held_on=date(2027, 4, 1),
    who=("Kronofogden", "hyresvärdarna"),
    since=date(2027, 1, 4),
    period=(Count(Phrase("meeting_since.paid"), 12), Count(Phrase("meeting_since.evicted"), 0)),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_for_a_meeting_it_says_which_when_with_whom_and_what_has_come_since(language: str) -> None:
    tasks = store({"Ronna": 6}).tasks.values()
    found = compose("meeting-pack", meeting_pack(tasks, TODAY, ABOUT), given(), TODAY,
                    templates(language))  # fmt: skip
    text = words(plain.render(found.document)).lower()
    wanted = {
        "sv": ("underlag: nätverksmöte", "mötet hålls 1 april 2027. med: kronofogden, hyresvärd",
               "sedan förra mötet, 4 januari 2027", "hushåll som har betalat hyran 12"),
        "en": ("pack: network meeting", "the meeting is held on 1 april 2027. with: kronofog",
               "since the last meeting, 4 january 2027", "households that have paid the rent 12"),
    }  # fmt: skip
    for part in wanted[language]:
        assert part in text
    assert "559990" not in text
    assert pdf.pages(found.document, templates(language)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_stand_there_only_where_tenants_consented_and_never_a_protected_one(
    language: str,
) -> None:
    first, second = lease_id(1), lease_id(2)
    tasks = [
        replace(task, protected_identity=task.lease_id == second)
        for task in store({"Ronna": 6}).tasks.values()
    ]
    pack = meeting_pack(tasks, TODAY, replace(ABOUT, named=frozenset({first, second})))
    assert [case.lease for case in pack.cases] == [first]
    found = compose("meeting-pack", pack, given(), TODAY, templates(language))
    text = plain.render(found.document)
    assert text.count("559990-0013") == 1
    assert {"sv": "inga personer", "en": "no persons"}[language] not in text
    assert pdf.pages(found.document, templates(language)) == 1


def test_an_empty_list_makes_a_pack_too() -> None:
    letter = compose("meeting-pack", meeting_pack([], TODAY), given(), TODAY, templates())
    assert "Inga öppna uppgifter" in plain.render(letter.document)
