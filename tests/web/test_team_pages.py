"""The team leader sees the load and gives cases on, without opening what is closed to a leader."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import count
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import event as listening
from sqlalchemy import select
from starlette.testclient import TestClient

from alerts.access import audit_list, people, sessions
from alerts.access.person import Person, Role
from alerts.commands.event_log import NotTold, Position
from alerts.store import access_schema, schema
from alerts.web.pages.team_csv import plain
from models.contract import facts
from models.contract.events import MUNICIPALITY, Event
from tests.builders import days, invoiced, lease_id, registered, say
from tests.web import one_case
from tests.web.forms import form
from tests.web.lived import OTHER_DISTRICT, OTHER_TOWN, PAYS, PROTECTED, events
from tests.web.site_world import LOTTA, NOON, PEOPLE, TOWN, World, site_world

SECRET = lease_id(PROTECTED)
LEADER_OF_RONNA = Person("lisa", "Lisa Lund", Role.TEAM_LEADER, TOWN, ("Ronna",))
PAGES = ("/team", "/team/load", "/team/counts.csv", "/team/meeting", "/team/guarantees")
POSTS = ("/team/handover", "/team/meeting", f"/case/{SECRET}/name")


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with site_world(sqlite_url, events(), ticking()) as made:
        everybody_logged_in(made)
        yield made


def ticking() -> Callable[[], datetime]:
    """A clock that goes on, for of two acts in one moment neither is the later."""
    seconds = count()
    return lambda: NOON + timedelta(seconds=next(seconds))


def everybody_logged_in(world: World) -> None:
    with world.engine.begin() as connection:
        for person in PEOPLE.values():
            people.remember(connection, person, NOON.timestamp())


def post(browser: TestClient, path: str, **fields: str) -> Response:
    """Send a form of the team page."""
    found = re.search(r'name="form_token" value="([^"]+)"', browser.get("/team/load").text)
    return browser.post(path, data={"form_token": found[1] if found else "", **fields})


def assigned(world: World) -> dict[str, str | None]:
    """Whose each lease's open tasks are, also of those that wait."""
    table = schema.tasks.c
    query = select(table.lease_id, table.assigned_to).where(table.state != "closed")
    with world.engine.connect() as connection:
        return {row.lease_id: row.assigned_to for row in connection.execute(query)}


def handed_over(world: World, lease: str) -> list[dict[str, Any]]:
    """What the audit has of a lease that was handed over, the oldest first."""
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection, lease_id=lease)
    return [row for row in reversed(rows) if row["action"] == "handed_over"]


def give(world: World, to: str, *leases: str) -> None:
    """Give leases to somebody, as the leader does."""
    for lease in leases:
        assert post(world.browser("lena"), f"/case/{lease}/name", to=to).status_code == 200


def test_a_leader_who_names_another_is_shown_first_whom_a_colleague_named(world: World) -> None:
    lena, lotta = world.browser("lena"), world.browser(LOTTA)
    where = f"/case/{SECRET}/name"
    theirs = form(lotta.get(f"/case/{SECRET}").text, where)
    give(world, "anna", SECRET)
    answer = lotta.post(where, data={**theirs, "to": "berit"})
    assert answer.status_code == 409
    assert "Ärendet är nu hos Anna Andersson" in answer.text
    assert assigned(world)[SECRET] == "anna"
    again = form(answer.text, "")
    assert lotta.post(where, data=again).status_code == 200
    assert assigned(world)[SECRET] == "berit"
    assert lena.get(f"/case/{SECRET}").status_code == 403


