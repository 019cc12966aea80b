"""A case's page and those beside it: its norm, its text, what came out, and its line of time."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import event as sql_event
from starlette.testclient import TestClient

from alerts.language.sentences import language as words
from alerts.web.links import link
from models.contract import facts
from models.phrase import phrase
from tests.builders import LEASE, MUNICIPAL, days, invoiced, lease_id, registered, say
from tests.papers import message
from tests.web import papers_page
from tests.web.one_case import HIDDEN, PAYS, events
from tests.web.page_forms import form_to, forms
from tests.web.site_world import PEOPLE, World, site_world

CASE, NORM, TEXT = (link(name, lease=LEASE) for name in ("case", "norm_form", "case_text"))


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with site_world(f"sqlite:///{tmp_path_factory.mktemp('case')}/town.db", events()) as found:
        yield found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with site_world(f"sqlite:///{tmp_path}/town.db", events()) as found:
        yield found


@pytest.fixture
def anna(read_only: World) -> TestClient:
    return read_only.browser("anna")


def act(client: TestClient, name: str, **given: str | list[str]) -> str:
    """Do an act of the case's page; the page as it is then."""
    answer = form_to(client.get(CASE).text, name).send(client, **given)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


def section(page: str, name: str) -> str:
    """The words of a section of a page, by the id of its heading."""
    found = re.search(f'<section aria-labelledby="{name}">(.*?)</section>', page, re.DOTALL)
    assert found is not None, name
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


# Who may


@pytest.mark.parametrize("path", [CASE, NORM, TEXT])
def test_no_page_of_a_case_is_for_another_town_or_another_role(read_only: World, path: str) -> None:
    assert read_only.browser("stock").get(path).status_code == 404
    for name in ("hugo", "olle", "greta"):
        assert read_only.browser(name).get(path).status_code == 403
    assert read_only.browser().get(path).status_code == 303


@pytest.mark.parametrize("name", ["case", "norm_form", "case_text"])
def test_no_page_of_who_hides_is_for_others_than_the_named_caseworker(
    read_only: World, name: str
) -> None:
    for one in PEOPLE:
        answer = read_only.browser(one).get(link(name, lease=HIDDEN))
        assert answer.status_code in (403, 404)
        assert "8 000" not in answer.text


# The page


@pytest.mark.parametrize("path", [CASE, NORM, TEXT, link("case", lease=PAYS)])
def test_every_id_is_one_every_field_has_a_name_and_nothing_has_a_style(
    anna: TestClient, path: str
) -> None:
    page = anna.get(path).text
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert len(re.findall("<h1", page)) == 1
    assert "style=" not in page
    assert "<script" not in page
    labelled = set(re.findall(r'<label for="([^"]*)"', page))
    fields = re.findall(r"<(?:input|select|textarea)[^>]*>", page)
    for field in fields:
        found = re.search(r'\sid="([^"]*)"', field)
        hidden = 'type="hidden"' in field or 'type="checkbox"' in field
        assert hidden or (found is not None and found[1] in labelled), field


