from __future__ import annotations

import pytest
from tests.peers.pds import Network

from spreekruimte.channels.importing.posts import NotForImportError
from spreekruimte.channels.importing.reading import read_post


def address_of(name: str, post: dict[str, str]) -> str:
    return f"https://bsky.app/profile/{name}/post/{post['uri'].rpartition('/')[2]}"


def test_a_post_is_read_at_its_server_with_its_thread_and_without_whose_it_is(
    network: Network,
) -> None:
    author, citizen = network.newcomer(), network.person("burger")
    post = author.say(f"Dit mag niet, zegt @{author.name} tegen iedereen.")
    citizen.say(f"Eens met @{author.name}", to=post)
    citizen.like(post)

    read = read_post(address_of(author.name, post))

    assert read.text == "Dit mag niet, zegt […] tegen iedereen."
    assert (read.network, read.language) == ("bluesky", "nl")
    assert read.counts == {"replies": 1, "shares": 0, "likes": 1, "quotes": 0}
    assert [each.text for each in read.answers] == ["Eens met […]"]
    assert read_post(post["uri"]) == read
    assert read_post(address_of(author.did, post)) == read


def test_who_is_hidden_from_who_is_not_signed_in_is_not_taken_over(network: Network) -> None:
    author = network.newcomer()
    post = author.say("Niet voor iedereen.")
    author.label("!no-unauthenticated")
    with pytest.raises(NotForImportError, match=r"taken over|overgenomen"):
        read_post(post["uri"])


def test_a_post_that_was_deleted_is_not_there(network: Network) -> None:
    author = network.newcomer()
    post = author.say("Weg.")
    author.delete(post)
    with pytest.raises(NotForImportError):
        read_post(post["uri"])


def test_who_has_no_account_has_no_post(network: Network) -> None:  # noqa: ARG001
    with pytest.raises(NotForImportError):
        read_post("https://bsky.app/profile/niemand.test/post/3kabc")
