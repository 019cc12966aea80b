"""The letters of a case: refused in words, nothing lost, no ordinary post to who hides."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from sqlalchemy import select
from starlette.testclient import TestClient

from alerts.store import access_schema
from alerts.web.letters.one_at_a_time import one_at_a_time
from alerts.web.links import link
from tests.builders import LEASE, lease_id
from tests.web import lived
from tests.web.one_case import HIDDEN, events
from tests.web.page_forms import Form, form_to
from tests.web.site_world import World, site_world

VISIT = "visit-arrears"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("letters")
    with site_world(f"sqlite:///{folder}/town.db", events()) as found:
        yield found


@pytest.fixture
def anna(world: World) -> TestClient:
    return world.browser("anna")


def form(client: TestClient, kind: str = VISIT, lease: str = LEASE) -> Form:
    page = client.get(link("letter_form", lease=lease, kind=kind))
    assert page.status_code == 200
    return form_to(page.text, f"/letter/{kind}")


def shown(client: TestClient, kind: str = VISIT, lease: str = LEASE, **given: str) -> Any:
    """The page of a letter that is written."""
    return form(client, kind, lease).send(client, phone="08-1", **{"as": "look"}, **given)


def test_a_kind_of_letter_that_there_is_not_is_no_page(anna: TestClient) -> None:
    assert anna.get(link("letter_form", lease=LEASE, kind="threat")).status_code == 404


def test_a_letter_that_does_not_fit_is_refused_in_a_sentence_and_has_no_form(
    anna: TestClient,
) -> None:
    page = anna.get(link("letter_form", lease=LEASE, kind="confirm-eviction"))
    assert page.status_code == 200
    assert "inte meddelat någon tid för avhysning" in page.text
    assert "/letter/confirm-eviction" not in page.text


def test_a_letter_without_a_phone_is_refused_and_what_was_written_is_still_there(
    anna: TestClient,
) -> None:
    answer = form(anna).send(anna, fill_when="tisdag <b>", phone=" ", **{"as": "pdf"})
    assert answer.status_code == 422
    assert "Ange ansvarig handläggares namn och telefon" in answer.text
    assert form_to(answer.text, VISIT).fields["fill_when"] == "tisdag <b>"


def test_words_that_are_too_long_are_refused_and_not_lost(anna: TestClient) -> None:
    answer = shown(anna, fill_when="x" * 301)
    assert answer.status_code == 422
    assert "högst 300 tecken" in answer.text
    text = "# Brev\n\n" + "x" * 30_001
    answer = form(anna).send(anna, phone="08-1", text=text, **{"as": "pdf"})
    assert answer.status_code == 422
    assert form_to(answer.text, VISIT).fields["text"].strip() == text


def test_a_language_without_letters_is_said_and_nothing_is_lost(anna: TestClient) -> None:
    answer = form(anna).send(anna, phone="08-1", language="../xx", **{"as": "pdf"})
    assert answer.status_code == 422
    assert form_to(answer.text, VISIT).fields["phone"] == "08-1"


def test_a_letter_is_looked_at_before_it_is_taken_with_its_notes_and_blanks(
    anna: TestClient,
) -> None:
    page = shown(anna, fill_when="tisdag klockan 10").text
    assert "hem till dig tisdag klockan 10" in page
    assert "Att skriva i för hand: hyresgästens namn" in page
    assert "Fråga först om hushållet redan har en handläggare" in page
    assert form_to(page, VISIT).fields["text"].lstrip().startswith("[[hyresgästens namn]]")


def test_an_edited_letter_is_the_letter_in_every_file(anna: TestClient) -> None:
    one = form_to(shown(anna).text, VISIT)
    text = one.fields["text"].replace("Vi kommer gärna på besök", "Ring oss {{ phone }} <b>")
    answers = {kind: one.send(anna, text=text, **{"as": kind}) for kind in ("pdf", "docx", "txt")}
    assert {answer.status_code for answer in answers.values()} == {200}
    word = docx.Document(BytesIO(answers["docx"].content))
    said = {
        "pdf": PdfReader(BytesIO(answers["pdf"].content)).pages[0].extract_text(),
        "docx": "\n".join(part.text for part in word.paragraphs),
        "txt": answers["txt"].text,
    }
    for text in said.values():
        assert "ring oss {{ phone }} <b>" in text.lower()


def test_an_edited_text_is_kept_when_a_field_above_is_changed(anna: TestClient) -> None:
    one = form_to(shown(anna, fill_when="tisdag").text, VISIT)
    edited = one.fields["text"].replace("Vi kommer gärna på besök", "Hej")
    assert edited != one.fields["text"]
    page = one.send(anna, text=edited, fill_when="onsdag", phone="08-2", **{"as": "look"}).text
    kept = form_to(page, VISIT)
    assert "Hej" in kept.fields["text"]
    assert kept.fields["fill_when"] == "onsdag"
    assert "Texten är ändrad av dig" in page
    again = form_to(kept.send(anna, **{"as": "look"}).text, VISIT)
    assert "Hej" in again.fields["text"]


def test_an_edited_text_is_dropped_by_the_button_that_says_so_alone(anna: TestClient) -> None:
    first = shown(anna, fill_when="tisdag").text
    assert "Kasta mina ändringar" not in first
    one = form_to(first, VISIT)
    edited = one.fields["text"].replace("Vi kommer gärna på besök", "Hej")
    page = one.send(anna, text=edited, fill_when="onsdag", **{"as": "look"}).text
    assert "Kasta mina ändringar" in page
    page = form_to(page, VISIT).send(anna, **{"as": "rewrite"}).text
    assert "hem till dig onsdag" in page
    assert "Texten är ändrad av dig" not in page


def test_a_text_that_nobody_edited_is_written_again_with_a_changed_field(anna: TestClient) -> None:
    one = form_to(shown(anna, fill_when="tisdag").text, VISIT)
    text = one.fields["text"].replace("\n", "\r\n")  # as browsers send it
    page = one.send(anna, text=text, fill_when="onsdag", **{"as": "look"}).text
    assert "hem till dig onsdag" in page
    answer = one.send(anna, text=text, fill_when="torsdag", **{"as": "txt"})
    assert "hem till dig torsdag" in answer.text


def test_an_edited_text_survives_a_refused_field(anna: TestClient) -> None:
    one = form_to(shown(anna).text, VISIT)
    edited = one.fields["text"].replace("Vi kommer gärna på besök", "Hej")
    answer = one.send(anna, text=edited, phone=" ", **{"as": "pdf"})
    assert answer.status_code == 422
    kept = form_to(answer.text, VISIT)
    assert "Hej" in kept.fields["text"]
    page = kept.send(anna, phone="08-1", **{"as": "look"}).text
    assert "Hej" in form_to(page, VISIT).fields["text"]


def test_a_text_that_is_no_letter_is_told_how_to_mend_and_kept(anna: TestClient) -> None:
    one = form_to(shown(anna).text, VISIT)
    for text, said in (("utan rubrik", "Brevet saknar rubrik"), ("# B\n\n#### x", "till PDF")):
        answer = one.send(anna, text=text, **{"as": "pdf"})
        assert answer.status_code == 422
        assert said in answer.text
        assert form_to(answer.text, VISIT).fields["text"].strip() == text


def test_a_downloaded_letter_has_a_name_that_every_computer_can_keep(anna: TestClient) -> None:
    one = form_to(shown(anna).text, VISIT)
    answer = one.send(anna, **{"as": "pdf"})
    name = 'attachment; filename="brev-om-besok-sen-hyra-559990-0013-1.pdf"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-store"


def test_the_phone_of_the_last_letter_stands_in_the_next(anna: TestClient) -> None:
    shown(anna)
    assert form(anna, "referral").fields["phone"] == "08-1"


def test_a_letter_in_english_is_in_english_on_a_swedish_page(anna: TestClient) -> None:
    page = shown(anna, language="en").text
    assert "WE WOULD LIKE TO VISIT" in page.upper()
    assert "Att tänka på" in page


def hidden_case(world: World) -> TestClient:
    """Lena gives the case of who hides to Berit."""
    lena, berit = world.browser("lena"), world.browser("berit")
    page = lena.get(link("case", lease=HIDDEN)).text
    named = form_to(page, link("name_caseworker", lease=HIDDEN)).send(lena, to="berit")
    assert named.status_code == 200
    return berit


def test_nobody_but_the_named_caseworker_writes_to_who_hides(anna: TestClient) -> None:
    for kind in (VISIT, "referral"):
        assert anna.get(link("letter_form", lease=HIDDEN, kind=kind)).status_code == 403


def test_who_hides_gets_no_ordinary_letter_and_no_file_has_the_name_of_the_lease(
    world: World,
) -> None:
    berit = hidden_case(world)
    one = form(berit, VISIT, HIDDEN)
    assert "protected_way" in one.names
    assert "protected_way" not in one.fields
    refused = one.send(berit, phone="08-1", **{"as": "pdf"})
    assert refused.status_code == 422
    assert "--protected-way" not in refused.text
    assert "den skyddade vägen" in refused.text
    page = one.send(berit, phone="08-1", protected_way="yes", **{"as": "look"})
    assert "hyresgästens namn" not in page.text
    answer = form_to(page.text, VISIT).send(berit, **{"as": "pdf"})
    name = 'attachment; filename="brev-om-besok-sen-hyra.pdf"'
    assert answer.headers["content-disposition"] == name
    assert "Försättsblad" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_the_letter_of_somebody_elses_district_or_town_is_closed_to_me(world: World) -> None:
    stock = world.browser("stock")
    assert stock.get(link("letter_form", lease=LEASE, kind=VISIT)).status_code == 404
    for name in ("hugo", "olle", "greta"):
        answer = world.browser(name).get(link("letter_form", lease=LEASE, kind=VISIT))
        assert answer.status_code == 403


def test_every_letter_that_is_taken_is_in_the_audit_log_without_a_word_of_it(
    world: World, anna: TestClient
) -> None:
    one = form_to(shown(anna, fill_when="tisdag").text, VISIT)
    one.send(anna, **{"as": "docx"})
    table = access_schema.audit
    with world.engine.connect() as connection:
        rows = connection.execute(select(table).where(table.c.action == "letter")).mappings().all()
    assert '"docx"' in str(rows[-1]["detail"])
    assert "tisdag" not in str([dict(row) for row in rows])


def test_a_letter_that_is_sent_is_reported_on_its_task_in_one_click(tmp_path: Path) -> None:
    lease = lease_id(1)
    with site_world(f"sqlite:///{tmp_path}/town.db", lived.events()) as world:
        anna = world.browser("anna")
        case = anna.get(link("case", lease=lease)).text
        asked = case.index("Hör till en öppen uppgift")
        assert case.index(link("letter_form", lease=lease, kind=VISIT)) < asked
        page = shown(anna, lease=lease).text
        sent = form_to(page, "/report")
        assert sent.fields["outcome"] == "sent"
        answer = sent.send(anna)
        assert answer.status_code == 303
        case = anna.get(answer.headers["location"]).text
        assert "brev" in case.lower()
        again = shown(anna, lease=lease).text
        assert "Ingen öppen uppgift väntar" in again


def test_a_towns_broken_template_is_said_and_the_case_is_still_there(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "referral.md").write_text("# {{ nobody_knows }}")
    site = replace(world.site, templates=tmp_path)
    client = world._replace(site=site).browser("anna")
    answer = shown(client, "referral")
    assert answer.status_code == 422
    assert "nobody_knows" in answer.text
    assert client.get(link("case", lease=LEASE)).status_code == 200


def test_while_another_letter_is_made_too_long_it_says_try_again_and_keeps_what_was_given(
    anna: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = form(anna)
    monkeypatch.setattr("alerts.web.pages.letters.one_at_a_time", partial(one_at_a_time, 0.01))
    with one_at_a_time():
        answer = page.send(anna, phone="08-1", **{"as": "pdf"})
    assert answer.status_code == 503
    assert "Ett annat brev görs just nu. Vänta en stund och försök igen." in answer.text
    assert 'value="08-1"' in answer.text
    assert page.send(anna, phone="08-1", **{"as": "pdf"}).status_code == 200


def test_a_text_longer_than_any_letter_is_refused_and_kept(anna: TestClient) -> None:
    text = "# Brev\n\n" + "a" * 12_000
    answer = form(anna).send(anna, phone="08-1", **{"as": "look"}, text=text)
    assert answer.status_code == 422
    assert "Texten är för lång för ett brev." in answer.text
    assert "a" * 12_000 in answer.text
