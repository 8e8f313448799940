"""An account of ours on the running network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from pytest_django import Settings
from tests.peers.pds import Network, Person

from spreekruimte.channels import turns
from spreekruimte.channels.network import Connection
from spreekruimte.config.bluesky import Bluesky

NOW = datetime(2026, 11, 29, 10, 0, 0, 123456, tzinfo=UTC)


@dataclass
class Ours:
    """Our account: who we are there, how we are connected, and what was kept of that since."""

    person: Person
    connection: Connection
    kept: list[Mapping[str, str]] = field(default_factory=list)


def use_network(network: Network, settings: Settings) -> Network:
    """Let the network be asked, instead of the public one."""
    settings.TRUSTED_SERVERS = network.hosts
    settings.BLUESKY = Bluesky(network.directory, network.view)
    return network


def connect(person: Person) -> Ours:
    """Connect an account with the tokens that it has."""
    kept: list[Mapping[str, str]] = []
    tokens = {"access": person.token, "refresh": person.refresh}
    return Ours(person, Connection(person.server, person.did, tokens, kept.append), kept)


@pytest.fixture
def network(
    bluesky_network: Network, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Network:
    """The running network, which may be asked, and as often as one likes."""
    monkeypatch.setattr(turns, "take_turn", lambda _server, now: now - now)
    return use_network(bluesky_network, settings)
