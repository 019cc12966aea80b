"""This process as another release: the same code under another version of the fold."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from alerts.rules import shipped
from alerts.rules.rulebook import shipped_rulebook


@contextmanager
def release(fold: int) -> Iterator[str]:
    """While the block lasts, the rules are those of that version of the fold; their digest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "FOLD", fold)
        shipped_rulebook.cache_clear()
        yield shipped_rulebook().digest
    shipped_rulebook.cache_clear()
