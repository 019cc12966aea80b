"""The auditor's page: rows as they were noted, in words; and whether the record is whole."""

from html import unescape

import pytest

from alerts.access import glass
from alerts.access.audit import AuditLog, Entry
from alerts.access.person import Role
from alerts.web.links import link
from alerts.web.pages import audit as audit_page
from alerts.web.pages.audit import MOST
from tests.access.forging import edit, remove, unlock
from tests.builders import lease_id
from tests.web.forms import send
from tests.web.lived import OTHER_DISTRICT
from tests.web.site_world import World

AUDIT = link("audit")


def page(world: World, path: str = AUDIT) -> str:
    answer = world.browser("greta").get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def note(world: World, count: int, subject: str = "anna") -> None:
    """Rows of a list that was looked at."""
    log = AuditLog(world.engine, lambda: 0.0)
    for _ in range(count):
        log.note(Entry(subject, Role.CASEWORKER, "0181", "today"))
    log.close()


def forge(world: World) -> None:
    note(world, 6)
    unlock(world.engine)
    with world.engine.begin() as connection:
        edit(connection, 3, subject="nobody")


class TestWhetherItIsWhole:
    def test_an_edited_row_is_told_and_the_anchor_is_called_worthless(self, world: World) -> None:
        forge(world)
        html = page(world, link("audit", verify=1))
        assert "Loggen är inte som den skrevs. Spara inte ankaret." in html
        assert "row 3 is not as it was written" in html

    def test_without_being_asked_the_page_verifies_nothing_and_offers_it(
        self, world: World
    ) -> None:
        forge(world)
        html = page(world)
        assert "inte som den skrevs" not in html
        assert "Kontrollera de senaste 20\N{NO-BREAK SPACE}000 raderna" in html

    def test_of_many_rows_the_newest_are_verified_and_the_page_says_so(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forge(world)
        monkeypatch.setattr(audit_page, "VERIFIED", 2)
        html = page(world, link("audit", verify=1))
        assert "De 2 senaste raderna är som de skrevs" in html
        assert "Äldre rader är inte kontrollerade" in html
        monkeypatch.setattr(audit_page, "VERIFIED", 5)  # the sixth-newest is row 2
        assert "row 3 is not as it was written" in page(world, link("audit", verify=1))

    def test_a_row_that_was_removed_before_the_newest_is_missed_by_the_first_of_them(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note(world, 6)
        unlock(world.engine)
        with world.engine.begin() as connection:
            remove(connection, 4)
        monkeypatch.setattr(audit_page, "VERIFIED", 2)
        html = page(world, link("audit", verify=1))
        assert "row 5 does not follow on the row before it" in html

    def test_a_record_whose_head_was_taken_away_says_so(self, world: World) -> None:
        note(world, 2)
        greta = world.browser("greta")
        with world.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM audit_head")
        with pytest.raises(Exception, match="the audit cannot be written"):
            greta.get(AUDIT)  # and as nothing can be noted any more, nothing is shown

    def test_a_whole_record_says_how_many_rows_there_are_and_which_anchor_to_keep(
        self, world: World
    ) -> None:
        note(world, 3)
        html = page(world, link("audit", verify=1))
        assert "Loggen har 3 rader." in html
        assert "De 3 senaste raderna är som de skrevs, och hänger ihop. Det är alla." in html
        assert '<code class="anchor">3:' in html


class TestRows:
    @pytest.mark.parametrize(
        "given", [{"before": "x"}, {"before": "-1"}, {"before": "9" * 30}, {"only": "everything"}]
    )
    def test_a_filter_that_cannot_be_is_said_in_words(
        self, world: World, given: dict[str, str]
    ) -> None:
        answer = world.browser("greta").get(link("audit", **given))
        assert answer.status_code == 422
        assert "Urvalet i adressen går inte att läsa" in answer.text

    def test_an_action_or_a_role_of_another_release_is_shown_as_it_stands(
        self, world: World
    ) -> None:
        world.site.audit.note(Entry("x", "wizard", None, "conjure", detail={"spell": "abra"}))
        html = page(world)
        assert ">x</bdi></a>, wizard<" in html
        assert ">conjure<" in html
        assert 'spell: <bdi>"abra"</bdi>' in html

    def test_what_was_noted_is_shown_as_text(self, world: World) -> None:
        world.site.audit.note(Entry("<b>", "auditor", None, "<script>", "<i>", {"<u>": "<s>"}))
        html = world.browser("greta").get(AUDIT).text
        assert not {"<b>", "<script>", "<i>", "<u>", "<s>"} & set(html.split())
        assert "&lt;script&gt;" in html

    def test_nobody_is_found_by_a_name_that_nobody_has_and_the_page_says_what_to_do(
        self, world: World
    ) -> None:
        note(world, 1)
        assert "Inget är noterat i urvalet." in page(world, link("audit", person="Ingen Alls"))

    def test_are_in_words_with_names_and_the_newest_first(self, world: World) -> None:
        anna = world.browser("anna")
        anna.get(link("case", lease=lease_id(1)))
        anna.get(link("search", words="4"))
        html = page(world)
        assert html.index('sökte: <bdi>"4"') < html.index("Öppnade ett ärende")
        assert ">Anna Andersson</bdi></a>, handläggare, 0181<" in html
        assert "2026-03-20 12:00:00" in html

    def test_are_found_by_lease_by_a_persons_name_and_by_an_id(self, world: World) -> None:
        world.browser("anna").get(link("case", lease=lease_id(1)))
        world.browser("lena").get(link("case", lease=lease_id(4)))
        by_lease = page(world, link("audit", lease=lease_id(4)))
        assert by_lease.count("Öppnade ett ärende") == 1
        assert ">Lena Larsson</bdi></a>, gruppledare" in by_lease
        for person in ("Anna Andersson", "anna"):
            html = page(world, link("audit", person=person))
            assert html.count("Öppnade ett ärende") == 1
            assert "Lena Larsson" not in html

    def test_only_what_was_denied_and_only_broken_glass_can_be_asked_for(
        self, world: World
    ) -> None:
        ronna = world.browser("ronna")
        case, glass = (link(name, lease=lease_id(OTHER_DISTRICT)) for name in ("case", "glass"))
        ronna.get(link("today"))
        assert ronna.get(case).status_code == 403
        send(ronna, case, glass, reason="akut samtal från hyresvärden")
        denied = page(world, link("audit", only="denied"))
        assert "Blev inte av" in denied
        assert "Såg listan" not in denied
        broken = page(world, link("audit", only="glass"))
        assert "Öppnade ett stängt ärende med angiven orsak" in broken
        assert 'orsak: <bdi>"akut samtal från hyresvärden"' in broken
        assert "Blev inte av" not in broken

    @pytest.mark.parametrize(
        ("reason", "why"), [("x", "orsaken var för kort"), ("jour i natt", "för många")]
    )
    def test_a_glass_that_stayed_whole_is_seen_as_refused_among_the_broken_ones(
        self, world: World, monkeypatch: pytest.MonkeyPatch, reason: str, why: str
    ) -> None:
        monkeypatch.setattr(glass, "A_DAY", 0)
        case, there = (link(name, lease=lease_id(OTHER_DISTRICT)) for name in ("case", "glass"))
        ronna = world.browser("ronna")
        assert send(ronna, case, there, reason=reason).status_code == 422
        assert ronna.get(case).status_code == 403
        broken = page(world, link("audit", only="glass"))
        assert broken.count("Öppnade ett stängt ärende med angiven orsak") == 1
        assert broken.count("Blev inte av") == 1
        assert f"gick inte: <bdi>{why}" in broken

    def test_a_limit_that_is_reached_between_the_note_and_the_opening_is_seen_beside_the_note(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(glass, "break_glass", lambda *_: glass.NotBroken.TOO_MANY)
        case, there = (link(name, lease=lease_id(OTHER_DISTRICT)) for name in ("case", "glass"))
        assert send(world.browser("ronna"), case, there, reason="jour i natt").status_code == 422
        broken = page(world, link("audit", only="glass"))
        assert broken.count("Öppnade ett stängt ärende med angiven orsak") == 2
        assert broken.count("Blev inte av") == 1

    def test_older_ones_are_a_page_further_and_none_is_shown_twice_or_left_out(
        self, world: World
    ) -> None:
        note(world, MOST + 10)
        first = page(world, link("audit", person="anna"))
        assert "Äldre rader" in first
        assert f'class="right">{MOST + 10}</th>' in first
        assert 'class="right">11</th>' in first
        assert 'class="right">10</th>' not in first
        second = page(world, link("audit", person="anna", before=11))
        assert 'class="right">10</th>' in second
        assert 'class="right">11</th>' not in second
        assert "Äldre rader</a>" not in second

    def test_the_auditors_own_looks_are_noted_with_what_was_asked_for(self, world: World) -> None:
        page(world, link("audit", lease=lease_id(4)))
        html = page(world)
        assert ">Greta Granskare</bdi></a>, granskare<" in html
        assert f'frågade efter hyresavtal: <bdi>"{lease_id(4)}"' in html

    def test_to_ask_for_a_leases_rows_is_not_filed_as_if_its_case_was_opened(
        self, world: World
    ) -> None:
        page(world, link("audit", lease=lease_id(4)))
        assert "Inget är noterat i urvalet" in page(world, link("audit", lease=lease_id(4)))

    def test_what_somebody_typed_cannot_pass_for_another_field_or_turn_the_row_around(
        self, world: World
    ) -> None:
        forged = '4"; svar: "200\u202e\n\u200b\xa0\\'
        world.browser("anna").get(link("search", words=forged))
        world.browser("anna").get(link("case", lease="7\u202eA"))
        html = page(world)
        assert r'sökte: <bdi>"4\"; svar: \"200\u{202e}' in html
        assert r"7\u{202e}A</bdi>" in html
        assert not {"\u202e", "\u200b", "\xa0"} & set(html.split("<tbody>")[1])

    def test_the_auditor_of_a_municipality_sees_what_its_people_did_and_no_others(
        self, world: World
    ) -> None:
        for who in ("stock", "anna", "hugo", "greta"):
            world.browser(who).get(link("start"))
            world.browser(who).get(link("today"))
        answer = world.browser("gun").get(link("audit", verify=1))
        html = unescape(answer.text)
        assert "Anna Andersson" in html
        assert "Du ser det som noterats om dem som arbetar i din kommun, Södertälje (0181)." in html
        assert "De 4 senaste raderna är som de skrevs" in html  # of the whole record
        assert not {"stock", "hugo", "greta"} & {
            part.split('"')[0].split("=")[-1] for part in html.split('href="/audit?person=')[1:]
        }
        by_name = unescape(world.browser("gun").get(link("audit", person="stock")).text)
        assert "Inget är noterat i urvalet" in by_name
        assert "Hugo Hyresvärd" in page(world)