def test_the_page_asks_the_database_ten_times_at_most(read_only: World, anna: TestClient) -> None:
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    sql_event.listen(read_only.engine, "before_cursor_execute", note)
    try:
        anna.get(CASE)
    finally:
        sql_event.remove(read_only.engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= 10


def test_the_days_left_the_sum_and_both_pictures_are_there(anna: TestClient) -> None:
    page = anna.get(CASE).text
    assert " 13 dagar kvar" in section(page, "saving")
    assert "20 000 kr" in section(page, "saving")
    assert page.count('<svg class="chart"') == 2


def test_a_household_that_pays_has_no_clock_and_no_letter_about_late_rent(
    anna: TestClient,
) -> None:
    page = anna.get(link("case", lease=PAYS)).text
    assert "Ingen av lagens dagar går" in section(page, "clock")
    assert "clock-chart" not in page
    assert link("letter_form", lease=PAYS, kind="visit-arrears") not in page
    assert link("letter_form", lease=PAYS, kind="referral") in page


# The line of time


def test_what_was_reported_stands_once_in_the_line_of_time(world: World) -> None:
    page = act(world.browser("anna"), "/report", outcome="not_reached")
    line = section(page, "timeline")
    assert line.count("hyresgästen nåddes inte") == 1
    assert "Anna Andersson" in line
    assert "20 mars 2026:" not in line


def test_no_line_of_time_stands_twice(anna: TestClient) -> None:
    page = anna.get(CASE).text
    inside = page[page.index('id="timeline"') :]
    lines = re.findall(r'<time datetime="(.*?)">.*?</time><div>(.*?)</div>', inside)
    assert len(lines) > 30
    assert len(lines) == len(set(lines))
    assert [day for day, _ in lines] == sorted((day for day, _ in lines), reverse=True)


def test_what_changed_of_a_task_stands_with_the_task_and_not_in_the_line_of_time(
    anna: TestClient,
) -> None:
    page = anna.get(CASE).text
    assert "Nytt: Hyran för" in section(page, "tasks")
    assert "Nytt: Hyran för" not in section(page, "timeline")


def test_an_act_that_is_undone_is_in_no_line_of_time(world: World) -> None:
    anna = world.browser("anna")
    act(anna, "/plan", day="2026-03-23", who="anna")
    assert "planerad till 23 mars 2026 för Anna Andersson" in section(
        anna.get(CASE).text, "timeline"
    )
    act(anna, "/undo")
    assert "planerad till 23 mars 2026" not in section(anna.get(CASE).text, "timeline")


def line_of_time(client: TestClient) -> list[tuple[str, str]]:
    """The days of the line of time, each with what stands there, the newest first."""
    page = client.get(CASE).text
    inside = page[page.index('id="timeline"') :]
    found = re.findall(r'<time datetime="(.*?)">.*?</time><div>(.*?)</div>', inside)
    return [(day, unescape(said)) for day, said in found]


def test_reminders_and_papers_stand_in_the_line_of_time_on_their_own_days(
    anna: TestClient,
) -> None:
    line = line_of_time(anna)
    assert ("2026-01-12", "Hyresvärden skickade en påminnelse.") in line
    assert ("2026-03-12", "Uppsägning för obetald hyra delgavs.") in line
    told = "Hyresvärden meddelade socialnämnden om uppsägning för obetald hyra (formulär 3)."
    assert ("2026-03-12", told) in line


def test_steps_of_claim_and_eviction_stand_there_once_whoever_told_them(world: World) -> None:
    on = {"on": "2026-03-20"}
    world.log.take(
        [
            say(facts.RentReminded, invoice_id="I1", sent_on="2026-03-02", kind="debt_collection"),
            say(facts.ClaimFiled, **on),
            say(facts.EvictionScheduled, **on, scheduled_on="2026-03-25"),
            *days("2026-03-20", "2026-03-20"),
            say(facts.EvictionScheduled, MUNICIPAL, on="2026-03-21", scheduled_on="2026-03-25"),
            *days("2026-03-21", "2026-03-25"),
            say(facts.EvictionExecuted, on="2026-03-25"),
            *days("2026-03-26", "2026-03-26"),
        ]
    )
    line = line_of_time(world.browser("anna"))
    assert ("2026-03-02", "Hyresvärden skickade ett inkassokrav.") in line
    words = [said for _, said in line]
    for said in (
        "Ansökan om betalningsföreläggande eller avhysning kom in till Kronofogden.",
        "Avhysningstid 25 mars 2026, enligt besked från Kronofogden.",
        "Avhysningen verkställdes.",
    ):
        assert words.count(said) == 1, words
    assert ("2026-03-25", "Avhysningen verkställdes.") in line
    assert "Avhysningen verkställdes 25 mars 2026." not in words
    assert len(line) == len(set(line))


def test_form_3_by_other_means_stands_on_the_day_it_came_in(world: World) -> None:
    late = message("2026-03-16", "2026-03-19", due_on="2026-02-28")
    world.log.take([late])
    told = [said for day, said in line_of_time(world.browser("anna")) if day == "2026-03-19"]
    assert any("(formulär 3) kom in, skickat 16 mars 2026." in said for said in told)


# What came out at a visit


def test_nothing_ticked_is_refused_in_words_and_changes_nothing(world: World) -> None:
    anna = world.browser("anna")
    answer = form_to(anna.get(CASE).text, "/map").send(anna)
    assert answer.status_code == 422
    assert "Välj minst en orsak" in answer.text
    assert "artlagt (" not in anna.get(CASE).text


def test_six_causes_and_a_cause_that_there_is_not_are_refused(world: World) -> None:
    anna = world.browser("anna")
    form = form_to(anna.get(CASE).text, "/map")
    six = ["income_fell", "benefit_delayed", "unexpected_cost", "other_debts", "forgotten", "other"]
    assert "högst fem av varje slag" in form.send(anna, cause=six).text
    assert form.send(anna, cause=["drunk"]).status_code == 422
    assert "artlagt (" not in anna.get(CASE).text


def test_what_was_mapped_is_ticked_the_next_time_and_stands_in_no_list(world: World) -> None:
    anna = world.browser("anna")
    page = act(anna, "/map", cause=["income_fell"], need=["debt_adviser"])
    assert "Orsak: inkomsten har minskat" in section(page, "timeline")
    assert re.search(r'value="income_fell" checked', page)
    assert not re.search(r'value="forgotten" checked', page)
    for name in ("today", "everyone", "plan", "waiting"):
        assert "inkomsten har minskat" not in anna.get(link(name)).text


# The income-support norm


def norm(client: TestClient, **given: str) -> str:
    return str(form_to(client.get(NORM).text, "/norm").send(client, **given).text)


def test_the_norm_of_a_year_that_is_not_known_is_refused_and_nothing_is_lost(
    anna: TestClient,
) -> None:
    page = norm(anna, on="2027-01-01", ages="4, 9", work="18 500")
    assert "1 januari 2027 är inte kända här" in page
    assert "31 december 2026" in page
    fields = form_to(page, "/norm").fields
    assert (fields["ages"], fields["work"], fields["on"]) == ("4, 9", "18 500", "2027-01-01")
    assert "1 januari 2025" in norm(anna, on="2024-12-31")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ages": "21"}, "0 till 20"),
        ({"ages": "fyra"}, "0 till 20"),
        ({"ages": "-1"}, "0 till 20"),
        ({"ages": ",".join("1" * 21)}, "högst 20 barn"),
        ({"work": "mycket"}, "mycket är inget belopp"),
        ({"rent": "-5"}, "är inget belopp"),
        ({"work": "1e9"}, "är inget belopp"),
        ({"work": "<b>"}, "&lt;b&gt; är inget belopp"),
        ({"extra": "51"}, "högst 50"),
        ({"shared": "yes"}, "hur många fler"),
        ({"adults": "3"}, "en eller två vuxna"),
        ({"on": "nyss"}, "nyss är ingen dag"),
        ({"on": ""}, "Välj en dag"),
    ],
)
def test_what_cannot_be_reckoned_with_is_told_in_one_sentence(
    anna: TestClient, given: dict[str, str], said: str
) -> None:
    assert said in norm(anna, **given)