class TestWhoMay:
    @pytest.mark.parametrize("name", ["anna", "ronna", "hugo", "olle", "greta"])
    @pytest.mark.parametrize("path", PAGES)
    def test_nobody_but_a_leader_sees_the_teams_pages(
        self, world: World, name: str, path: str
    ) -> None:
        assert world.browser(name).get(path).status_code == 403

    @pytest.mark.parametrize("name", ["anna", "hugo", "greta"])
    @pytest.mark.parametrize("path", POSTS)
    def test_nobody_but_a_leader_gives_cases_on(self, world: World, name: str, path: str) -> None:
        answer = world.browser(name).post(path, data={"to": name, "from": "berit", "sure": "1"})
        assert answer.status_code == 403
        assert set(assigned(world).values()) == {None}

    @pytest.mark.parametrize("path", POSTS)
    def test_a_form_of_another_login_does_nothing(self, world: World, path: str) -> None:
        answer = world.browser("lena").post(path, data={"to": "berit", "phone": "1"})
        assert answer.status_code == 403
        assert set(assigned(world).values()) == {None}


class TestHandingOver:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"from": "anna", "to": "anna"}, "två olika"),
            ({"from": "anna", "to": "lena"}, "till dig själv"),
            ({"from": "anna", "to": "stock"}, "inte handläggare"),
            ({"from": "anna", "to": "hugo"}, "inte handläggare"),
            ({"from": "anna", "to": "nobody"}, "inte handläggare"),
            ({"from": "anna", "to": ""}, "inte handläggare"),
            ({"from": "nobody", "to": "berit"}, "inga uppgifter"),
            ({"from": "", "to": "berit"}, "inga uppgifter"),
            ({"from": "anna", "to": "berit", "sure": ""}, "Kryssa i"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_changed(
        self, world: World, fields: dict[str, str], sentence: str
    ) -> None:
        give(world, "anna", lease_id(1))
        before = assigned(world)
        answer = post(world.browser("lena"), "/team/handover", **{"sure": "1", **fields})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert assigned(world) == before

    def test_a_log_that_does_not_answer_is_said_with_what_is_left(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        give(world, "anna", lease_id(1))

        def silent(event: Event, partition: int | None = None) -> Position:
            raise NotTold("no answer")

        monkeypatch.setattr(world.log, "tell", silent)
        answer = post(world.browser("lena"), "/team/handover", sure="1", to="berit", **FROM_ANNA)
        assert answer.status_code == 503
        assert f"Hyresavtal {lease_id(1)}: Loggen svarade inte." in answer.text
        assert "Ingen uppgift är given till Berit Berg." in answer.text
        begun, failed = handed_over(world, lease_id(1))
        assert (begun["detail"]["status"], begun["allowed"]) == ("begun", True)
        assert (failed["detail"]["refused"], failed["allowed"]) == ("no_answer", False)

    def test_all_of_a_colleague_goes_on_also_what_is_protected_or_waits(self, world: World) -> None:
        give(world, "anna", lease_id(1), SECRET)
        lease = lease_id(1)
        waits = say(facts.TaskWaits, lease_id=lease, on="2026-03-19", until="2026-04-20",
                    reason="other", by="anna")  # fmt: skip
        world.log.take([waits])
        answer = post(world.browser("lena"), "/team/handover", sure="1", to="berit", **FROM_ANNA)
        assert answer.status_code == 200
        assert "uppgifter är givna till Berit Berg" in answer.text
        now = assigned(world)
        assert {now[lease], now[SECRET]} == {"berit"}
        assert {who for name, who in now.items() if name not in (lease, SECRET)} == {None}

    def test_the_audit_says_of_each_lease_who_was_let_in_before_anything_is_given(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        give(world, "anna", lease_id(1), SECRET)
        seen, tell = list[int](), world.log.tell

        def told(event: Event, partition: int | None = None) -> Position:
            seen.append(len(handed_over(world, SECRET)))
            return tell(event, partition)

        monkeypatch.setattr(world.log, "tell", told)
        post(world.browser("lena"), "/team/handover", sure="1", to="berit", **FROM_ANNA)
        assert set(seen) == {1}
        for lease in (lease_id(1), SECRET):
            (row,) = handed_over(world, lease)
            assert (row["subject"], row["municipality"]) == ("lena", TOWN)
            assert {"from": "anna", "to": "berit", "status": "begun"}.items() <= row[
                "detail"
            ].items()
        assert handed_over(world, lease_id(4)) == []

    def test_the_same_form_sent_twice_has_no_second_effect(self, world: World) -> None:
        give(world, "anna", lease_id(1))
        world.log.folds = False
        sent = {"sure": "1", "to": "berit", "act": "case-20260320T110000.000000-0a1b2c3d"}
        first = post(world.browser("lena"), "/team/handover", **sent, **FROM_ANNA)
        assert "syns här om en stund" in first.text
        post(world.browser("lena"), "/team/handover", **sent, **FROM_ANNA)
        world.log.fold()
        page = world.browser("berit").get(f"/case/{lease_id(1)}").text
        tasks = page.count('<article class="task-whole"')
        assert tasks >= 1
        assert page.count('value="case-20260320T110000.000000-0a1b2c3d-') == tasks

    def test_the_same_form_sent_again_when_all_is_given_is_answered_as_at_first(
        self, world: World
    ) -> None:
        give(world, "anna", lease_id(1), SECRET)
        give(world, "berit", lease_id(4))
        sent = {"sure": "1", "to": "berit", "act": "case-20260320T110000.000000-0a1b2c3d"}
        first, second = (
            post(world.browser("lena"), "/team/handover", **sent, **FROM_ANNA) for _ in range(2)
        )
        assert first.status_code == second.status_code == 200
        said = [re.findall(r"\d+ uppgifter är givna till Berit Berg", one.text)
                for one in (first, second)]  # fmt: skip
        assert said[0] == said[1] != []

    def test_a_colleague_who_never_logged_in_can_be_relieved(self, world: World) -> None:
        give(world, "anna", lease_id(1))
        with world.engine.begin() as connection:
            connection.execute(
                access_schema.people.delete().where(access_schema.people.c.subject == "anna")
            )
        browser = world.browser("lena")
        assert (
            '<option value="anna">anna, finns inte bland kommunens kollegor</option>'
            in browser.get("/team/load").text
        )
        assert post(browser, "/team/handover", sure="1", to="berit", **FROM_ANNA).status_code == 200


FROM_ANNA = {"from": "anna"}


class TestNamingACaseworker:
    def test_a_case_of_another_town_is_not_there(self, world: World) -> None:
        for lease in (lease_id(OTHER_TOWN), lease_id(99), "what"):
            answer = post(world.browser("lena"), f"/case/{lease}/name", to="berit")
            assert answer.status_code == 404
        assert assigned(world)[lease_id(OTHER_TOWN)] is None

    @pytest.mark.parametrize("to", ["lena", "stock", "nobody", ""])
    def test_it_is_not_given_to_the_leader_or_to_somebody_else_of_elsewhere(
        self, world: World, to: str
    ) -> None:
        answer = post(world.browser("lena"), f"/case/{SECRET}/name", to=to)
        assert answer.status_code == 422
        assert assigned(world)[SECRET] is None

    def test_a_case_without_open_tasks_cannot_be_given(self, world: World) -> None:
        answer = post(world.browser("lena"), f"/case/{lease_id(PAYS)}/name", to="berit")
        assert answer.status_code == 422
        assert "ingen öppen uppgift" in answer.text

    def test_a_leader_of_a_district_gives_no_other_districts_case_but_a_protected_one(
        self, world: World
    ) -> None:
        browser = world.browser()
        now = world.site.clock().timestamp()
        token = sessions.open_session(world.engine, LEADER_OF_RONNA, None, now)
        browser.cookies.set(world.site.cookie, token)
        other = lease_id(OTHER_DISTRICT)
        assert post(browser, f"/case/{other}/name", to="berit").status_code == 403
        assert post(browser, f"/case/{SECRET}/name", to="berit").status_code == 200
        assert (assigned(world)[other], assigned(world)[SECRET]) == (None, "berit")

    def test_who_is_named_opens_it_and_the_leader_does_not(self, world: World) -> None:
        closed = world.browser("lena").get(f"/case/{SECRET}")
        assert closed.status_code == 403
        assert f'action="/case/{SECRET}/name"' in closed.text
        assert world.browser("berit").get(f"/case/{SECRET}").status_code == 403
        give(world, "berit", SECRET)
        assert world.browser("berit").get(f"/case/{SECRET}").status_code == 200
        assert world.browser("lena").get(f"/case/{SECRET}").status_code == 403

    def test_a_caseworkers_closed_page_has_no_form_for_it(self, world: World) -> None:
        assert "/name" not in world.browser("anna").get(f"/case/{SECRET}").text

    def test_it_stands_on_the_page_until_it_has_somebody(self, world: World) -> None:
        browser = world.browser("lena")
        assert f'action="/case/{SECRET}/name"' in browser.get("/team").text
        give(world, "berit", SECRET)
        assert f'action="/case/{SECRET}/name"' not in browser.get("/team").text

    def test_the_audit_says_who_gave_which_case_to_whom(self, world: World) -> None:
        give(world, "berit", SECRET)
        table = access_schema.audit.c
        wanted = select(access_schema.audit).where(table.action == "name_caseworker")
        with world.engine.connect() as connection:
            begun, row = connection.execute(wanted).all()
        assert begun.detail == '{"status":"begun"}'
        assert (row.subject, row.lease_id) == ("lena", SECRET)
        assert '"to":"berit"' in row.detail


class TestThePage:
    def test_a_protected_identity_is_in_no_district(self, world: World) -> None:
        give(world, "berit", SECRET)
        page = world.browser("lena").get("/team/load").text
        ronna = re.search(r'<th scope="row">Ronna</th>.*?<strong>(\d+)</strong>', page)
        hidden = re.search(r'<th scope="row">Skyddade.*?<strong>(\d+)</strong>', page)
        table = schema.tasks.c
        with world.engine.connect() as connection:
            query = select(table.protected, table.district).where(schema.OPEN_TASKS)
            rows = connection.execute(query.where(table.municipality == TOWN)).all()
        assert ronna is not None
        assert hidden is not None
        assert int(ronna[1]) == sum(row.district == "Ronna" and not row.protected for row in rows)
        assert int(hidden[1]) == sum(row.protected for row in rows) > 0

    def test_it_asks_the_database_ten_times_at_most(self, world: World) -> None:
        give(world, "berit", lease_id(1))
        browser, asked = world.browser("lena"), list[str]()
        listening.listen(world.engine, "before_cursor_execute",
                         lambda _c, _k, statement, *_: asked.append(statement))  # fmt: skip
        for path in ("/team", "/team/load"):
            asked.clear()
            browser.get(path)
            reads = [one for one in asked if one.startswith("SELECT") and "audit" not in one]
            assert len(reads) <= 12  # two of them for the session, and its name

    def test_a_clock_that_nobody_watches_is_shown_until_it_is_planned_and_given(
        self, sqlite_url: str
    ) -> None:
        with site_world(
            sqlite_url, [*one_case.events(), *days("2026-03-20", "2026-03-29")], ticking()
        ) as w:
            everybody_logged_in(w)
            browser, hidden = w.browser("lena"), one_case.HIDDEN
            page = browser.get("/team").text
            risk = page[page.index('id="risk-rows"') : page.index('id="unnamed"')]
            assert hidden in risk
            assert "Skyddade personuppgifter" in risk
            assert "2 april 2026" in risk
            (task,) = [task for task, lease in open_tasks(w).items() if lease == hidden]
            give(w, "berit", hidden)
            planned = say(facts.TaskPlanned, lease_id=hidden, task_id=task, on="2026-03-29",
                          planned_on="2026-03-31", who="Berit", by="berit")  # fmt: skip
            w.log.take([planned])
            page = browser.get("/team").text
            risk = page[page.index('id="risk-rows"') : page.index('id="unnamed"')]
            assert hidden not in risk

    def test_a_last_day_that_passed_with_nobody_stays_on_the_page_until_somebody_has_it(
        self, sqlite_url: str
    ) -> None:
        lived = [*one_case.events(), *days("2026-03-20", "2026-04-02")]
        with site_world(sqlite_url, lived, ticking()) as w:
            everybody_logged_in(w)
            for until in ("2026-04-02", "2026-04-12"):  # a payment may be on its way; it is lost
                w.log.take(days("2026-04-03", until) if until > "2026-04-02" else [])
                risk = at_risk(w)
                assert one_case.HIDDEN in risk
                assert "2 april 2026" in risk
            (task,) = [task for task, lease in open_tasks(w).items() if lease == one_case.HIDDEN]
            give(w, "berit", one_case.HIDDEN)
            assert one_case.HIDDEN in at_risk(w)
            w.log.take([say(facts.TaskPlanned, lease_id=one_case.HIDDEN, task_id=task,
                            on="2026-04-12", planned_on="2026-04-14", who="Berit",
                            by="berit")])  # fmt: skip
            assert one_case.HIDDEN not in at_risk(w)

    def test_a_notice_whose_last_day_is_far_is_not_told_as_passed(self, sqlite_url: str) -> None:
        with site_world(sqlite_url, one_case.events(), ticking()) as w:
            everybody_logged_in(w)
            assert one_case.HIDDEN not in at_risk(w)
            assert "är inom 5 arbetsdagar eller har passerat har både plan" in at_risk(w)

    def test_a_town_without_tasks_has_a_page_too(self, sqlite_url: str) -> None:
        with site_world(sqlite_url, days("2026-03-01", "2026-03-19")) as w:
            page = w.browser("lena").get("/team")
            assert page.status_code == 200
            load = w.browser("lena").get("/team/load")
            assert load.status_code == 200
            assert "Ingen annan i kommunen har loggat in än." in load.text
            assert w.browser("lena").get("/team/counts.csv").status_code == 200
            assert w.browser("lena").get("/team/guarantees").status_code == 200


def at_risk(world: World) -> str:
    """What the leader's page says of the days that nobody watches."""
    page = world.browser("lena").get("/team").text
    return page[page.index('id="risk"') : page.index('id="unnamed"')]


def open_tasks(world: World) -> dict[str, str]:
    table = schema.tasks.c
    query = select(table.task_id, table.lease_id).where(schema.OPEN_TASKS)
    with world.engine.connect() as connection:
        return {row.task_id: row.lease_id for row in connection.execute(query)}


class TestTheFile:
    def test_it_has_counts_and_no_identity_and_few_are_not_told(self, sqlite_url: str) -> None:
        homes = [registered(lease_id(n), district="Ronna" if n < 9 else "Geneta",
                            protected_identity=n == 12) for n in range(1, 13)]  # fmt: skip
        rents = [invoiced("2026-03", lease_id(n)) for n in range(1, 13)]
        with site_world(sqlite_url, [*homes, *rents, *days("2026-02-20", "2026-03-19")]) as w:
            everybody_logged_in(w)
            give(w, "berit", lease_id(1))
            answer = w.browser("lena").get("/team/counts.csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert not re.search("559990|berit|Berit|anna", answer.text)
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == ["Område", "Vad", "Värde", "Hushåll"]
        bands = {row[0]: row[3] for row in rows if row[1] == "Öppna, band" and row[2] == "C"}
        assert bands == {"Ronna": "8", "Geneta": "<3", "Skyddade personuppgifter": "<3"}

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", " =1", "＝1"])  # noqa: RUF001
    def test_a_district_that_would_be_calculated_is_a_text(self, text: str) -> None:
        assert plain(text) == f"'{text}"
        assert plain("Ronna-Geneta") == "Ronna-Geneta"


class TestTheMeeting:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"phone": ""}, "telefonnummer"),
            ({"phone": "1" * 61}, "telefonnummer"),
            ({"phone": "08", "meeting": "karlstad/company"}, "bland kommunens möten"),
            ({"phone": "08", "meeting": "nowhere"}, "bland kommunens möten"),
        ],
    )
    def test_a_pack_that_cannot_be_made_is_refused(
        self, world: World, fields: dict[str, str], sentence: str
    ) -> None:
        answer = post(world.browser("lena"), "/team/meeting", **fields)
        assert answer.status_code == 422
        assert sentence in answer.text

    def test_before_a_day_has_ended_there_is_nothing_to_count(self, sqlite_url: str) -> None:
        with site_world(sqlite_url, []) as w:
            answer = post(w.browser("lena"), "/team/meeting", phone="08")
            assert answer.status_code == 422
            assert "Ingen dag har avslutats" in answer.text

    @pytest.mark.parametrize("meeting", ["", "sodertalje/network"])
    def test_the_pack_of_a_meeting_is_a_pdf(self, world: World, meeting: str) -> None:
        browser = world.browser("lena")
        assert "Nätverksmöte med Kronofogden" in browser.get("/team/meeting").text
        answer = post(browser, "/team/meeting", phone="08-123", meeting=meeting)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


