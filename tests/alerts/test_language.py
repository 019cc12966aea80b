"""Every phrase has its words, in every language, and a reworded sentence is no difference."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from alerts.language import outgoing
from alerts.language.sentences import LANGUAGES, Language, language
from models.contract import facts, form3, form3_reading
from models.contract.facts.acts import Cause, Effort, Need
from models.law.disturbance import Lack
from models.phrase import Phrase, phrase
from tests.processes import ROOT
from tests.spoken import SV

ROOMS = ("models", "alerts", "streams")
A_CODE = re.compile(r"[a-z][a-z0-9_]*\.[A-Za-z0-9_]+")
A_FILE = re.compile(r".*\.(html|css|db|md|pdf|csv)")
# In a template: a code in quotation marks, or the beginning of one that is put together.
IN_TEMPLATE = re.compile(r"""["']([a-z][a-z0-9_]*\.[A-Za-z0-9_]*)["']""")


def test_a_phrase_that_a_language_does_not_have_is_an_error_and_no_silence() -> None:
    with pytest.raises(KeyError, match="no_such"):
        SV.say("step.no_such")


def test_an_argument_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError, match="on"):
        SV.say(Phrase("reason.disturbed"))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_the_same_phrases_with_the_same_arguments(name: str) -> None:
    def arguments(spoken: Language) -> dict[str, list[tuple[str | None, str]]]:
        return {
            code: sorted((name, form) for _, name, form in parts if name is not None)
            for code, parts in spoken.sentences.items()
        }

    assert arguments(language(name)) == arguments(SV)
    assert language(name).forms.keys() == SV.forms.keys()


def said_in(tree: ast.AST, tables: set[str]) -> Iterator[str]:
    """The codes written out in a program, and the beginnings of those put together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if A_FILE.fullmatch(node.value):
                continue
            if A_CODE.fullmatch(node.value) and node.value.partition(".")[0] in tables:
                yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begins = str(node.values[0].value)
            if "." in begins and begins.partition(".")[0] in tables:
                yield begins


def said_in_templates(tables: set[str]) -> Iterator[str]:
    """The same of the pages' templates."""
    for path in (ROOT / "alerts" / "web" / "templates").glob("*.html"):
        for code in IN_TEMPLATE.findall(path.read_text("utf-8")):
            if code.partition(".")[0] in tables and not A_FILE.fullmatch(code):
                yield code


def test_every_sentence_is_said_somewhere_and_every_code_said_has_a_sentence() -> None:
    tables = {code.partition(".")[0] for code in SV.sentences}
    said: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            said.update(said_in(ast.parse(path.read_text("utf-8")), tables))
    said.update(said_in_templates(tables))
    begun = {text for text in said if text not in SV.sentences}
    assert {text for text in begun if not any(c.startswith(text) for c in SV.sentences)} == set()
    unsaid = {
        code
        for code in SV.sentences
        if code not in said
        and code not in SV.earlier
        and not any(code.startswith(begins) for begins in begun)
    }
    # These are put together from the names of steps, of fields, and of one or an only rent.
    made = {code for code in unsaid if code.startswith(("ended.", "form3_"))}
    assert {code for code in unsaid - made if not code.endswith(("_one", "_only"))} == set()


def test_what_the_contract_names_has_its_words() -> None:
    outcomes = get_args(get_type_hints(facts.VisitReported)["outcome"])
    named = [f"outcome.{name}" for name in outcomes]
    named += [f"lack.{lack}" for lack in Lack]
    for kind, codes in (("cause", Cause), ("effort", Effort), ("need", Need)):
        named += [f"mapped_{kind}.{code}" for code in get_args(codes)]
    named += [f"form3_lacks.{name}" for name in (*form3.FIELDS, "received_on")]
    named += [
        f"form3_fault.{reason}" for reason in form3_reading.Reason if reason != "wrong_fields"
    ]
    assert [code for code in named if code not in SV.sentences] == []


