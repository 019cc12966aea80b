"""The meeting's pack has numbers and no persons."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from alerts.letters import plain
from alerts.letters.meeting_pack import FEWEST, Count, guarded, meeting_pack
from alerts.letters.write import compose
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


def test_an_empty_list_makes_a_pack_too() -> None:
    letter = compose("meeting-pack", meeting_pack([], TODAY), given(), TODAY, templates())
    assert "Inga öppna uppgifter" in plain.render(letter.document)
