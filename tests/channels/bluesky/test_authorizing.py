"""The provider is that of the network, and the browser is one without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.peers.pds import FOLLOWING_A_LINK, Network

from spreekruimte.channels.bluesky.authorizing import Back, Begun, Client, begin, finish
from spreekruimte.channels.network import NotTakenError

BACK = "http://127.0.0.1:8000/sign-in/bluesky/"
CLIENT = Client(f"http://localhost?redirect_uri={BACK}&scope=atproto", BACK)


def test_who_signs_in_elsewhere_is_known_here_by_what_stays(network: Network) -> None:
    person = network.person("burger")
    begun, back = _sign_in(network)

    assert finish(begun, back, CLIENT, now=_now()) == person.did


def test_nothing_but_who_it_is_was_asked_for(network: Network) -> None:
    address, _begun = begin(network.person("burger").name, CLIENT, now=_now())
    page = httpx.get(address, headers=FOLLOWING_A_LINK, timeout=30)
    assert '"scope":"atproto"' in page.text.replace("\\", "")


@pytest.mark.parametrize(
    "change",
    [
        {"verifier": "x" * 43},
        {"state": "that of another sign-in"},
        {"issuer": "https://another.example"},
        {"did": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},
    ],
    ids=str,
)
def test_a_sign_in_that_does_not_fit_what_it_began_with_is_refused(
    network: Network, change: dict[str, Any]
) -> None:
    begun, back = _sign_in(network)
    with pytest.raises(NotTakenError):
        finish(replace(begun, **change), back, CLIENT, now=_now())


def test_what_the_browser_brought_serves_once(network: Network) -> None:
    begun, back = _sign_in(network)
    finish(begun, back, CLIENT, now=_now())
    with pytest.raises(NotTakenError):
        finish(begun, back, CLIENT, now=_now())


def _sign_in(network: Network) -> tuple[Begun, Back]:
    person = network.person("burger")
    address, begun = begin(person.name, CLIENT, now=_now())
    brought = network.sign_in(person, address)
    return begun, Back(brought["code"], brought["state"], brought["iss"])


def _now() -> datetime:
    # The provider looks at the clock.
    return datetime.now(UTC)
