"""How far a landlord's books are believed whole: to the newest day, by its newest report."""

from datetime import date

from models.contract import facts
from models.contract.events import Event
from tests.builders import ORGNR, day, say
from tests.memory import MemoryStore


def report(through: str, event_id: str | None = None) -> Event:
    return say(facts.FeedCompleted, event_id=event_id, landlord_id=ORGNR, through_on=through)


def store_on(on: str) -> MemoryStore:
    store = MemoryStore()
    store.tell(day(on))
    return store


def through(store: MemoryStore) -> str:
    return str(store.partition.fed_through[ORGNR])


def test_a_day_that_has_not_ended_is_not_reported_whole() -> None:
    store = store_on("2026-03-10")
    store.tell(report("2062-03-10"))
    assert through(store) == "2026-03-10"


def test_a_report_of_its_own_day_counts_as_the_brokers_day_says() -> None:
    store = store_on("2026-03-10")
    store.tell(report("2026-03-12"), taken="2026-03-11")
    assert through(store) == "2026-03-11"


def test_the_next_report_takes_a_slip_back_even_if_it_came_before() -> None:
    store = store_on("2026-03-10")
    store.tell(report("2026-02-27"), report("2062-02-28"), report("2026-02-27"))
    assert through(store) == "2026-02-27"


def test_a_correction_takes_back_what_an_earlier_report_said() -> None:
    store = store_on("2026-03-10")
    store.tell(report("2026-03-09"), report("2026-02-27", "correction"))
    assert through(store) == "2026-02-27"


def test_history_sent_again_takes_nothing_back() -> None:
    store = store_on("2026-04-10")
    nights = [report(f"2026-03-{n:02}") for n in range(1, 32)]
    store.tell(*nights)
    store.tell(*nights[:12])
    assert through(store) == "2026-03-31"


def test_history_longer_than_is_remembered_sent_again_ends_where_it_ended() -> None:
    store = store_on("2026-12-10")
    nights = [report(f"2026-{m:02}-{n:02}") for m in range(1, 6) for n in range(1, 29)]
    store.tell(*nights)
    store.tell(*nights)
    assert through(store) == "2026-05-28"


def test_what_came_before_any_day_was_known_is_believed_no_further_than_the_first() -> None:
    store = MemoryStore()
    store.tell(report("2062-03-10"))
    store.tell(day("2026-03-10"))
    assert through(store) == "2026-03-09"


def test_what_the_brokers_day_allowed_stays_when_an_older_day_ends() -> None:
    store = MemoryStore()
    store.tell(report("2026-03-10"), taken="2026-03-11")
    store.tell(day("2026-02-01"))  # history is loaded, then its days end
    assert through(store) == "2026-03-10"


def test_what_an_older_release_believed_is_capped_when_a_day_ends() -> None:
    store = store_on("2026-03-10")
    store.partition.fed_through[ORGNR] = date(2062, 3, 10)
    store.tell(day("2026-03-11"))
    assert through(store) == "2026-03-10"
