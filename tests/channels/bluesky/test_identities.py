from __future__ import annotations

from typing import Any

import pytest
from tests.peers.pds import Network

from spreekruimte.channels.bluesky.identities import Identity, find_identity, is_did, read_identity
from spreekruimte.channels.network import NotTakenError

DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
SERVICE = {"id": "#atproto_pds", "serviceEndpoint": "https://server.example/"}
DOCUMENT: dict[str, Any] = {
    "id": DID,
    "alsoKnownAs": ["https://x.example", "at://Name.example"],
    "service": [{"id": "#other"}, SERVICE],
}


def test_a_document_tells_the_name_and_the_server() -> None:
    assert read_identity(DID, DOCUMENT) == Identity(DID, "name.example", "https://server.example")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"},
        {"service": []},
        {"service": "none"},
        {"service": [{**SERVICE, "serviceEndpoint": "ftp://server.example"}]},
        {"service": [{**SERVICE, "serviceEndpoint": 1}]},
    ],
    ids=str,
)
def test_a_document_that_leads_nowhere_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotTakenError):
        read_identity(DID, {**DOCUMENT, **change})


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(DID, True), ("did:web:a.example", True), ("did:key:x", False), ("did:web:a/b", False)],
)
def test_two_kinds_of_identifier_are_known(text: str, is_one: bool) -> None:
    assert is_did(text) is is_one


def test_an_account_is_found_by_its_name_and_by_what_stays(network: Network) -> None:
    person = network.person("burger")
    expected = Identity(person.did, person.name, network.server)
    assert find_identity(f"@{person.name.upper()}") == find_identity(person.did) == expected


def test_a_name_that_the_account_does_not_bear_itself_is_refused(network: Network) -> None:
    person = network.newcomer()
    # The server hands the name over, and says so in the directory; the one before is nobody's.
    old = person.name
    person.ask("com.atproto.identity.updateHandle", {"handle": f"anders-{old}"})
    with pytest.raises(NotTakenError):
        find_identity(old)
    assert find_identity(f"anders-{old}").did == person.did


@pytest.mark.parametrize("name", ["", "x", "a b.example", "-.example", "a" * 300 + ".example"])
def test_what_is_no_name_is_not_asked_for(name: str) -> None:
    with pytest.raises(NotTakenError):
        find_identity(name)
