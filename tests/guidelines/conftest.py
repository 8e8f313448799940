from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.verdicts.conftest import at_soon, storage

from spreekruimte.guidelines.queries import ended

# Pytest takes from here what it finds by name.
__all__ = ["at_soon", "storage"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let sentences be those of the source, which these tests quote."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let figures of one test not be those of another, whose rows are the same."""
    monkeypatch.setattr(ended, "_KEPT", {})
    ended._lay_out.cache_clear()