def test_the_norm_of_a_household_is_reckoned_line_by_line_with_the_rent_of_the_lease(
    anna: TestClient,
) -> None:
    page = norm(anna, adults="2", ages="4, 9", ages_away="2", work="18 500,50", child="3000 kr")
    said = section(page, "answer")
    assert "i kraft från 1 januari 2026" in said
    assert "Barn 2 år, utan lunch" in said
    assert "19 110 kr" in said
    assert "21 500,50 kr" in said
    assert "\u22128 000 kr" in said
    assert "Saknas till normen 5 609,50 kr" in said


def test_the_norm_alone_is_told_where_no_income_is_given(anna: TestClient) -> None:
    said = section(norm(anna), "answer")
    assert "5 220 kr" in said
    assert "Skriv hushållets inkomster" in said


def test_what_somebody_earns_is_kept_nowhere(world: World, tmp_path: Path) -> None:
    norm(world.browser("anna"), work="17 777")
    world.engine.dispose()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("town.db*"))
    assert b"17 777" not in held
    assert b"1777700" not in held


# The text for the case system


def test_the_text_has_who_did_what_when_the_sum_the_days_and_what_is_next(world: World) -> None:
    anna = world.browser("anna")
    act(anna, "/report", outcome="not_reached")
    page = anna.get(TEXT).text
    text = unescape(page[page.index("<textarea") : page.index("</textarea")])
    for said in (
        "20\u00a0000\u00a0kr ska betalas i tid",
        "2 april 2026",
        "20 mars 2026: Rädda hemmet, hyresgästen nåddes inte (Anna Andersson)",
        "Hyresvärden nådde inte hyresgästen 11 februari 2026",
        "Ärendet är tillbaka på listan",
    ):
        assert said in text
    assert "readonly" in page
    assert len(forms(page[page.index("<main") :])) == 0


