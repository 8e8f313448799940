from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.channels.bluesky.connecting import network
from tests.channels.importing.answering import Server, running_server

from spreekruimte.channels import turns

__all__ = ["network"]


@pytest.fixture
def mastodon(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that may be asked as often as one likes."""
    monkeypatch.setattr(turns, "take_turn", lambda _server, now: now - now)
    with running_server() as server:
        settings.TRUSTED_SERVERS = frozenset({server.host})
        yield server