def test_those_who_go_are_said_in_the_readers_language_and_old_words_as_they_are() -> None:
    planned = phrase("worklist.planned", on=date(2026, 3, 20), who="Anna A; Berit B")
    assert SV.say(planned) == "Planerad 20 mars 2026: Anna A och Berit B."
    assert "Anna A and Berit B." in language("en").say(planned)
    old = phrase("worklist.planned", on=date(2026, 3, 20), who="Ali och Bo")
    assert "Ali och Bo." in language("en").say(old)


def test_no_swedish_sentence_is_left_in_the_models() -> None:
    """One room finds the words: a letter of the Swedish alphabet in a string is a sentence."""
    found = [
        f"{path.name}: {node.value}"
        for path in sorted((ROOT / "models").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search("[åäöÅÄÖ]", node.value)
        and "\n" not in node.value  # docstrings may name things in Swedish
        and not node.value.endswith(".")
    ]
    assert [text for text in found if "öre" not in text] == []


@pytest.mark.parametrize(
    ("name", "day", "money", "exact"),
    [
        ("sv", "3 december 2026", "7\u00a0251\u00a0kr", "7\u00a0250,50\u00a0kr"),
        ("en", "3 December 2026", "SEK\u00a07,251", "SEK\u00a07,250.50"),
    ],
)
def test_days_and_money_are_written_in_the_languages_own_form(
    name: str, day: str, money: str, exact: str
) -> None:
    spoken = language(name)
    assert spoken.day(date(2026, 12, 3)) == day
    assert spoken.kronor(725_050) == money
    assert spoken.exact(725_050) == exact


def test_whole_kronor_have_no_decimals_and_a_thousand_its_space() -> None:
    assert SV.exact(100_000_000) == "1\u00a0000\u00a0000\u00a0kr"
    assert SV.kronor(49) == "0,49\u00a0kr"  # what is owed is never nothing
    assert SV.kronor(0) == "0\u00a0kr"
    assert SV.kronor(50) == "1\u00a0kr"


def test_a_phrase_within_a_phrase_is_said_in_the_same_language() -> None:
    rent = phrase("rent.whole", period="2026-02")
    why = phrase(
        "rank.late_rent", rent=rent, since=date(2026, 2, 3), household="household.children"
    )
    said = phrase("why.task", step="step.letter", due_by=date(2026, 2, 4), why=why)
    assert language("en").say(said) == (
        "There is a task, send a letter that we would like to visit by 4 February 2026: the rent "
        "of February 2026 has been late since 3 February 2026; children live in the home."
    )


def test_what_was_written_before_names_came_is_said_as_it_was_written() -> None:
    assert SV.say(Phrase("as_written.text", {"text": "Hyran är sen"})) == "Hyran är sen"


def test_a_record_of_another_topic_leaves_byte_for_byte() -> None:
    assert outgoing.to_send("rent.events.dlq.v1", b"\xff{", SV) == b"\xff{"


def test_the_file_of_each_language_is_in_the_package() -> None:
    for name in LANGUAGES:
        assert (Path(ROOT) / "alerts" / "language" / f"{name}.toml").is_file()


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_is_one_is_never_said_as_if_it_were_many(name: str) -> None:
    many = re.compile(
        r"\b1 (uppgifter|ärenden|avtal|skillnader|meddelanden|senaste|rader|delbetalningar|"
        r"hyresvärdar|tasks|cases|contracts|differences|messages|rows|instalments|landlords|"
        r"leases|are|days)\b"
    )
    spoken = language(name)
    own = {"reason", "search", "plan_page"}  # said of several alone, others for one
    said = []
    for code, parts in spoken.sentences.items():
        parts = spoken.sentences.get(f"{code}_one", parts)
        if code.partition(".")[0] not in own:
            shown = (text + {"count": "1", None: ""}.get(name, "x") for text, name, _ in parts)
            said.append("".join(shown))
    assert [text for text in said if many.search(text)] == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "Ytterligare en uppgift står"), (2, "Ytterligare 2 uppgifter står")]
)
def test_a_count_of_one_has_a_sentence_of_its_own(count: int, said: str) -> None:
    assert SV.say(phrase("day_plan.left", count=count)).startswith(said)