# What the landlord is told


def test_what_the_landlord_may_know_follows_the_tenants_word(world: World) -> None:
    anna = world.browser("anna")
    assert "inte samtyckt till mer" in section(anna.get(CASE).text, "told")
    world.log.tell(say(facts.ConsentGiven, on="2026-03-19", scope="all"))
    assert "samtycker till mer" in section(anna.get(CASE).text, "told")
    world.log.tell(say(facts.ObjectionMade, on="2026-03-20", scope="all"))
    said = section(anna.get(CASE).text, "told")
    assert "inte samtyckt till mer" in said
    assert "har motsatt sig" in said


def test_a_case_whose_eviction_day_has_passed_in_silence_says_to_ask_the_authority(
    world: World,
) -> None:
    set_on = say(facts.EvictionScheduled, on="2026-03-20", scheduled_on="2026-03-25")
    world.log.take([set_on, *days("2026-03-20", "2026-03-25")])
    anna = world.browser("anna")
    assert "Fråga Kronofogden" in section(anna.get(CASE).text, "clock")
    assert "Fråga Kronofogden" in unescape(anna.get(TEXT).text)
    assert "bekräfta ändå, genast" in section(anna.get(CASE).text, "clock")


# After the tenant's death


def died(world: World, last: str) -> None:
    """The tenant has died on 20 March, and the days through `last` have ended."""
    dead = say(facts.LeaseEnded, ended_on="2026-03-20", reason="death")
    world.log.take([dead, *days("2026-03-20", last)])


def test_after_a_death_no_page_says_that_nothing_saves_the_home_while_a_payment_does(
    world: World,
) -> None:
    died(world, "2026-03-21")
    anna = world.browser("anna")
    page, text = unescape(anna.get(CASE).text), unescape(anna.get(TEXT).text)
    for shown in (page, text):
        assert "Avtalet har upphört" not in shown
        assert "Hyresgästen har avlidit, 20 mars 2026. Den som bodde där kan ha rätt" in shown
        assert "ska betalas i tid för att hyresrätten ska finnas kvar för den som bodde" in shown
    assert "Hyresgästen kan betala" not in page
    assert "Den som bodde där, eller dödsboet, kan betala hyran" in page
    assert "Skriv inte till den avlidna" in section(page, "letters")
    letter = anna.get(link("letter_form", lease=LEASE, kind="visit-arrears")).text
    assert "Skriv inte till den avlidna" in letter


def test_who_comes_long_after_a_death_reads_of_it_and_that_payment_alone_saves_nothing(
    world: World,
) -> None:
    died(world, "2026-05-25")
    anna = world.browser("anna")
    for shown in (unescape(anna.get(CASE).text), unescape(anna.get(TEXT).text)):
        assert "Hyresgästen har avlidit, 20 mars 2026. Den som bodde där kan ha rätt" in shown
        assert "jordabalken), och lagens dagar löper" not in shown
        assert "är obetalt. Avtalet har upphört" in shown
        assert "jordabalken)." in shown


def test_a_lease_that_ended_otherwise_has_no_payment_that_brings_it_back_in_the_text_either(
    world: World,
) -> None:
    moved = say(facts.LeaseEnded, ended_on="2026-03-20", reason="moved")
    world.log.take([moved, *days("2026-03-20", "2026-03-21")])
    anna = world.browser("anna")
    for shown in (unescape(anna.get(CASE).text), unescape(anna.get(TEXT).text)):
        assert "Hyresavtalet upphörde 20 mars 2026." in shown
        assert "är obetalt. Avtalet har upphört" in shown
        assert "få tillbaka hyresrätten." not in shown


# What is said of days, sums and people


