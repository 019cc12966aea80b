"""The model card: what it must say, and that nothing from an export can steer it."""

from xml.etree import ElementTree

import msgspec

from alerts.learning import card, plots
from models.risk.gate import GroupFigures, Interval
from tests.learning.runs import MANIFEST, RUN

ONE = Interval(0.5, 0.4, 0.6)
GROUPS = {"age": {"old": GroupFigures(100, 20, ONE, ONE, ONE)}}


def test_a_card_tells_purpose_data_accuracy_gate_groups_and_limits() -> None:
    text = card.markdown(MANIFEST, RUN)
    for part in ("Purpose", "Data", "Accuracy", "Calibration", "The gate", "Groups", "Limits"):
        assert f"\n## {part}" in text
    assert "| calibration_slope | 0.5000 | 0.8 to 1.2 | **no** |" in text


def test_every_method_is_told_with_its_interval() -> None:
    text = card.markdown(MANIFEST, RUN)
    for name in RUN.backtest.methods:
        assert f"| {name} | 0.500 (0.400 to 0.600)" in text


def test_a_group_is_told_with_intervals_and_its_name_stays_text() -> None:
    named = {"district": {"<script>|": GROUPS["age"]["old"]}, **GROUPS}
    done = msgspec.structs.replace(RUN, fairness=named)
    assert "| age: old | 100 | 20 | 0.500 (0.400 to 0.600)" in card.markdown(MANIFEST, done)
    assert "<script>" not in card.html(MANIFEST, done)


def test_plots_are_well_formed_and_escape_their_words() -> None:
    drawn = plots.bars("A & B", "<x>", "y", {"a<b": ONE})
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    marked = plots.bars("ratio", "group", "ratio", {"old": Interval(0.8, 0.6, 0.9)}, mark=1)
    assert "stroke-dasharray" in marked  # the line at 1, above every bar
    assert ElementTree.fromstring(marked).tag.endswith("svg")
    flat = plots.lines("none", "x", "y", {"a": [(0.0, 0.0)]}, diagonal=True)
    assert ElementTree.fromstring(flat).tag.endswith("svg")


def test_the_page_has_its_plots_in_it_and_fetches_nothing() -> None:
    page = card.html(MANIFEST, msgspec.structs.replace(RUN, fairness=GROUPS))
    assert page.count("<svg") == 5
    assert "src=" not in page
    assert "<table>" in page
