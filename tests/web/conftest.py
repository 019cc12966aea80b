"""The small lived town, once for each test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.web import app
from tests.web.site_world import World, lived_world


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same for all of a file's tests, that only look, or do what is refused."""
    folder = tmp_path_factory.mktemp("site")
    with lived_world(folder / "site.db") as made:
        yield made


@pytest.fixture
def at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bucket of the limits fills up, however long the requests of a burst take."""
    monkeypatch.setattr(app, "clock", lambda: 0.0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A site over the town, on SQLite."""
    with lived_world(tmp_path / "site.db") as made:
        yield made
