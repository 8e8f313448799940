from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let sentences be those of the source, which these tests quote."""
    with translation.override("en"):
        yield
