"""The two-town figure on small towns: what is learnt from was known before the judged year."""

from datetime import date, timedelta

import msgspec
import pytest

from alerts.learning import backtest
from examples.towns import lives, run
from models.risk.outcome import HORIZON


def test_what_teaches_was_known_when_the_other_towns_year_began() -> None:
    assert run.LEARNT.until <= run.JUDGED.since
    assert run.LEARNT.town != run.JUDGED.town
    assert run.JUDGED.until - run.JUDGED.since == timedelta(days=365) + HORIZON


def test_a_small_town_gives_every_figure_with_its_interval_and_one_json_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = {"steps": backtest.CANDIDATES["steps"]}
    monkeypatch.setattr(run, "CANDIDATES", steps)
    monkeypatch.setattr(backtest, "CANDIDATES", steps)
    monkeypatch.setattr(backtest, "DRAWS", 20)
    rows = lives.rows(
        msgspec.structs.replace(run.JUDGED, leases=800, start=date(2024, 10, 1), seed=5)
    )
    found, fairness = run.compare(rows, rows, visits=5, seed=1)
    text = "\n".join(run.in_words(found, fairness))
    for name in ("steps", "scorecard", "latest_status", "largest_debt", "where nothing is owed"):
        assert f"\n{name}" in text
    again = msgspec.json.decode(msgspec.json.encode(run.summary(found, fairness)))
    assert (again["learnt_in"], again["judged_in"]) == ("sodertalje", "askholma")
    assert set(again["methods"]) == set(found.methods)
