from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.verdicts.conftest import at_soon, storage

# Pytest takes from here what it finds by name.
__all__ = ["at_soon", "storage"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let sentences be those of the source, which these tests quote."""
    with translation.override("en"):
        yield
