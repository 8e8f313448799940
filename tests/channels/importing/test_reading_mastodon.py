from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings
from tests.channels.importing.answering import Server, running_server

from spreekruimte.channels.importing.posts import NotForImportError
from spreekruimte.channels.importing.reading import read_post


def test_a_post_is_read_with_its_thread_and_counts_and_without_whose_it_is(
    mastodon: Server,
) -> None:
    address = mastodon.post(
        "1",
        content='<p>Zoeff zegt: <a href="https://x.example">@bob</a> Weg ermee!</p><p>Ja.</p>',
        mentions=[{"username": "bob", "acct": "bob@x.example"}],
    )
    mastodon.post("2", content="<p>Eens met @zoeff</p>", created_at="2026-03-03T10:00:00Z")
    mastodon.post("3", visibility="private", content="<p>Geheim</p>")
    mastodon.answers["1"] = [mastodon.posts["3"], mastodon.posts["2"]]

    post = read_post(address)

    assert post.text == "[…] zegt: […] Weg ermee!\nJa."
    assert (post.network, post.language, post.is_answer) == ("mastodon", "nl", False)
    assert post.at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert post.counts == {"replies": 2, "shares": 3, "likes": 5}
    assert [each.text for each in post.answers] == ["Eens met […]"]


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "unlisted"},
        {"visibility": "private"},
        {"account": {"discoverable": False}},
        {"account": {"noindex": True}},
        {"account": {"locked": True}},
        {"account": {"suspended": True}},
        {"account": {"note": '<p>Ik <a href="/tags/nobot">#<span>NoBot</span></a></p>'}},
    ],
    ids=str,
)
def test_who_does_not_want_to_be_found_is_not_taken_over(
    mastodon: Server, change: dict[str, Any]
) -> None:
    with pytest.raises(NotForImportError, match=r"taken over|overgenomen"):
        read_post(mastodon.post("1", **change))


@pytest.mark.parametrize(
    "change", [{"reblog": {"id": "9"}}, {"created_at": "yesterday"}, {"uri": ""}], ids=str
)
def test_what_is_no_post_is_not_there(mastodon: Server, change: dict[str, Any]) -> None:
    with pytest.raises(NotForImportError):
        read_post(mastodon.post("1", **change))


def test_a_post_that_was_deleted_is_not_there(mastodon: Server) -> None:
    address = mastodon.post("1")
    read_post(address)
    del mastodon.posts["1"]
    with pytest.raises(NotForImportError):
        read_post(address)


@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_shows_it_only_to_who_is_signed_in_is_told_as_that(
    mastodon: Server, status: int
) -> None:
    address = mastodon.post("1")
    mastodon.refusal = status
    with pytest.raises(NotForImportError, match=r"signed in|ingelogd"):
        read_post(address)


@pytest.mark.parametrize(("told", "is_unsearchable"), [(False, True), (True, False), (None, False)])
def test_who_did_not_choose_to_be_searched_is_taken_over_with_that_told(
    mastodon: Server, told: bool | None, is_unsearchable: bool
) -> None:
    post = read_post(mastodon.post("1", account={"indexable": told}))
    assert post.is_unsearchable is is_unsearchable


def test_a_copy_is_read_where_it_stands(mastodon: Server, settings: Settings) -> None:
    with running_server() as origin:
        settings.TRUSTED_SERVERS = frozenset({mastodon.host, origin.host})
        origin.post("7", content="<p>Zoals het nu is.</p>")
        copy = mastodon.post("1", uri=origin.posts["7"]["uri"], content="<p>Zoals het was.</p>")
        assert read_post(copy).text == "Zoals het nu is."
        del origin.posts["7"]
        with pytest.raises(NotForImportError):
            read_post(copy)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://x.com/iemand/status/1",
        "https://social.example/@zoeff",
        "javascript:alert(1)",
        "http://127.0.0.1:9/@zoeff/1",
        "http://[/@zoeff/1",
    ],
)
def test_what_is_no_address_of_a_post_is_refused(mastodon: Server, address: str) -> None:  # noqa: ARG001
    with pytest.raises(NotForImportError):
        read_post(address)