class TestTheRegisters:
    def homes(self) -> list[Event]:
        reviewed = [
            registered(lease_id(n), kind="trial", protected_identity=n == 2,
                       review_on=date(2026, n, 1), started_on=date(2025, 1, 1),
                       municipality="0180" if n == 3 else TOWN)
            for n in (1, 2, 3)
        ]  # fmt: skip
        given = [
            say(facts.GuaranteeGiven, source=MUNICIPALITY + town, lease_id=lease_id(n),
                guarantee_id=f"B{n}", on="2026-01-20", starts_on="2026-02-01", ends_on=ends,
                months_of_rent=3, by="Vera")
            for n, town, ends in ((2, TOWN, "2027-01-31"), (3, "0180", None),
                                  (1, TOWN, "2026-03-01"))
        ]  # fmt: skip
        return [*reviewed, *days("2026-01-15", "2026-01-20"), *given,
                *days("2026-01-21", "2026-03-19")]  # fmt: skip

    def test_they_have_the_towns_own_with_protected_ones_marked(self, sqlite_url: str) -> None:
        with site_world(sqlite_url, self.homes()) as w:
            page = w.browser("lena").get("/team/guarantees").text
            assert lease_id(3) not in page
            assert "B2" in page
            assert "B1" not in page
            assert page.count("Skyddade personuppgifter") == 2
            assert "1 avtal har en genomgång som skulle ha gjorts" not in page
            assert "2 avtal har en genomgång som skulle ha gjorts" in page
            assert "B1" in w.browser("lena").get("/team/guarantees?over=1").text

    @pytest.mark.parametrize("asked", ["2", "0", "-1", "x", "9" * 40, "²"])
    def test_a_sheet_that_there_is_not_is_the_nearest_there_is(
        self, sqlite_url: str, asked: str
    ) -> None:
        with site_world(sqlite_url, self.homes()) as w:
            page = w.browser("lena").get("/team/guarantees", params={"sheet": asked})
            assert page.status_code == 200
            assert "B2" in page.text

    def test_a_long_register_is_shown_sheet_by_sheet(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("alerts.web.pages.registers.ROWS", 1)
        with site_world(sqlite_url, self.homes()) as w:
            first = w.browser("lena").get("/team/guarantees").text
            assert 'href="/team/guarantees?ladder=2#ladder"' in first
            ladder = first[first.index('id="ladder-rows"') :]
            assert lease_id(1) in ladder
            assert lease_id(2) not in ladder
            second = w.browser("lena").get("/team/guarantees?ladder=2").text
            assert lease_id(2) in second[second.index('id="ladder-rows"') :]
