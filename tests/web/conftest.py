"""The small lived town, once for each test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site_world import World, lived_world


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same for all of a file's tests, that only look, or do what is refused."""
    folder = tmp_path_factory.mktemp("site")
    with lived_world(folder / "site.db") as made:
        yield made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A site over the town, on SQLite."""
    with lived_world(tmp_path / "site.db") as made:
        yield made
