from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.channels.bluesky.connecting import NOW
from tests.peers.pds import Network

from spreekruimte.channels.bluesky.network import Bluesky
from spreekruimte.channels.bluesky.sessions import sign_in
from spreekruimte.channels.network import Connection, NotTakenError, Post, SignedOutError

POST = Post(key="a" * 32, text="Hallo.", address="", language="nl", made_at=NOW)


def test_an_app_password_lets_us_post_and_is_not_kept(network: Network) -> None:
    person = network.newcomer()
    password = person.make_app_password()

    signed_in = sign_in(f"@{person.name}", password)

    assert (signed_in.server, signed_in.did) == (network.server, person.did)
    assert password not in str(signed_in)
    kept: list[Mapping[str, str]] = []
    connection = Connection(signed_in.server, signed_in.did, signed_in.credentials, kept.append)
    Bluesky().publish(connection, POST)
    assert len(person.records()) == 1


def test_a_password_that_is_not_right_lets_nobody_in(network: Network) -> None:
    with pytest.raises(SignedOutError):
        sign_in(network.person("burger").name, "abcd-efgh-ijkl-mnop")


def test_a_name_that_nobody_has_leads_to_nobody(network: Network) -> None:  # noqa: ARG001
    with pytest.raises(NotTakenError):
        sign_in("niemand.test", "abcd-efgh-ijkl-mnop")
