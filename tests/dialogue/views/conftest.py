import pytest
from tests.organisations.people import NOW

from spreekruimte.ballots.routing import forget_counts


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages see the moment at which the rounds of the tests are asked."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    forget_counts()
