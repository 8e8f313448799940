from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.channels.fediverse.elsewhere import OURS, Elsewhere, be_at, serving
from tests.channels.fediverse.posted import make_actor
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse.models import OwnActor


@pytest.fixture(scope="session")
def running_elsewhere() -> Iterator[Elsewhere]:
    with serving() as there:
        yield there


@pytest.fixture
def there(
    running_elsewhere: Elsewhere, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Elsewhere:
    """A server elsewhere without anything, which is trusted; it is `NOW`."""
    running_elsewhere.clear()
    be_at(settings, OURS, running_elsewhere.origin)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return running_elsewhere


@pytest.fixture
def actor(there: Elsewhere) -> OwnActor:  # noqa: ARG001 - it says where we are
    return make_actor()