@pytest.mark.parametrize("by", ["papers", "registration"])
def test_where_nobody_has_told_of_the_rent_neither_page_nor_text_says_that_none_is_late(
    world: World, by: str
) -> None:
    new = lease_id(99)
    if by == "registration":
        world.log.tell(registered(new))
    papers_page.send(world.browser("anna"), number="99")
    anna = world.browser("anna")
    case, text = (unescape(anna.get(link(name, lease=new)).text) for name in ("case", "case_text"))
    for page in (section(case, "saving"), text):
        assert "gäller 8 450,50 kr som förföll 31 januari 2026" in " ".join(page.split())
        assert "Fråga hyresvärden vad som är obetalt." in page
    for page in (case, text):
        assert "Ingen hyra är sen" not in page
        assert "inget att betala" not in page
    assert "0 kr" not in section(case, "account")


def test_the_text_does_not_ask_for_a_day_that_has_passed(world: World) -> None:
    text = unescape(world.browser("anna").get(TEXT).text)
    assert "- Rädda hemmet, skulle ha gjorts 17 mars 2026." in text
    anna = world.browser("anna")
    anna.cookies.set("language", "en")
    assert "should have been done by 17 March 2026." in unescape(anna.get(TEXT).text)


def test_a_task_of_a_day_that_is_ahead_is_to_be_done_by_it_in_the_text(tmp_path: Path) -> None:
    with site_world(f"sqlite:///{tmp_path}/town.db", events()[:-3]) as found:
        assert "- Rädda hemmet, senast 17 mars 2026." in unescape(
            found.browser("anna").get(TEXT).text
        )


def test_the_day_of_a_wait_is_the_day_on_which_the_case_is_back(anna: TestClient) -> None:
    page = unescape(anna.get(CASE).text)
    assert "Tillbaka på listan den" in page
    assert "Till och med dagen före" not in page


def test_who_asked_about_the_children_is_named_and_no_id_in_the_tasks_reasons_and_changes(
    world: World,
) -> None:
    world.log.take(
        [
            say(
                facts.HouseholdUpdated,
                known="yes",
                children=[{"birth_year": 2016, "living": "permanent"}],
                source=MUNICIPAL,
            )
        ]
    )
    anna = world.browser("anna")
    act(anna, "/question")
    world.log.take(days("2026-03-20", "2026-03-20"))
    page = unescape(anna.get(CASE).text)
    assert "ställdes 20 mars 2026 av Anna Andersson" in page
    assert "av anna" not in page


def test_under_notice_with_a_lease_that_ends_no_sum_is_said_to_win_it_back(world: World) -> None:
    ends = say(facts.LeaseEnded, ended_on="2026-03-31", reason="notice_by_tenant")
    world.log.take([ends, *days("2026-03-20", "2026-03-20")])
    page = world.browser("anna").get(CASE).text
    assert "Avtalet upphör ändå" in section(page, "saving")
    assert "dagar kvar" not in section(page, "saving")
    assert "få tillbaka hyresrätten" not in section(page, "clock")


def test_the_earliest_last_day_is_never_said_to_be_the_last(tmp_path: Path) -> None:
    told = [registered(), invoiced("2026-03"), message("2026-03-09", due_on="2026-02-28")]
    lived = [*told, *days("2026-03-09", "2026-03-29")]
    with site_world(f"sqlite:///{tmp_path}/floor.db", lived) as world:
        page = world.browser("anna").get(CASE).text
    said = "Tidigast möjliga sista dag att betala och få behålla hemmet: 30 mars 2026"
    assert f"0 dagar kvar: sista dagen kan vara i dag. {said}" in section(page, "saving")
    assert "i dag är sista dagen" not in page


@pytest.mark.parametrize("name", ["over", "floor", "ending", "lost", "unknown"])
def test_a_sum_that_is_unpaid_is_said_in_the_grammar_of_a_sum(name: str) -> None:
    assert words("sv").say(f"case.sum_{name}").startswith("är obetalt.")


def test_a_part_of_a_rent_is_said_in_the_grammar_of_the_rent() -> None:
    part = phrase("rent.part", ore=120_000, period="2026-03")
    said = words("sv").say(phrase("rank.late_rent", rent=part, since="2026-03-03",
                                  household="household.adults"))  # fmt: skip
    assert said.startswith("En del av hyran för mars 2026, 1\u00a0200\u00a0kr, är sen sedan 3 mars")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_day_of_a_review_is_said_so_that_it_is_true_after_the_day_too(language: str) -> None:
    said = words(language).say(phrase("reason.review_on", on="2026-03-01"))
    assert not re.search(r"\bska\b|is to be", said)
