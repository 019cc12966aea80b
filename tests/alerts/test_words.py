"""The sentences of the list say what is so, and count what there is."""

import pytest

from alerts.cases.reasons import risk
from models.contract import facts
from models.lease.state import Risk
from models.phrase import Phrase
from tests.alerts.timeline import next_days, town
from tests.builders import RENT_ORE, days, invoiced, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV, swedish

NOTICED = "Uppsägning för störningar delgavs 9 februari 2026"
TOLD = "Hyresvärden har {on} underrättat socialnämnden om störningar (12 kap. 25 a §)"
NOT_TOLD = (
    "Socialnämnden har inte underrättats om störningarna före uppsägningen (JB 12:25 a); är de "
    "inte särskilt allvarliga får avtalet inte sägas upp innan dess (JB 12:42 3 st)"
)


class TestANoticeForDisturbances:
    def reasons(self, *messages: str, through: str | None = None) -> list[str]:
        store = MemoryStore()
        store.tell(registered(), *days("2026-02-01", "2026-02-09"))
        for on in messages:
            store.tell(
                say(facts.CouncilNotified, matter="disturbance", sent_on=on, how="registered")
            )
        store.tell(
            say(facts.NoticeServed, notice_id="D", served_on="2026-02-09", reason="disturbance")
        )
        if through is not None:
            store.tell(*days("2026-02-10", through))
        return swedish(store.open_tasks["secure_home"].reasons)

    def test_of_which_the_board_was_never_told_says_so_and_not_the_opposite(self) -> None:
        assert not any("har 9 februari" in reason for reason in self.reasons())
        assert NOT_TOLD in self.reasons(through="2026-02-11")

    def test_is_called_no_defect_while_a_message_may_be_on_its_way(self) -> None:
        assert self.reasons(through="2026-02-10") == [NOTICED]

    def test_of_which_the_board_was_told_says_that(self) -> None:
        assert self.reasons("2026-02-03") == [NOTICED, TOLD.format(on="3 februari 2026")]

    def test_of_which_the_board_was_told_too_late_says_both(self) -> None:
        found = self.reasons("2026-02-10")
        assert found[0] == NOTICED
        assert "efter uppsägningen" in found[-1]


def test_a_task_about_disturbances_says_when_they_were_last_reported() -> None:
    store = MemoryStore()
    store.tell(registered(), *days("2026-02-01", "2026-02-09"))
    for on in ("2026-01-30", "2026-02-08"):
        store.tell(say(facts.DisturbanceReported, reported_on=on, kind="noise"))
    store.tell(*days("2026-02-10", "2026-02-11"))
    assert swedish(store.open_tasks["disturbance_visit"].reasons) == [
        "Störningar i boendet har rapporterats, senast 8 februari 2026"
    ]


@pytest.mark.parametrize(
    ("code", "count", "known", "sentence"),
    [
        ("late_months", 1, 1, "Den senaste hyran blev minst en månad sen"),
        ("late_months", 1, 2, "1 av de två senaste hyrorna blev minst en månad sen"),
        ("late_months", 2, 6, "2 av de sex senaste hyrorna blev minst en månad sena"),
        ("paid_ahead", 1, 1, "Den senaste hyran betalades i förväg"),
        ("paid_ahead", 3, 5, "3 av de fem senaste hyrorna betalades i förväg"),
    ],
)
def test_a_count_of_rents_is_out_of_those_there_are(
    code: str, count: int, known: int, sentence: str
) -> None:
    moved = Phrase(f"risk.{code}", {"count": count, "known": known})
    assert swedish(risk(Risk(reasons=(moved,)))) == [sentence]


def test_a_landlords_only_rent_is_not_said_to_be_one_of_six() -> None:
    store = town()
    next_days(store, "2026-03-05")
    assert "Den senaste hyran är obetald sedan minst 28 dagar" in swedish(
        store.open_tasks["visit"].reasons
    )


def test_two_invoices_of_one_month_are_one_months_rent() -> None:
    store = MemoryStore()
    extra = say(
        facts.RentInvoiced, invoice_id="X", period="2026-02", due_on="2026-01-31", amount_ore=50_000
    )
    store.tell(registered(), invoiced("2026-02"), extra, *days("2026-01-15", "2026-02-04"))
    (said, *_) = swedish(store.open_tasks["letter"].reasons)
    assert said.startswith(f"Hyran för februari 2026, {SV.kronor(RENT_ORE + 50_000)}, är obetald")
