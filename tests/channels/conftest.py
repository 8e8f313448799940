from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.peers.installing import AbsentError
from tests.peers.snac import Snac, running_snac

from spreekruimte.channels import turns


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """The server on which the organisation has its account, and neighbours."""
    yield from _serve(tmp_path_factory, "home", "gemeente", "alice", "bob")


@pytest.fixture(scope="session")
def abroad(tmp_path_factory: pytest.TempPathFactory, home: Snac) -> Iterator[Snac]:
    """Another server, on which somebody follows the organisation."""
    for server in _serve(tmp_path_factory, "abroad", "carol"):
        server.follow("carol", f"{home.origin}/gemeente")
        yield server


def _serve(factory: pytest.TempPathFactory, folder: str, *names: str) -> Iterator[Snac]:
    try:
        with running_snac(factory.mktemp(folder), names) as server:
            yield server
    except AbsentError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a server on this machine be asked as fast as it answers."""
    monkeypatch.setattr(turns, "SPACING", timedelta(0))


@pytest.fixture
def trusted(settings: Settings, home: Snac, abroad: Snac, _unhurried: None) -> Snac:
    """The server of the organisation; it and the other may be asked although they are here."""
    settings.TRUSTED_SERVERS = frozenset({home.host, abroad.host})
    return home
